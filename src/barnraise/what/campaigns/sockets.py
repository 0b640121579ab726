"""What rooms give campaigns: blocks to show, and occasions to write about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from barnraise.foundation.html import Safe
from barnraise.foundation.refs import Ref
from barnraise.foundation.registry import Socket

Given = Mapping[str, str]
"""What somebody typed for a block, by field."""


def _no_options() -> Sequence[tuple[str, Any]]:
    return ()


@dataclass(frozen=True, slots=True)
class BlockField:
    """One thing to fill in: `kind` is "line", "text", "address", "picture" (an upload, kept as its file's uuid) or "choice", for
    which `options()` gives (value, label).
    """

    name: str
    label: Any
    kind: str = "line"
    is_required: bool = True
    help_text: Any = ""
    options: Callable[[], Sequence[tuple[str, Any]]] = _no_options


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a mail. `mjml(given)` gives its MJML, everything escaped, `text(given)` the same as plain text, both in the language that is
    active; `faults(given)` says what is wrong; `summary(given)` names it in the list of blocks. Placeholders pass through.
    """

    label: Any
    icon: str
    fields: Sequence[BlockField]
    mjml: Callable[[Given], Safe]
    text: Callable[[Given], str]
    faults: Callable[[Given], Sequence[str]] = lambda given: ()
    summary: Callable[[Given], str] = lambda given: ""


blocks: Socket[Block] = Socket(
    "campaigns.blocks",
    doc="By kind: a part of a mail (indicator tile, story card, event list): its fields, MJML, plain text, and what may be wrong.",
)


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation is to, in the language that is active. `url` may be empty."""

    name: str
    when: str = ""
    where: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A kind of thing that people are invited to, or written to about.

    `choices()` gives (key, title) of those that can be chosen now; `invited(key)` what a mail says about one, None when it is gone;
    `answered(ref, person, answer, at)` is told of every answer ("yes", "no"), in the same transaction.
    """

    label: Any
    choices: Callable[[], Sequence[tuple[int, str]]]
    invited: Callable[[int], Invited | None]
    answered: Callable[[Ref, int, str, datetime], None]


occasions: Socket[Occasion] = Socket(
    "campaigns.occasions",
    doc='By kind ("label.model"): what people may be invited to: choices, the words for a mail, and who is told of answers.',
)
