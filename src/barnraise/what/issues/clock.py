"""The clock of a concern: until when an answer is owed, and how one stands. Pure: instants and a zone in, instants and words out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

SEVERITIES = ("urgent", "high", "medium", "low")
"""Worst first."""
UNITS = ("hours", "days")
"""Hours pass on weekends too; days are working days after the day it was raised, and the answer is owed at the end of the last one."""
MOST = {"hours": 720, "days": 60}
"""The longest clock of each unit."""
CLOSES = time(18)
"""When a working day ends, by the clocks of the house."""
STANDINGS = ("waiting", "near", "over", "in_time", "late")


@dataclass(frozen=True, slots=True)
class Term:
    """How long an answer may take: so many of one of UNITS."""

    amount: int
    unit: str

    @property
    def least(self) -> int:
        """The fewest hours that it gives: of working days those after a Sunday night, one less where clocks go forward."""
        if self.unit == "hours":
            return self.amount
        return (self.amount - 1 + 2 * ((self.amount - 1) // 5)) * 24 + CLOSES.hour - 1

    @property
    def most(self) -> int:
        """The most hours that it gives: of working days those from a Friday's first hour, one more where clocks go back."""
        if self.unit == "hours":
            return self.amount
        return (self.amount + 2 * ((self.amount + 4) // 5)) * 24 + CLOSES.hour + 1

    def may_come_before(self, worse: Term) -> bool:
        """Whether it can be over before that of what is more severe, raised at the same instant."""
        return self.amount < worse.amount if self.unit == worse.unit else self.least < worse.most


TERMS: Mapping[str, Term] = {
    "urgent": Term(24, "hours"),
    "high": Term(2, "days"),
    "medium": Term(5, "days"),
    "low": Term(10, "days"),
}
"""What holds until the house says something else."""


def end_of_working_day(at: datetime, days: int, zone: tzinfo) -> datetime:
    """The end of the `days`-th working day (Monday to Friday) after the day of `at` in this zone."""
    day = at.astimezone(zone).date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return datetime.combine(day, CLOSES, tzinfo=zone)


def answer_by(severity: str, begins: datetime, zone: tzinfo, terms: Mapping[str, Term] = TERMS) -> datetime:
    """Until when an answer is owed to what was raised at `begins`. Raises KeyError for an unknown severity."""
    term = terms[severity]
    if term.unit == "hours":
        return begins + timedelta(hours=term.amount)
    return end_of_working_day(begins, term.amount, zone)


def near_until(now: datetime, zone: tzinfo) -> datetime:
    """What is owed by then is near: the end of the next working day."""
    return end_of_working_day(now, 1, zone)


def standing(
    owed_by: datetime, answered_at: datetime | None, now: datetime, zone: tzinfo, *, is_open: bool = True
) -> str:
    """One of STANDINGS. Answered at the very instant it was owed is in time."""
    if answered_at is not None:
        return "in_time" if answered_at <= owed_by else "late"
    if owed_by < now:
        return "over"
    return "near" if is_open and owed_by <= near_until(now, zone) else "waiting"
