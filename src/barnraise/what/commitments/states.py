"""How a promise stands, and how many of those that were due were kept. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

STATES = ("open", "late", "kept", "kept_late", "broken", "released")
WERE_DUE = ("kept", "kept_late", "broken", "late")
"""What the kept-rate is a share of."""
SOON = 7
"""So many days before its day a promise is due soon."""


def state(settled: str, settled_on: date | None, due_on: date, today: date) -> str:
    """One of STATES. Kept on the day it was due is kept in time."""
    if settled == "kept":
        return "kept_late" if settled_on is not None and settled_on > due_on else "kept"
    if settled:
        return settled
    return "late" if due_on < today else "open"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises stand in each state.

    The kept-rate is the share of those kept in time among all that were due: kept, kept late, not kept, and those still
    late today. What is open and not due yet, and what was released by whoever it was promised to, counts neither way.
    """

    open: int = 0
    late: int = 0
    kept: int = 0
    kept_late: int = 0
    broken: int = 0
    released: int = 0

    @property
    def due(self) -> int:
        """All that were due: what the rate is a share of."""
        return self.kept + self.kept_late + self.broken + self.late

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None as long as nothing was due."""
        return self.kept / self.due if self.due else None

    @property
    def total(self) -> int:
        """All of them."""
        return self.due + self.open + self.released


def tally(counts: Mapping[str, int]) -> Tally:
    """From numbers by state."""
    return Tally(**{name: counts.get(name, 0) for name in STATES})
