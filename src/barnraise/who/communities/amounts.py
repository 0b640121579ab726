"""Numbers of figures in one form, so that equal ones are equal on every database."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any

PLACES = 10
DIGITS = 15
"""SQLite keeps fifteen significant digits; what a file says beyond them is the noise of its arithmetic."""

LARGEST = Decimal(10) ** DIGITS
_CONTEXT = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)
_STEP = Decimal(1).scaleb(-PLACES)


def exact(value: Decimal | int | str | None) -> Decimal | None:
    """At most fifteen significant digits and ten places: "0.17300000000000001" is 0.173. None stays None.

    Raises ValueError for what is no finite number below 10^15.
    """
    if value is None or value == "":
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"not a number: {value!r}") from None
    if not number.is_finite() or abs(number) >= LARGEST:
        raise ValueError(f"not a number below 10^15: {value!r}")
    rounded = _CONTEXT.plus(number)
    exponent = rounded.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -PLACES:
        rounded = rounded.quantize(_STEP, rounding=ROUND_HALF_EVEN)
    return rounded


def text(value: Decimal | None) -> str | None:
    """The plain digits of a number in that form: "72", "0.173", "-0.5"; None for none."""
    if value is None:
        return None
    return format(value.normalize(), "f") if value else "0"


def same(one: Any, other: Any) -> bool:
    """Whether two numbers (or Nones) are equal in that form."""
    return text(exact(one)) == text(exact(other))
