"""Which marks were passed, and when. Pure: values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

ADDING = frozenset({"sum", "count"})
"""Rules whose values add up over periods; numbers of different people do not."""


def passed(values: Sequence[tuple[date, Decimal]], rule: str, step: Decimal) -> list[tuple[Decimal, date]]:
    """The multiples of `step` that were passed, smallest first, each with the last day of the period in which it happened.

    `values` are (last day, value) of each period, oldest first. Of two multiples passed in one period only the larger one
    is told. Raises ValueError for a step that is not above zero.
    """
    if step <= 0:
        raise ValueError("A step is above zero.")
    found: list[tuple[Decimal, date]] = []
    reached, last = Decimal(0), Decimal(0)
    for day, value in values:
        reached = reached + value if rule in ADDING else max(reached, value)
        multiple = reached // step * step
        if multiple > last:
            found.append((multiple, day))
            last = multiple
    return found
