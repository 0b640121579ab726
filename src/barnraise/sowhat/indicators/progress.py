"""How far an indicator is on the path from its baseline to its target.

METHODS 9.1: `progress = (actual - baseline) / (target - baseline)`, for rising and falling targets; may be below 0 or above
1. Expected by now is the share of time elapsed. There are no standard limits for colours: those of the indicator count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

State = Literal["on", "slow", "off", "early", "unknown"]
SAME = _("Target equals baseline; progress is not defined.")
WORDS: dict[str, Any] = {
    "on": _("On track"),
    "slow": _("Slower than planned"),
    "off": _("Off track"),
    "early": _("Too early to tell"),
    "unknown": _("Cannot be told"),
}


@dataclass(frozen=True, slots=True)
class Path:
    """From where to where, from when to when; and the limits of the colours as shares of where the path is by now."""

    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    green_from: Decimal = Decimal("0.95")
    amber_from: Decimal = Decimal("0.80")


def progress(path: Path, actual: Decimal) -> Decimal | None:
    """The share of the way that is done, None where it is not defined: without baseline or target, or when they are equal."""
    if path.baseline is None or path.target is None or path.target == path.baseline:
        return None
    return (actual - path.baseline) / (path.target - path.baseline)


def expected(path: Path, on: date) -> Decimal | None:
    """The share of the way that should be done on a day, 0 to 1, as time passes evenly; None without both days."""
    if path.baseline_on is None or path.target_on is None or path.target_on <= path.baseline_on:
        return None
    passed = Decimal((on - path.baseline_on).days) / Decimal((path.target_on - path.baseline_on).days)
    return min(max(passed, Decimal(0)), Decimal(1))


def planned(path: Path, on: date) -> Decimal | None:
    """The value that the path has on a day; None where it is not known."""
    share = expected(path, on)
    if share is None or path.baseline is None or path.target is None:
        return None
    return path.baseline + (path.target - path.baseline) * share


def state(path: Path, actual: Decimal | None, on: date) -> State:
    """How the value of a period that ended on that day stands to the path."""
    done = progress(path, actual) if actual is not None else None
    share = expected(path, on)
    if done is None or share is None:
        return "unknown"
    if share == 0:
        return "early"
    ratio = done / share
    if ratio >= path.green_from:
        return "on"
    return "slow" if ratio >= path.amber_from else "off"
