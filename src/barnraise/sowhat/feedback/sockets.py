"""What rooms plug into feedback: where comments come from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from barnraise.foundation.refs import Ref
from barnraise.foundation.registry import Socket


@dataclass(frozen=True, slots=True)
class Said:
    """One comment as its channel has it.

    `key` is its place in the channel, rising with time; `source` what it stands in (a response, a mail); `by` who said it,
    where that is known; `language` a code, empty where nobody knows.
    """

    key: int
    source: Ref
    text: str
    on: date
    by: Ref | None = None
    language: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A way by which people say something.

    `after(key, most)` gives the comments with a higher key, lowest first; `alive(keys)` which of these are still there: a
    comment whose source is gone goes too. `minded` gives the things of the channel that are answered where they stand, with a
    card of their own: Today leaves their comments out. None where a channel knows no answers.
    """

    label: Any
    after: Callable[[int, int], Iterable[Said]]
    alive: Callable[[Collection[int]], Collection[int]]
    minded: Callable[[], Any] | None = None


channels: Socket[Channel] = Socket(
    "feedback.channels",
    doc="By name: where comments come from: label, after(key, most) gives new ones, alive(keys) which are still there, "
    "minded() which are answered there.",
)
