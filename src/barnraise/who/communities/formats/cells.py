"""Cells of files that statistics programs write."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from barnraise.foundation.tabular.numbers import parse_number

BLANK = frozenset({"", "na", "n/a", ".", "nan", "null", "none", "-", "--"})
"""What stands for nothing. It is never zero."""


def number(text: str, *, times: int = 1) -> str | None:
    """The number as plain digits, multiplied; None for a blank. "4,585,871", "1e-05" and "72.0" are numbers.

    Raises ValueError for anything else.
    """
    said = text.strip()
    if said.casefold() in BLANK:
        return None
    try:
        found = Decimal(said)
    except InvalidOperation:
        parsed = parse_number(said)
        if parsed is None:
            return None
        found = parsed
    if not found.is_finite():
        return None
    return str(found * times)
