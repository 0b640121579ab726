"""What other rooms plug into promises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from barnraise.foundation.registry import Socket


@dataclass(frozen=True, slots=True)
class Occasion:
    """Things at which something is promised, as people name them in a file.

    `named_many` gives by text the typed references of those that are meant by it; none where the room knows nothing of it.
    """

    named_many: Callable[[Collection[str]], Mapping[str, Sequence[str]]]


occasions: Socket[Occasion] = Socket(
    "commitments.occasions", doc="Where promises are made: which meeting a row of a file means, by its words."
)
