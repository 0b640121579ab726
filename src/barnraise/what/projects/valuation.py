"""What a contribution counts as money.

METHODS 1.4 (FASB ASC 958-605, ASU 2020-07): goods at fair value; a contributed service is recognised only where it creates
or improves a non-financial asset, or needs a specialised skill that would be bought otherwise. An unrecognised service adds
hours, never money.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal


def value(kind: str, *, quantity: Decimal | None, unit_value: int | None, is_recognised: bool) -> int:
    """In minor units, rounded half to even. Money is its amount: quantity 1 of `unit_value`."""
    if kind == "hours" or unit_value is None or (kind == "service" and not is_recognised):
        return 0
    many = Decimal(1) if kind == "money" or quantity is None else quantity
    return int((many * unit_value).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
