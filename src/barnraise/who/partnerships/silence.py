"""How long a partner may be silent, and since when they are. Pure: values in, values out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

SOON = 7
"""So many days before the agreed silence is over a contact is due soon."""


@dataclass(frozen=True, slots=True)
class Silence:
    """`state`: "" (nothing agreed, or nobody expects to hear), "fine", "soon", "over" or "snoozed". `due_on` is the last day on which
    a contact keeps what was agreed, `days_over` how many days have passed since (0 while none have)."""

    state: str
    due_on: date | None = None
    days_over: int = 0


def silence(
    *,
    is_live: bool,
    cadence_days: int | None,
    begun_on: date,
    last_at: datetime | None,
    snoozed_until: date | None,
    today: date,
    zone: tzinfo,
) -> Silence:
    """How a relation stands with its cadence. Before the first contact the days count from the day it began; days are those of `zone`."""
    if not is_live or not cadence_days:
        return Silence("")
    begin = begun_on if last_at is None else last_at.astimezone(zone).date()
    due_on = begin + timedelta(days=cadence_days)
    over = max(0, (today - due_on).days)
    if over and snoozed_until is not None and snoozed_until >= today:
        return Silence("snoozed", due_on, over)
    if over:
        return Silence("over", due_on, over)
    return Silence("soon" if (due_on - today).days <= SOON else "fine", due_on)
