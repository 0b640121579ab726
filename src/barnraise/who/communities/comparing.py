"""Better or worse, rising or falling: what a figure says beside a benchmark and beside what was before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Standing = Literal["better", "worse", "higher", "lower", "equal", "unclear"]
"""Of a value beside another. "unclear": the other lies inside the confidence interval. "higher" and "lower": neither is
better."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What a value is compared with. The name is data."""

    name: Any
    value: Decimal


@dataclass(frozen=True, slots=True)
class Known:
    """A known value with its confidence interval where it is known, and the year it ends in, for a trend."""

    at: str
    value: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """From the first known value to the last: `change` is the difference, `standing` what it means."""

    since: str
    change: Decimal
    standing: Standing


def standing(
    value: Decimal, other: Decimal, *, direction: str, low: Decimal | None = None, high: Decimal | None = None
) -> Standing:
    """How a value stands beside another. Where both ends of its interval are known and the other lies between them,
    they cannot be told apart."""
    if value == other:
        return "equal"
    if low is not None and high is not None and low <= other <= high:
        return "unclear"
    return _meaning(is_higher=value > other, direction=direction)


def trend(points: Sequence[Known], *, direction: str) -> Trend | None:
    """What became of a measure from the first to the last of at least two points; None for fewer.

    Unclear when both have intervals and these overlap: the change may be chance.
    """
    if len(points) < 2:
        return None
    first, last = points[0], points[-1]
    change = last.value - first.value
    if change == 0:
        return Trend(first.at, change, "equal")
    if _overlap(first, last):
        return Trend(first.at, change, "unclear")
    return Trend(first.at, change, _meaning(is_higher=change > 0, direction=direction))


def _overlap(one: Known, other: Known) -> bool:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.low <= other.high and other.low <= one.high


def _meaning(*, is_higher: bool, direction: str) -> Standing:
    if direction == "neutral":
        return "higher" if is_higher else "lower"
    return "better" if is_higher == (direction == "higher") else "worse"
