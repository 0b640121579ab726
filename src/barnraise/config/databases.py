"""The database: SQLite in the data folder, or PostgreSQL by DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000; PRAGMA mmap_size=268435456;"
"""WAL lets readers and the one writer pass each other; the rest is memory for one process."""


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's DATABASES entry. Raises ValueError when the address is of another kind than the two supported."""
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        file = Path(unquote(parts.path)) if url else data / "barnraise.sqlite3"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": file,
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SQLITE_START},
            "TEST": {"NAME": None},
        }
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(
            f"DATABASE_URL starts with {parts.scheme}://; write postgresql://user:password@host/name, or leave it empty for SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or dict(parse_qsl(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {key: value for key, value in parse_qsl(parts.query) if key != "host"},
    }


def plan_briefly(connection: Any, **_of: Any) -> None:
    """PostgreSQL compiles no question of ours to machine code: that takes longer (70 ms and more) than what a page asks.

    Receives `connection_created`; by a statement, since poolers of connections refuse settings at the start of one.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET jit = off")
