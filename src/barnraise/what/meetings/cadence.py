"""When a series of meetings is due again, and how a meeting stands. Pure: days and instants in, days and words out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

STATES = ("planned", "passed", "held", "cancelled")
SOON = 7
"""So many days before it is due a series is due soon."""
LONGEST = 1100
"""The longest cadence in days: about three years."""


def due_on(last_held_on: date | None, starts_on: date, cadence_days: int | None) -> date | None:
    """The day by which the next meeting is due: one cadence after the last one, or when it begins. None without a cadence."""
    if cadence_days is None:
        return None
    return starts_on if last_held_on is None else last_held_on + timedelta(days=cadence_days)


def state(starts_at: datetime, held_at: datetime | None, cancelled_at: datetime | None, now: datetime) -> str:
    """One of STATES. "passed": its time has come and nobody has closed the minutes."""
    if cancelled_at is not None:
        return "cancelled"
    if held_at is not None:
        return "held"
    return "passed" if starts_at <= now else "planned"
