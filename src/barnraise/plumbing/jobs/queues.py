"""huey's queue in the data folder (SQLite) or in the database (PostgreSQL), opened on first use.

huey's own classes connect when they are made, at Django's start; then no command could say that the database is down.
"""

from __future__ import annotations

from typing import Any

from huey.api import PostgresHuey, SqliteHuey
from huey.storage import PostgresStorage, SqliteStorage

_DDL_LOCK = 0x6261726E  # an arbitrary number: two processes making the same tables at once would collide


class _SqliteQueue(SqliteStorage):  # type: ignore[misc]
    _has_tables = False

    def initialize_schema(self) -> None:
        """Nothing yet: the first connection does it."""

    def _create_connection(self) -> Any:
        connection = super()._create_connection()
        if not self._has_tables:
            for statement in self.ddl:
                connection.execute(statement)
            self._has_tables = True
        return connection


class _PostgresQueue(PostgresStorage):  # type: ignore[misc]
    _has_tables = False

    def initialize_schema(self) -> None:
        """Nothing yet: the first connection does it."""

    def _create_connection(self) -> Any:
        connection = self._connect()
        if not self._has_tables:
            with connection.transaction():
                connection.execute("select pg_advisory_xact_lock(%s)", (_DDL_LOCK,))
                for statement in self.ddl:
                    connection.execute(statement)
            self._has_tables = True
        return connection


class SqliteQueue(SqliteHuey):  # type: ignore[misc]
    """A queue in a file of its own; `filename` and `timeout` in seconds."""

    storage_class = _SqliteQueue


class PostgresQueue(PostgresHuey):  # type: ignore[misc]
    """A queue in the database `dsn`; workers are woken by LISTEN/NOTIFY."""

    storage_class = _PostgresQueue
