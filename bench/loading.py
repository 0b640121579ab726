"""Fill tables fast: secondary indexes, constraints and triggers go away and come back as they were, keys are not checked.

For worlds of benchmarks only, whose rows are known to be in order. The product never does this.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection


def is_sqlite() -> bool:
    """Else it is PostgreSQL."""
    return connection.vendor == "sqlite"


def run(statement: str) -> list[tuple[Any, ...]]:
    """Execute, and give the rows if there are any."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def numbers(count: int) -> str:
    """A row source with one column n, 0 to count - 1."""
    if is_sqlite():
        return (
            f"(WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {count - 1}) "
            "SELECT n FROM s) AS numbers"
        )
    return f"generate_series(0::bigint, {count - 1}) AS numbers(n)"


def dice(salt: int, bits: int = 32) -> str:
    """A number below 2 ** bits that depends on n, always the same for the same salt."""
    factor = (2654435761 + salt * 104729 * 2) % 2**32 | 1
    return f"((n * {factor} + {salt * 7919 + 17}) % 4294967296 / {2 ** (32 - bits)})"


def ranked(salt: int, first: int, count: int) -> str:
    """A key of `count` from `first`, unevenly: few come up very often, as everywhere."""
    drawn = dice(salt, 20)
    return f"({first} + ({count} * {drawn} * {drawn} / {2**40} * 7919) % {count})"


def moment(seconds: str) -> str:
    """A date-time from seconds since 1970."""
    return f"datetime({seconds}, 'unixepoch')" if is_sqlite() else f"to_timestamp({seconds})"


def day(seconds: str) -> str:
    """A date from seconds since 1970."""
    return f"date({seconds}, 'unixepoch')" if is_sqlite() else f"CAST(to_timestamp({seconds}) AS date)"


def identity(salt: int) -> str:
    """A uuid that depends on n."""
    if is_sqlite():
        return f"printf('%08x%08x%08x%08x', {dice(salt)}, {dice(salt + 1)}, n, {salt})"
    parts = " || ".join(f"lpad(to_hex({one}), 8, '0')" for one in (dice(salt), dice(salt + 1), "n", salt))
    return f"CAST({parts} AS uuid)"


def one_of(place: str, keys: Sequence[int]) -> str:
    """The key at a place."""
    found = " ".join(f"WHEN {at} THEN {key}" for at, key in enumerate(keys))
    return f"(CASE {place} % {len(keys)} {found} END)"


_unguarded: list[str] = []
"""Who is at it: one within another changes nothing."""


@contextmanager
def unguarded() -> Iterator[None]:
    """No checks of keys, no waiting for the disk. One within another is the outer one."""
    if _unguarded:
        yield
        return
    if is_sqlite():
        before = ("journal_mode=DELETE", "journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF",
                  "cache_size=-1500000", "temp_store=FILE", "threads=2")  # fmt: skip
        after = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-20000", "threads=0",
                 "temp_store=MEMORY")  # fmt: skip
        before, after = tuple(f"PRAGMA {one}" for one in before), tuple(f"PRAGMA {one}" for one in after)
    else:
        before = ("SET session_replication_role = replica", "SET maintenance_work_mem = '1GB'",
                  "SET work_mem = '512MB'", "SET synchronous_commit = off")  # fmt: skip
        after = tuple(f"RESET {one.split()[1]}" for one in before)
    for statement in before:
        run(statement)
    _unguarded.append("")
    try:
        yield
    finally:
        _unguarded.pop()
        for statement in after:
            run(statement)


@contextmanager
def unchecked() -> Iterator[None]:
    """Migrations do not look at all keys of a large file one after the other: they keep them in order themselves."""
    connection.check_constraints = lambda *_of, **_by: None
    try:
        yield
    finally:
        del connection.check_constraints


@contextmanager
def bare(*tables: str) -> Iterator[None]:
    """These tables without secondary indexes and triggers; they are made again afterwards."""
    away, back = _sqlite(tables) if is_sqlite() else _postgresql(tables)
    for statement in away:
        run(statement)
    try:
        yield
    finally:
        for statement in back:
            run(statement)


def _named(tables: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in tables)


def _sqlite(tables: Sequence[str]) -> tuple[list[str], list[str]]:
    found = run(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL "
        f"AND tbl_name IN ({_named(tables)}) ORDER BY type"
    )
    return [f'DROP {kind} "{name}"' for kind, name, _sql in found], [sql for _kind, _name, sql in found]


def _postgresql(tables: Sequence[str]) -> tuple[list[str], list[str]]:
    held = run(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        f"WHERE contype = 'u' AND conrelid::regclass::text IN ({_named(tables)})"
    )
    names = {name for _table, name, _sql in held}
    away = [f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' for table, name, _sql in held]
    back = [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {sql}' for table, name, sql in held]
    indexes = run(
        "SELECT i.indexrelid::regclass::text, c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid "
        f"WHERE NOT i.indisprimary AND i.indrelid::regclass::text IN ({_named(tables)})"
    )
    for _quoted, name, sql in indexes:
        if name not in names:
            away.append(f'DROP INDEX "{name}"')
            back.append(sql)
    return away, back


def count_on(*tables: str) -> None:
    """New rows get keys above those written here."""
    if not is_sqlite():
        for name in tables:
            run(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")


def index_documents(after: int) -> None:
    """On SQLite: what the triggers of search would have written about the documents above that key, in few large pieces."""
    if not is_sqlite():
        return
    for table, wanted in (("search_words", "words"), ("search_pieces", "' ' || title_folded || ' '")):
        column = "words" if table == "search_words" else "title"
        run(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', 400000000)")
        run(
            f"INSERT INTO {table} (rowid, {column}) SELECT id, {wanted} FROM search_document WHERE id > {after}"
        )
        run(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', 1048576)")
