"""What upper rooms may plug into a community's page, and what keeps a community from being removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from barnraise.foundation.registry import Socket
from barnraise.plumbing.ui.sockets import Panel

panels: Socket[Panel] = Socket(
    "communities.panels",
    doc="A panel on a community's page: title, policy, template, select(actor, community).",
)


@dataclass(frozen=True, slots=True)
class Use:
    """Rows of an upper room that refer to communities. `count(key)` says how many; `noun(n)` names them for a sentence;
    `move(from_key, to_key, by)` hands them to another community; `release(keys)` lets go of sample communities."""

    count: Callable[[int], int]
    noun: Callable[[int], str]
    move: Callable[..., None]
    release: Callable[[Sequence[int]], Any]


@dataclass(frozen=True, slots=True)
class Placing:
    """Records that a postcode may place. `count()` says how many lack coordinates of their own; `step(after)` places some of
    those behind the key `after`, in the caller's transaction, and gives (the last key looked at, None when there are no more;
    how many it looked at; how many it moved); `note(count, by)` writes the journal."""

    count: Callable[[], int]
    step: Callable[[int], tuple[int | None, int, int]]
    note: Callable[[int, Any], None]


placings: Socket[Placing] = Socket(
    "communities.placings",
    doc="Records with a postcode and no coordinates: they are placed step by step after a table was loaded.",
)

uses: Socket[Use] = Socket(
    "communities.uses", doc="Who refers to communities: counts, names, moves and releases those rows."
)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing about a community: `text` is a sentence. `action` names what mends it at the address `url`."""

    text: Any
    url: str = ""
    action: Any = ""


gaps: Socket[Callable[[Any, Any], Iterable[Gap]]] = Socket(
    "communities.gaps",
    doc="What an upper room misses about a community: (actor, community) -> gaps, each a sentence and where it is mended.",
)
