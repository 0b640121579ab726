"""The database: reachable, of this version, sound, and set as it must be."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError, connection

from ..database_state import NotReady, migrations
from .finding import Finding, error, warning


def look() -> Iterator[Finding]:
    """Stops at the first thing without which the rest cannot be asked."""
    try:
        found = migrations()
    except NotReady as no:
        if any(word in no.sentence for word in ("malformed", "not a database", "disk I/O")):
            yield _damaged(no.sentence)
            return
        yield error("database.unreachable", no.sentence, no.mend)
        return
    except DatabaseError as problem:
        yield _damaged(str(problem))
        return
    if found.unknown:
        yield error(
            "database.newer",
            f"A newer Barnraise has worked on this database (it knows {found.unknown[-1]}).",
            "Install that version again, or restore a backup made with this one.",
        )
    if found.pending:
        yield error(
            "database.migrations_pending",
            f"{len(found.pending)} changes of the database are waiting, the first is {found.pending[0]}.",
            "Start `barnraise up`; it brings the database to this version and keeps a copy.",
        )
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()


def _damaged(what: str) -> Finding:
    return error(
        "database.damaged",
        f"The database is damaged: {what[:200]}",
        "Stop Barnraise, keep a copy of the data folder, and restore the last good backup.",
    )


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        if mode != "wal":
            yield warning(
                "database.not_wal",
                f"SQLite runs in journal mode {mode}: readers and the writer block each other.",
                "Put the data folder on a local disk (network disks cannot do WAL), then start again.",
            )
        try:
            verdict = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
        except DatabaseError as problem:
            verdict = str(problem)
    if verdict != "ok":
        yield _damaged(verdict)


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_available_extensions where name = 'pg_trgm'")
        if not cursor.fetchone()[0]:
            yield error(
                "database.trgm_missing",
                "PostgreSQL has no pg_trgm extension; search needs it.",
                "Install PostgreSQL's contrib package (Debian: it is part of postgresql) on the server.",
            )
        if int(connection.pg_version) < 140000:  # type: ignore[attr-defined]
            yield error(
                "database.old", "This PostgreSQL is older than 14.", "Use a server of version 14 or newer."
            )
