"""How far a job is and how long it will still take: plain arithmetic."""

from __future__ import annotations

from datetime import timedelta

WARM_UP = timedelta(seconds=2)
"""Before that much time in a stage an estimate would be a guess."""


def percent(done: int, total: int | None) -> int | None:
    """0 to 100, rounded down, so that 100 means all; None when the total is unknown or zero."""
    if not total or total < 0:
        return None
    return max(0, min(100, done * 100 // total))


def remaining(*, done: int, total: int | None, stage_done: int, elapsed: timedelta) -> timedelta | None:
    """Time left at the pace of the present stage; None when that cannot be said yet.

    `stage_done` is `done` at the start of the stage, `elapsed` the time spent in it.
    """
    moved = done - stage_done
    if not total or moved <= 0 or elapsed < WARM_UP:
        return None
    return elapsed * (max(0, total - done) / moved)
