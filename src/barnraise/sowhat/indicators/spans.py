"""The periods of an indicator: months, quarters, years, as the calendar has them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from barnraise.foundation.periods import Period

MONTHS = {"month": 1, "quarter": 3, "year": 12}


def span_of(frequency: str, day: date) -> Period:
    """The period that the day lies in. Raises KeyError for an unknown frequency."""
    many = MONTHS[frequency]
    first = (day.month - 1) // many * many + 1
    last = first + many - 1
    return Period(date(day.year, first, 1), date(day.year, last, calendar.monthrange(day.year, last)[1]))


def spans(frequency: str, since: date, until: date, *, most: int = 60) -> list[Period]:
    """All periods from that of `since` to that of `until`, oldest first; of more than `most` the latest."""
    found: list[Period] = []
    at = span_of(frequency, until)
    while len(found) < most and at.ends >= since:
        found.append(at)
        at = span_of(frequency, at.begins - timedelta(days=1))
    return found[::-1]
