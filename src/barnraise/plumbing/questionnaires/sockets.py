"""What rooms above plug into questionnaires: who may be named as the one who answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from barnraise.foundation.policy import Policy
from barnraise.foundation.refs import Ref
from barnraise.foundation.registry import Socket


@dataclass(frozen=True, slots=True)
class Respondents:
    """A kind of thing that answers. `find(text, most)` gives (reference, title) of those that a name or an address means.

    How one is called later is read from `ui.kinds`.
    """

    noun: Any
    find: Callable[[str, int], Sequence[tuple[Ref, str]]]
    policy: Policy


respondents: Socket[Respondents] = Socket(
    "questionnaires.respondents",
    doc='By kind ("label.model"): who may be named as having answered, and how one is found by name or address.',
)
