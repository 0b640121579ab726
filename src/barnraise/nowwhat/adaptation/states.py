"""How an experiment stands. Pure: values in, values out."""

from __future__ import annotations

from datetime import date

STATES = ("planned", "running", "to_judge", "holds", "fails", "unclear", "stopped")


def state(verdict: str, starts_on: date, judge_on: date, today: date) -> str:
    """One of STATES. It is to be judged from the day on which it was to be judged."""
    if verdict:
        return verdict
    if judge_on <= today:
        return "to_judge"
    return "running" if starts_on <= today else "planned"
