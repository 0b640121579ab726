"""Walk a sorted list by keys instead of offsets: the last page costs what the first does.

Rows are ordered by one field and the key. NULLs come last, whichever way the field is sorted.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Model, Q, QuerySet


@dataclass(frozen=True, slots=True)
class Order:
    """By `field` (a name that may cross relations), descending or not, then by key in the same direction."""

    field: str
    is_descending: bool = False

    @classmethod
    def parse(cls, text: str) -> Order:
        """ "-name" or "name"."""
        return cls(text.lstrip("-"), text.startswith("-"))

    def __str__(self) -> str:
        return ("-" if self.is_descending else "") + self.field


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a list: behind (or, backwards, before) the row with this value and key."""

    value: Any
    key: int
    is_backwards: bool = False


@dataclass(slots=True)
class Found:
    """One page: its rows in list order, and the cursors of its neighbours ("" where there is none)."""

    rows: list[Any]
    next: str
    previous: str


def field_of(model: type[Model], path: str) -> Field[Any, Any]:
    """The field a path like "organisation__name" ends in."""
    *relations, last = path.split("__")
    for name in relations:
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return model._meta.get_field(last)  # type: ignore[return-value]


def pack(position: Position) -> str:
    """A cursor for an address."""
    value = position.value.isoformat() if hasattr(position.value, "isoformat") else position.value
    plain = value if isinstance(value, str | int | float | bool) or value is None else str(value)
    packed = json.dumps([1 if position.is_backwards else 0, plain, position.key], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def unpack(cursor: str, model: type[Model], order: Order) -> Position | None:
    """The place a cursor names; None for one that this list did not give."""
    try:
        backwards, value, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if backwards not in {0, 1} or not isinstance(key, int) or not 0 <= key < 2**63:
            return None
        if value is not None and order.field not in {"pk", "id"}:
            value = field_of(model, order.field).to_python(value)
        return Position(value, key, bool(backwards))
    except (ValueError, TypeError, ValidationError, OverflowError):
        return None


def ordered(queryset: QuerySet[Any], order: Order, *, is_backwards: bool = False) -> QuerySet[Any]:
    """The rows in order, or exactly the other way round."""
    down = order.is_descending != is_backwards
    direction = "-" if down else ""
    if order.field in {"pk", "id"}:
        return queryset.order_by(f"{direction}pk")
    if not _may_be_null(queryset.model, order.field):
        return queryset.order_by(f"{direction}{order.field}", f"{direction}pk")
    last = {"nulls_first": True} if is_backwards else {"nulls_last": True}
    field = F(order.field)
    return queryset.order_by(field.desc(**last) if down else field.asc(**last), f"{direction}pk")


def beyond(queryset: QuerySet[Any], order: Order, position: Position) -> QuerySet[Any]:
    """Only the rows behind the place (before it, when it looks backwards)."""
    down = order.is_descending != position.is_backwards
    sign = "lt" if down else "gt"
    key = Q(**{f"pk__{sign}": position.key})
    if order.field in {"pk", "id"}:
        return queryset.filter(key)
    name, value = order.field, position.value
    nullable = _may_be_null(queryset.model, name)
    if value is None:
        same = Q(**{f"{name}__isnull": True}) & key
        return queryset.filter(same | Q(**{f"{name}__isnull": False}) if position.is_backwards else same)
    # The bound on the field alone lets the database seek in the index; the rest settles ties.
    seek = Q(**{f"{name}__{sign}e": value})
    behind = seek & (Q(**{f"{name}__{sign}": value}) | key)
    if nullable and not position.is_backwards:
        return queryset.filter(behind | Q(**{f"{name}__isnull": True}))
    return queryset.filter(behind)


def _may_be_null(model: type[Model], path: str) -> bool:
    *relations, last = path.split("__")
    for name in relations:
        field = model._meta.get_field(name)
        if getattr(field, "null", True):
            return True
        model = field.related_model  # type: ignore[assignment]
    return bool(getattr(model._meta.get_field(last), "null", True))


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name, None)
    return row


def page(queryset: QuerySet[Any], order: Order, cursor: str, size: int) -> Found:
    """The page a cursor asks for; "" or a strange cursor is the first page."""
    position = unpack(cursor, queryset.model, order) if cursor else None
    backwards = position.is_backwards if position else False
    rows = ordered(queryset, order, is_backwards=backwards)
    found = list((beyond(rows, order, position) if position else rows)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Found([], "", "")

    def place(row: Any, *, back: bool) -> str:
        return pack(Position(_value(row, order.field), row.pk, back))

    has_next = True if backwards else more
    has_previous = more if backwards else position is not None
    return Found(
        found,
        place(found[-1], back=False) if has_next else "",
        place(found[0], back=True) if has_previous else "",
    )


def batches(queryset: QuerySet[Any], order: Order, size: int = 1000) -> Iterator[list[Any]]:
    """All rows in order, a batch at a time, in flat memory."""
    position: Position | None = None
    while True:
        rows = ordered(queryset, order)
        found = list((beyond(rows, order, position) if position else rows)[:size])
        if not found:
            return
        yield found
        position = Position(_value(found[-1], order.field), found[-1].pk)
