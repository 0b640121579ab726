"""The clock of a concern: until when an answer is owed, and how one stands. Pure: instants and a zone in, instants and words out."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

SEVERITIES = ("urgent", "high", "medium", "low")
"""Worst first."""
WORKING_DAYS = {"high": 2, "medium": 5, "low": 10}
"""An answer is owed by the end of so many working days after the day it was raised. What is urgent waits URGENT, weekends too."""
URGENT = timedelta(hours=24)
CLOSES = time(18)
"""When a working day ends, by the clocks of the house."""
STANDINGS = ("waiting", "near", "over", "in_time", "late")


def end_of_working_day(at: datetime, days: int, zone: tzinfo) -> datetime:
    """The end of the `days`-th working day (Monday to Friday) after the day of `at` in this zone."""
    day = at.astimezone(zone).date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return datetime.combine(day, CLOSES, tzinfo=zone)


def answer_by(severity: str, begins: datetime, zone: tzinfo) -> datetime:
    """Until when an answer is owed to what was raised at `begins`. Raises KeyError for an unknown severity."""
    if severity == "urgent":
        return begins + URGENT
    return end_of_working_day(begins, WORKING_DAYS[severity], zone)


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
