"""Go to a letter, a number or a day: where in the order that is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils import timezone

from barnraise.foundation.text import fold

from .keyset import Order, Position, field_of

_NUMBERS = (models.IntegerField, models.DecimalField, models.FloatField)


def kind_of(model: type[models.Model], order: Order) -> str:
    """What a reader can go to in this order: "text", "number", "date", or "" for nothing."""
    if order.field in {"pk", "id"}:
        return ""
    field = field_of(model, order.field)
    if field.choices or field.is_relation:
        return ""
    if isinstance(field, models.CharField | models.TextField):
        return "text"
    if isinstance(field, models.DateField):
        return "date"
    return "number" if isinstance(field, _NUMBERS) else ""


def place(model: type[models.Model], order: Order, typed: str) -> Position | None:
    """Before the first row at or past what was typed. None when it says nothing, or every row lies past it."""
    kind = kind_of(model, order)
    value: Any = None
    if kind == "text":
        value = _letters(fold(typed.replace("\0", ""))[:60], is_descending=order.is_descending)
    elif kind == "number":
        value = _number(typed, is_descending=order.is_descending)
    elif kind == "date":
        is_instant = isinstance(field_of(model, order.field), models.DateTimeField)
        value = _day(typed, is_descending=order.is_descending, is_instant=is_instant)
    return None if value is None else Position(value, 0)


def _letters(typed: str, *, is_descending: bool) -> str | None:
    """Downwards a list begins at "ri" with the last name that starts so: just before whatever follows "ri…"."""
    if not is_descending:
        return typed or None
    while typed and typed[-1] == "z":
        typed = typed[:-1]
    return typed[:-1] + chr(ord(typed[-1]) + 1) if typed and ord(typed[-1]) < 0x10FFFF else None


def _number(typed: str, *, is_descending: bool) -> Decimal | None:
    try:
        number = Decimal(typed.strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 9:
        return None
    return number.to_integral_value() + 1 if is_descending else number.to_integral_value()


def _day(typed: str, *, is_descending: bool, is_instant: bool) -> Any:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        return None
    if not 1000 <= day.year <= 9000:
        return None
    day += timedelta(days=1 if is_descending else 0)
    return timezone.make_aware(datetime.combine(day, time.min)) if is_instant else day
