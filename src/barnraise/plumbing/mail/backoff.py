"""When a mail is tried again. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
"""After the first, second, … refusal for now; the last one repeats."""

PATIENCE = timedelta(hours=48)
"""So long after it was to go out the first time a mail is given up; RFC 5321 (4.5.4.1) wants four or five days of servers,
but a person who wrote an invitation wants to know sooner."""


def next_try(*, attempts: int, created_at: datetime, now: datetime) -> datetime | None:
    """When to try again after `attempts` (at least 1) refusals, None to give up."""
    if now - created_at >= PATIENCE:
        return None
    return now + PAUSES[min(attempts, len(PAUSES)) - 1]
