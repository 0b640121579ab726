"""Dates written by people: which order day, month and year have, and the date itself."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Order = Literal["ymd", "dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("ymd", "dmy", "mdy")

_PARTS = re.compile(
    r"^\s*(\d{1,4})\s*[-/. ]\s*(\d{1,2}|[^\W\d_]{3,12}\.?)\s*[-/., ]\s*(\d{1,4})(?:[T ,]+\d{1,2}:\d{2}.*)?\s*$"
)
_MONTH_FIRST = re.compile(r"^\s*([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\s*$")
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})\s*$")
_MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "january february march april may june july august september october november december",
        "ene feb mar abr may jun jul ago sep oct nov dic",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, name in enumerate(names.split(), 1)
} | {"sept": 9, "set": 9, "setiembre": 9}


@dataclass(frozen=True, slots=True)
class DateOrder:
    """The orders that all samples allow. ``order`` is the only one, else None.

    ``samples`` are up to three texts that read differently in the possible orders; ``unreadable`` counts the
    texts that are no date in any order.
    """

    order: Order | None
    possible: tuple[Order, ...]
    samples: tuple[str, ...] = ()
    unreadable: int = 0

    @property
    def is_certain(self) -> bool:
        """True when exactly one order fits every readable sample."""
        return self.order is not None


def date_order(samples: Iterable[str]) -> DateOrder:
    """Say in which order the dates of one column are written; blank texts do not count.

    When every sample reads as the same day in all possible orders (only month names, say), the first of
    them is certain. When no order fits all samples, those that fit the most are possible.
    """
    fits: dict[Order, int] = dict.fromkeys(ORDERS, 0)
    ambiguous: list[str] = []
    readable = unreadable = 0
    for text in samples:
        if not text.strip():
            continue
        read = {order: date for order in ORDERS if (date := parse_date(text, order)) is not None}
        if not read:
            unreadable += 1
            continue
        readable += 1
        for order in read:
            fits[order] += 1
        if len(set(read.values())) > 1:
            ambiguous.append(text.strip())
    most = max(fits.values())
    possible = tuple(order for order in ORDERS if readable and fits[order] == most)
    if not possible:
        return DateOrder(None, (), (), unreadable)
    telling = [text for text in dict.fromkeys(ambiguous) if _differs(text, possible)]
    if len(possible) == 1 or not telling:
        return DateOrder(possible[0], possible, (), unreadable)
    return DateOrder(None, possible, tuple(telling[:3]), unreadable)


def _differs(text: str, orders: tuple[Order, ...]) -> bool:
    return len({parse_date(text, order) for order in orders}) > 1


def parse_date(text: str, order: Order) -> datetime.date | None:
    """Return the date, or None when the text is blank or no date in this order. A time behind it is dropped.

    A year of four digits in front is read as year, month, day in every order. Two-digit years 00 to 68 are
    2000 to 2068, 69 to 99 are 1969 to 1999 (as POSIX strptime has it).
    """
    if compact := _COMPACT.match(text):
        return _date(*(int(part) for part in compact.groups()))
    if named := _MONTH_FIRST.match(text):
        month = _MONTHS.get(named.group(1).lower())
        return _date(int(named.group(3)), month, int(named.group(2))) if month else None
    parts = _PARTS.match(text)
    if parts is None:
        return None
    first, second, third = (part.rstrip(".").lower() for part in parts.groups())
    if not second.isdigit():
        return _with_name(first, second, third)
    if len(first) == 4:
        return _date(int(first), int(second), int(third)) if len(third) <= 2 else None
    if len(first) == 3 or len(third) == 3:
        return None
    if order == "ymd":
        return _date(_year(first), int(second), int(third)) if len(third) <= 2 else None
    day, month_number = (first, second) if order == "dmy" else (second, first)
    return _date(_year(third), int(month_number), int(day))


def _with_name(first: str, name: str, third: str) -> datetime.date | None:
    month = _MONTHS.get(name)
    if month is None or 3 in (len(first), len(third)):
        return None
    if len(first) == 4:
        return _date(int(first), month, int(third))
    return _date(_year(third), month, int(first))


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 69 else 1900)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
