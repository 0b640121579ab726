"""Numbers written by people, in a chosen style. Blank is no number, never zero."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

NumberStyle = Literal["point", "comma"]

_CURRENCY = re.compile(r"^(?:[$£€¥₹]|[A-Z]{3}\s)|(?:[$£€¥₹]|\s[A-Z]{3})$")
_SPACES = re.compile("[\\s'’\u00a0\u202f]+")
_GROUPED = {
    "point": re.compile(r"^(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)?(?:\.\d*)?$"),
    "comma": re.compile(r"^(?:\d{1,3}(?:\.\d{3})+|\d+)?(?:,\d*)?$"),
}
_POINT_ONLY = re.compile(r",\d{3}[,.]|,\d{3},|^\d+\.(?:\d{1,2}|\d{4,})$|^0\.\d+$")
_COMMA_ONLY = re.compile(r"\.\d{3}[,.]|^\d+,(?:\d{1,2}|\d{4,})$|^0,\d+$")


def parse_number(text: str, style: NumberStyle = "point") -> Decimal | None:
    """Return the number, or None when the text is blank.

    ``style`` names the decimal sign: "point" reads 4,585,871.50, "comma" reads 4.585.871,50. Minus in front,
    behind or as brackets; a currency sign or code, spaces and apostrophes between digits, and a percent sign
    (not divided) are passed over. Raises ValueError for anything else: nothing is guessed.
    """
    body = text.strip()
    if not body:
        return None
    is_negative = False
    if body.startswith("(") and body.endswith(")"):
        is_negative, body = True, body[1:-1].strip()
    body, minus = _without_sign(body)
    body, inner_minus = _without_sign(_CURRENCY.sub("", body.removesuffix("%").strip()).strip())
    body = _SPACES.sub("", body)
    if (
        (minus and inner_minus)
        or not any(char.isdigit() for char in body)
        or not body.isascii()
        or not _GROUPED[style].match(body)
    ):
        raise ValueError(f"not a number: {text!r}")
    plain = body.replace(",", "") if style == "point" else body.replace(".", "").replace(",", ".")
    number = Decimal(plain)
    return -number if is_negative or minus or inner_minus else number


def _without_sign(body: str) -> tuple[str, bool]:
    for sign in ("-", "−", "–"):
        if body.startswith(sign):
            return body[1:].strip(), True
        if body.endswith(sign):
            return body[:-1].strip(), True
    return body.removeprefix("+"), False


def number_style(samples: Iterable[str]) -> NumberStyle | None:
    """Return the style that the samples prove; None when both fit ("1,234") or they contradict each other."""
    texts = [text.strip().lstrip("-−(").rstrip(")%") for text in samples if text.strip()]
    point = any(_POINT_ONLY.search(text) for text in texts)
    comma = any(_COMMA_ONLY.search(text) for text in texts)
    if point == comma:
        return None
    return "point" if point else "comma"
