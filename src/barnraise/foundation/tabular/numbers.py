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
_POINT_ONLY = re.compile(r",\d{3}[,.]|,\d{3},|^\d+\.(?:\d{1,2}|\d{4,})$|^(?:0|\d{4,})\.\d+$")
_THOUSANDS_OR_NOT = re.compile(r"^(?P<many>[1-9]\d{0,2})(?P<sign>[.,])(?P<rest>\d{3})$")
_COMMA_ONLY = re.compile(r"\.\d{3}[,.]|^\d+,(?:\d{1,2}|\d{4,})$|^(?:0|\d{4,}),\d+$")


class Ambiguous(ValueError):
    """A number of which nothing says whether its last three digits are thousands or decimals. `whole` is how it is written as thousands."""

    def __init__(self, text: str, whole: str) -> None:
        super().__init__(f"thousands or decimals: {text!r}")
        self.whole = whole


def parse_number(text: str, style: NumberStyle = "point") -> Decimal | None:
    """Return the number, or None when the text is blank.

    ``style`` names the decimal sign: "point" reads 4,585,871.50, "comma" reads 4.585.871,50. Minus in front,
    behind or as brackets; a currency sign or code, spaces and apostrophes between digits, and a percent sign
    (not divided) are passed over. Raises ValueError for anything else: nothing is guessed.
    """
    body, is_negative = _bare(text)
    if not text.strip():
        return None
    if not any(char.isdigit() for char in body) or not body.isascii() or not _GROUPED[style].match(body):
        raise ValueError(f"not a number: {text!r}")
    plain = body.replace(",", "") if style == "point" else body.replace(".", "").replace(",", ".")
    number = Decimal(plain)
    return -number if is_negative else number


def parse_amount(text: str, style: NumberStyle = "point") -> Decimal | None:
    """`parse_number` of money, whose decimals are never three: what can be written in one style only is read so.

    ``style`` decides where both fit, and there it can only mean thousands: "4,000" with a point for decimals, "4.000" with a comma.
    Raises Ambiguous for "4.000" with a point for decimals and the other way round.
    """
    body, _is_negative = _bare(text)
    proven = number_style([text])
    if proven is None and (found := _THOUSANDS_OR_NOT.match(body)) is not None:
        if found["sign"] == ("." if style == "point" else ","):
            raise Ambiguous(text, found["many"] + found["rest"])
        return parse_number(text, style)
    return parse_number(text, proven or style)


def _bare(text: str) -> tuple[str, bool]:
    """Digits and signs between them, and whether it is less than nothing; "" where signs contradict each other."""
    body = text.strip()
    is_negative = body.startswith("(") and body.endswith(")") and len(body) > 1
    body, minus = _without_sign(body[1:-1].strip() if is_negative else body)
    body, inner_minus = _without_sign(_CURRENCY.sub("", body.removesuffix("%").strip()).strip())
    return ("" if minus and inner_minus else _SPACES.sub("", body)), is_negative or minus or inner_minus


def _without_sign(body: str) -> tuple[str, bool]:
    for sign in ("-", "−", "–"):
        if body.startswith(sign):
            return body[1:].strip(), True
        if body.endswith(sign):
            return body[:-1].strip(), True
    return body.removeprefix("+"), False


def number_style(samples: Iterable[str]) -> NumberStyle | None:
    """Return the style that the samples prove; None when both fit ("1,234") or they contradict each other."""
    texts = [_bare(text)[0] for text in samples if text.strip()]
    point = any(_POINT_ONLY.search(text) for text in texts)
    comma = any(_COMMA_ONLY.search(text) for text in texts)
    if point == comma:
        return None
    return "point" if point else "comma"
