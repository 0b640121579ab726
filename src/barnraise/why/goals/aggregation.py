"""How the rows of a period become one value: the declared rule of an indicator, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from barnraise.foundation.refs import Ref

Line = tuple[Ref, date, Decimal]
"""What is told apart, the day it counts for, its value."""

EMPTY_IS_ZERO = frozenset({"sum", "count", "distinct"})
"""Of nothing these are 0; the others have no value."""


def aggregate(rule: str, lines: Iterable[Line]) -> Decimal | None:
    """The value of these rows under a rule, None where it has none: the mean, the last, the largest of nothing.

    "last" is the value of the latest day, of several on that day the one with the largest reference. The mean is rounded
    to four places, half to even. Raises ValueError for an unknown rule.
    """
    count, total = 0, Decimal(0)
    last: tuple[date, Ref] | None = None
    latest = largest = smallest = None
    apart: set[Ref] = set()
    for ref, on, value in lines:
        count += 1
        total += value
        if rule == "distinct":
            apart.add(ref)
        if last is None or (on, ref) >= last:
            last, latest = (on, ref), value
        largest = value if largest is None or value > largest else largest
        smallest = value if smallest is None or value < smallest else smallest
    if rule == "mean":
        return (total / count).quantize(Decimal("0.0001")) if count else None
    found = {
        "sum": total,
        "count": Decimal(count),
        "distinct": Decimal(len(apart)),
        "last": latest,
        "maximum": largest,
        "minimum": smallest,
    }
    if rule not in found:
        raise ValueError(f"There is no rule {rule!r}.")
    return found[rule]
