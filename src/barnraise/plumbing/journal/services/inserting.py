"""Insert many rows by one prepared statement (SQLite) or COPY (PostgreSQL): what imports and undo stores need.

Django's bulk_create builds the text of every statement anew, which costs more than the database does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models, transaction

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def insert(rows: Sequence[models.Model]) -> None:
    """Insert unsaved rows of one model in the caller's transaction. Their keys are not read back.

    Rows that have a key already (see `reserve_keys`) are inserted under it: all of them, or none. Fields that
    Django fills in by itself (auto_now) must be set.
    """
    if not rows:
        return
    has_key = rows[0].pk is not None
    fields = [field for field in rows[0]._meta.concrete_fields if has_key or not field.primary_key]
    read = attrgetter(*(field.attname for field in fields))
    _insert(type(rows[0]), fields, [read(row) for row in rows])


def insert_values(model: type[models.Model], names: Sequence[str], values: Sequence[tuple[Any, ...]]) -> None:
    """`insert` of plain tuples in the order of `names` (attribute names, "organisation_id"), at a fifth of the cost of
    model objects. Every column without a default in the database must be named.
    """
    if values:
        by_name = {field.attname: field for field in model._meta.concrete_fields}
        _insert(model, [by_name[name] for name in names], values)


def _insert(model: type[models.Model], fields: Sequence[Any], given: Sequence[tuple[Any, ...]]) -> None:
    changed = [(place, turn) for place, field in enumerate(fields) if (turn := _turner(field))]
    values = [_turned(one, changed) for one in given] if changed else given
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for one in values:
                    copy.write_row(one)
        else:
            holes = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({holes})", values)  # noqa: S608


def _turned(values: tuple[Any, ...], changed: Sequence[tuple[int, Callable[[Any], Any]]]) -> Sequence[Any]:
    out = list(values)
    for place, turn in changed:
        if out[place] is not None:
            out[place] = turn(out[place])
    return out


def _turner(field: Any) -> Callable[[Any], Any] | None:
    """How a value becomes what the database takes; None when it is that already."""
    kind = field.get_internal_type()
    if kind == "JSONField":
        return _encode
    if connection.vendor == "postgresql":
        return None
    turners: dict[str, Callable[[Any], Any]] = {
        "DateTimeField": connection.ops.adapt_datetimefield_value,
        "DateField": str,
        "UUIDField": lambda value: value.hex,
    }
    return turners.get(kind)


def reserve_keys(model: type[models.Model], many: int) -> list[int]:
    """`many` keys in ascending order that nobody else gets. Call it in the transaction that inserts them."""
    assert transaction.get_connection().in_atomic_block, "keys are reserved in the transaction that uses them"  # noqa: S101
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, column, many],
            )
            return sorted(row[0] for row in cursor.fetchall())
        # SQLite has one writer: what is the highest key now stays so until we commit.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = (found[0] if found else 0) + 1
    return list(range(first, first + many))
