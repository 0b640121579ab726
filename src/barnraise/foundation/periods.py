"""Periods of time as people write them: a year, several years, a month, a quarter, days from and until."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

FIRST, LAST = 1800, 2200
"""The years that are taken."""

_DASH = r"\s*(?:-|–|—|/|\.\.|\bto\b|\buntil\b|\ba\b|\bhasta\b)\s*"
_YEAR = r"(\d{4})"
_SHAPES = {
    "years": re.compile(rf"{_YEAR}(?:{_DASH}{_YEAR})?"),
    "month": re.compile(r"(\d{4})-(\d{1,2})"),
    "quarter": re.compile(r"(?:(\d{4})\s*-?\s*[QqTt]([1-4])|[QqTt]([1-4])\s*(\d{4}))"),
    "days": re.compile(
        r"(\d{4}-\d{1,2}-\d{1,2})(?:(?:\s*(?:–|—|/|\.\.|\bto\b|\buntil\b|\ba\b|\bhasta\b)\s*|\s+-\s+)(\d{4}-\d{1,2}-\d{1,2}))?"
    ),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the day `begins` to the day `ends`, both included. Raises ValueError when it ends before it begins."""

    begins: date
    ends: date

    def __post_init__(self) -> None:
        if self.ends < self.begins:
            raise ValueError("a period ends after it begins")

    @property
    def is_years(self) -> bool:
        """Whole calendar years."""
        return (self.begins.month, self.begins.day, self.ends.month, self.ends.day) == (1, 1, 12, 31)

    @property
    def is_month(self) -> bool:
        """One whole calendar month."""
        return self == _months(self.begins.year, self.begins.month, 1)

    def __str__(self) -> str:
        """As `parse` reads it: 2023, 2020-2022, 2024-05, 2024-03-01/2024-08-31."""
        if self.is_years:
            first, last = self.begins.year, self.ends.year
            return f"{first:04}" if first == last else f"{first:04}-{last:04}"
        if self.is_month:
            return f"{self.begins:%Y-%m}"
        return f"{self.begins.isoformat()}/{self.ends.isoformat()}"


def _(message: str) -> str:
    return message


SPAN = _("%(first)s to %(last)s")


def in_words(
    period: Period,
    *,
    say: Callable[[str], str],
    dated: Callable[[date, Literal["month", "year_month", "day"]], str],
) -> str:
    """ "2026", "2024–2026", "May 2026", "October to December 2026", "November 2026 to January 2027", or its days.

    `say` translates, `dated` writes a day as the name of its month, as month and year, or whole.
    """
    first, last = period.begins, period.ends
    if period.is_years:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first == last:
        return dated(first, "day")
    if period.is_month:
        return dated(first, "year_month")
    if first.day == 1 and last == _months(last.year, last.month, 1).ends:
        begin = dated(first, "month" if first.year == last.year else "year_month")
        return say(SPAN) % {"first": begin, "last": dated(last, "year_month")}
    return say(SPAN) % {"first": dated(first, "day"), "last": dated(last, "day")}


def years(first: int, last: int | None = None) -> Period:
    """The calendar years from `first` to `last`, or the one. Raises ValueError outside FIRST to LAST."""
    last = first if last is None else last
    if not (FIRST <= first <= LAST and FIRST <= last <= LAST):
        raise ValueError(f"a year lies between {FIRST} and {LAST}")
    return Period(date(first, 1, 1), date(last, 12, 31))


def parse(text: str) -> Period:
    """ "2023", "2020-2022", "2020 to 2022", "2024-05", "2024 Q2", "2024-03-01 – 2024-08-31". Raises ValueError otherwise."""
    said = text.strip()
    if found := _SHAPES["years"].fullmatch(said):
        return years(int(found[1]), int(found[2]) if found[2] else None)
    if found := _SHAPES["month"].fullmatch(said):
        return _checked(_months(int(found[1]), int(found[2]), 1))
    if found := _SHAPES["quarter"].fullmatch(said):
        year, quarter = (found[1], found[2]) if found[1] else (found[4], found[3])
        return _checked(_months(int(year), int(quarter) * 3 - 2, 3))
    if found := _SHAPES["days"].fullmatch(said):
        first = _day(found[1])
        return _checked(Period(first, _day(found[2]) if found[2] else first))
    raise ValueError(f"not a period: {text!r}")


def _day(text: str) -> date:
    year, month, day = (int(part) for part in text.split("-"))
    return date(year, month, day)


def _months(year: int, month: int, many: int) -> Period:
    last = month + many - 1
    end = date(year, last, calendar.monthrange(year, last)[1]) if 1 <= last <= 12 else None
    if end is None:
        raise ValueError("a month lies between 1 and 12")
    return Period(date(year, month, 1), end)


def _checked(period: Period) -> Period:
    if not (period.begins.year >= FIRST and period.ends.year <= LAST):
        raise ValueError(f"a year lies between {FIRST} and {LAST}")
    return period


def whole_years_since(day: date, now: date) -> int:
    """Full years from `day` to `now`; 0 when `day` is not yet a year ago."""
    years_gone = now.year - day.year - ((now.month, now.day) < (day.month, day.day))
    return max(0, years_gone)
