"""Seasons: when in every year something is given or sought. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from barnraise.foundation.text import words

Day = tuple[int, int]
"""(month, day of the month)."""
_WRITTEN = re.compile(r"^(\d\d)-(\d\d)$")
_LONGEST = 29
"""Days of February that a day of every year may name."""


@dataclass(frozen=True, slots=True)
class Season:
    """The months of every year (1 to 12), or the days from `since` to `until`, both included, also over the turn of the
    year. Neither: the whole year. Days win over months.
    """

    months: frozenset[int] = frozenset()
    since: Day | None = None
    until: Day | None = None

    @property
    def is_whole_year(self) -> bool:
        """No day is left out."""
        return not self.months and self.since is None

    def holds(self, on: date) -> bool:
        """True when the day lies in it."""
        at = (on.month, on.day)
        if self.since is not None and self.until is not None:
            if self.since <= self.until:
                return self.since <= at <= self.until
            return at >= self.since or at <= self.until
        return not self.months or on.month in self.months

    def begins(self, after: date) -> date | None:
        """The day it begins next, after a day that lies outside of it; None when that day lies in it."""
        if self.holds(after):
            return None
        if self.since is not None:
            month, number = self.since
            for year in (after.year, after.year + 1):
                day = date(year, month, min(number, monthrange(year, month)[1]))
                if day > after:
                    return day
        at = after.replace(day=1)
        for _step in range(12):
            at = (at + timedelta(days=31)).replace(day=1)
            if at.month in self.months:
                return at
        return None

    @property
    def mask(self) -> int:
        """Its months as bits, January the lowest; of days the months they touch. 0 is the whole year."""
        return sum(1 << (month - 1) for month in self._touched())

    def _touched(self) -> Collection[int]:
        if self.since is None or self.until is None:
            return self.months
        first, last = self.since[0], self.until[0]
        if self.since <= self.until:
            return set(range(first, last + 1))
        return {*range(first, 13), *range(1, last + 1)}


@lru_cache(maxsize=10_000)
def season_of(mask: int, since: str = "", until: str = "") -> Season:
    """The season that is kept as `Season.mask`, "11-15" and "03-31"."""
    if since and until:
        return Season(since=day_of(since), until=day_of(until))
    return Season(frozenset(month for month in range(1, 13) if mask >> (month - 1) & 1))


def day_of(text: str) -> Day:
    """ "11-15" as (11, 15). Raises ValueError."""
    found = _WRITTEN.match(text)
    if not found:
        raise ValueError(text)
    month, number = int(found[1]), int(found[2])
    if not 1 <= month <= 12 or not 1 <= number <= (_LONGEST if month == 2 else monthrange(2000, month)[1]):
        raise ValueError(text)
    return month, number


def written(day: Day) -> str:
    """(11, 15) as "11-15"."""
    return f"{day[0]:02}-{day[1]:02}"


def read_day(text: str, months: Mapping[str, int]) -> str:
    """ "15 November", "Nov 15", "15 de noviembre" or "11-15" as "11-15"; "" for nothing. Raises ValueError.

    `months` maps folded names to numbers; three letters of a name suffice.
    """
    if not text.strip():
        return ""
    if _WRITTEN.match(text.strip()):
        return written(day_of(text.strip()))
    found = words(text)
    numbers = [int(word) for word in found if word.isdecimal() and len(word) < 3]
    named = {
        number for word in found for name, number in months.items() if len(word) > 2 and name.startswith(word)
    }
    if len(numbers) != 1 or len(named) != 1:
        raise ValueError(text)
    return written(day_of(written((named.pop(), numbers[0]))))
