"""Walk a sorted list by keys instead of offsets: the last page costs what the first does.

Rows are ordered by one field and the key. NULLs come last, whichever way the field is sorted.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Field, Func, Model, QuerySet, Value
from django.utils import timezone

from .opaque import Sorted


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


class Rows(Protocol):
    """What reads its rows in an order by itself (plans.Plan)."""

    model: type[Model]

    def take(self, order: Order, position: Position | None, size: int) -> list[Any]:
        """See the function of that name."""


Source = QuerySet[Any] | Rows


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
        if not _can_be_sent(value):
            return None
        return Position(value, key, bool(backwards))
    except (ValueError, TypeError, ValidationError, OverflowError):
        return None


def _can_be_sent(value: Any) -> bool:
    """No NUL, no instant without zone, no number beyond the database's: those cannot be compared."""
    if isinstance(value, str):
        return "\x00" not in value
    if isinstance(value, datetime):
        return timezone.is_aware(value)
    if isinstance(value, float | Decimal):
        return math.isfinite(value)
    return not isinstance(value, int) or abs(value) < 2**63


def ordered(
    queryset: QuerySet[Any], order: Order, *, is_backwards: bool = False, is_sorted: bool = False
) -> QuerySet[Any]:
    """The rows in order, or exactly the other way round. `is_sorted`: all of them are found first, no index is walked."""
    down = order.is_descending != is_backwards
    key = F("pk").desc() if down else F("pk").asc()
    if order.field in {"pk", "id"}:
        return queryset.order_by(key)
    field = Sorted(F(order.field)) if is_sorted else F(order.field)
    if not _may_be_null(queryset.model, order.field):
        return queryset.order_by(field.desc() if down else field.asc(), key)
    last = {"nulls_first": True} if is_backwards else {"nulls_last": True}
    return queryset.order_by(field.desc(**last) if down else field.asc(**last), key)


class _Beyond(Func):
    """(field, key) > (value, key): row values, which both databases seek in one index, however many rows share a value."""

    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The comparison and its parameters."""
        parts: list[str] = []
        params: list[Any] = []
        for expression in self.get_source_expressions():
            sql, given = compiler.compile(expression)
            parts.append(sql)
            params += given
        field, key, value, edge = parts
        return f"({field}, {key}) {self.extra['sign']} ({value}, {edge})", params


def beyond(queryset: QuerySet[Any], order: Order, position: Position) -> QuerySet[Any]:
    """Of the rows with a value (or, when the place has none, of those without) the ones behind the place."""
    down = order.is_descending != position.is_backwards
    if order.field in {"pk", "id"} or position.value is None:
        return queryset.filter(**{f"pk__{'lt' if down else 'gt'}": position.key})
    value = Value(position.value, output_field=field_of(queryset.model, order.field))
    sign = "<" if down else ">"
    return queryset.filter(_Beyond(F(order.field), F("pk"), value, Value(position.key), sign=sign))


def skipped(queryset: QuerySet[Any], order: Order, position: Position | None, count: int) -> Position | None:
    """The place of the row that follows the next `count` rows; None when no more follow, or the field may be NULL."""
    if order.field not in {"pk", "id"} and _may_be_null(queryset.model, order.field):
        return None
    backwards = position is not None and position.is_backwards
    rows = ordered(queryset, order, is_backwards=backwards)
    rows = beyond(rows, order, position) if position else rows
    found = rows.annotate(skipped_to=F(order.field)).values_list("skipped_to", "pk")[count : count + 1]
    return next((Position(value, key, backwards) for value, key in found), None)


def before(queryset: QuerySet[Any], order: Order, edge: Position) -> QuerySet[Any]:
    """The rows on this side of a place that `skipped` gave."""
    return beyond(queryset, Order(order.field, not order.is_descending), edge)


def take(
    queryset: Source, order: Order, position: Position | None, size: int, *, is_sorted: bool = False
) -> list[Any]:
    """At most `size` rows from the place on, nearest first. Two queries where the field may be NULL, else one.

    Rows with a value and rows without are two stretches of the list; each is one range of an index, wherever NULLs sort.
    `is_sorted` as in `ordered`.
    """
    if not isinstance(queryset, QuerySet):
        return queryset.take(order, position, size)
    backwards = position is not None and position.is_backwards
    if order.field in {"pk", "id"} or not _may_be_null(queryset.model, order.field):
        rows = ordered(queryset, order, is_backwards=backwards, is_sorted=is_sorted)
        return list((beyond(rows, order, position) if position else rows)[:size])
    found: list[Any] = []
    for is_empty in (True, False) if backwards else (False, True):
        here = position is not None and (position.value is None) == is_empty
        if position is not None and not here and is_empty == backwards:
            continue
        rows = _stretch(queryset, order, is_empty=is_empty, is_backwards=backwards, is_sorted=is_sorted)
        if position is not None and here:
            rows = beyond(rows, order, position)
        found += rows[: size - len(found)]
        if len(found) == size:
            break
    return found


def _stretch(
    queryset: QuerySet[Any], order: Order, *, is_empty: bool, is_backwards: bool, is_sorted: bool
) -> QuerySet[Any]:
    rows = queryset.filter(**{f"{order.field}__isnull": is_empty})
    down = order.is_descending != is_backwards
    keys = [F("pk")] if is_empty else [Sorted(F(order.field)) if is_sorted else F(order.field), F("pk")]
    return rows.order_by(*(key.desc() if down else key.asc() for key in keys))


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


def page(queryset: Source, order: Order, cursor: str, size: int) -> Found:
    """The page a cursor asks for; "" or a strange cursor is the first page."""
    position = unpack(cursor, queryset.model, order) if cursor else None
    backwards = position.is_backwards if position else False
    found = take(queryset, order, position, size + 1)
    if backwards and len(found) <= size:
        return page(queryset, order, "", size)
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


def page_at(queryset: Source, order: Order, position: Position, size: int) -> Found:
    """The page that begins behind a place; where nothing lies behind it, the last page."""
    found = take(queryset, order, position, size + 1)
    more, found = len(found) > size, found[:size]
    if not found:
        found = take(queryset, Order(order.field, not order.is_descending), None, size)[::-1]
    if not found:
        return Found([], "", "")
    first, last = (Position(_value(row, order.field), row.pk) for row in (found[0], found[-1]))
    return Found(found, pack(last) if more else "", pack(replace(first, is_backwards=True)))


def batches(queryset: Source, order: Order, size: int = 1000) -> Iterator[list[Any]]:
    """All rows in order, a batch at a time, in flat memory."""
    position: Position | None = None
    while True:
        found = take(queryset, order, position, size)
        if found:
            yield found
        if len(found) < size:
            return
        position = Position(_value(found[-1], order.field), found[-1].pk)
