"""PostgreSQL's own tools: pg_dump for a consistent copy, pg_restore and psql to put it back in one transaction."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from .manifest import BackupError

QUEUE_TABLES = "huey_*"
BEFORE = "barnraise_before"
SET_ASIDE = """
CREATE SCHEMA barnraise_before;
DO $$
DECLARE row record;
BEGIN
  FOR row IN SELECT c.relname, c.relkind FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP
    EXECUTE format('ALTER %s %I SET SCHEMA barnraise_before',
      CASE row.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, row.relname);
  END LOOP;
END $$;
"""


def _version_of(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"(\d+)(?:\.\d+)*", said)
    return int(number[1]) if number else 0


def _server_version() -> int:
    try:
        connection.ensure_connection()
    except DatabaseError as problem:
        raise BackupError(
            f"The database does not answer: {str(problem).strip()}", mend="Start it, then try again."
        ) from None
    return int(connection.pg_version) // 10000  # type: ignore[attr-defined]


def tool(name: str) -> str:
    """The path of pg_dump, pg_restore or psql, not older than the server. Raises BackupError when there is none."""
    server = _server_version()
    found = [path for path in [shutil.which(name)] if path]
    found += [str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))]
    mend = f"Install PostgreSQL's client tools, version {server} or newer (Debian: postgresql-client)."
    if not found:
        raise BackupError(f"{name} is not installed on this machine.", mend=mend)
    versions = {path: _version_of(path) for path in found}
    for path in found:
        if versions[path] >= server:
            return path
    raise BackupError(
        f"{name} {max(versions.values())} is older than the server, which is PostgreSQL {server}.", mend=mend
    )


def _environment() -> dict[str, str]:
    """libpq's own variables, so that no password stands on a command line."""
    default = settings.DATABASES["default"]
    known = {
        "PGHOST": default["HOST"],
        "PGPORT": default["PORT"],
        "PGUSER": default["USER"],
        "PGPASSWORD": default["PASSWORD"],
        "PGDATABASE": default["NAME"],
    }
    known |= {f"PG{key.upper()}": value for key, value in default["OPTIONS"].items() if key.startswith("ssl")}
    return {**os.environ, **{name: str(value) for name, value in known.items() if value}}


def _run(arguments: list[str], script: str | None = None) -> str:
    done = subprocess.run(
        arguments, input=script, capture_output=True, text=True, env=_environment(), check=False
    )
    if done.returncode:
        last = (done.stderr.strip() or "no message").splitlines()
        said = next((line for line in last if "ERROR" in line or "error" in line), last[-1])
        mend = "Nothing was changed."
        if "out of shared memory" in said:
            mend += " Set the server's max_locks_per_transaction to 256, start it again, then try again."
        raise BackupError(f"{Path(arguments[0]).name} failed: {said}", mend=mend)
    return done.stdout


def dump(target: Path) -> None:
    """A consistent copy in pg_dump's custom format; the queue is left out, the cache is emptied."""
    _run(
        [
            tool("pg_dump"),
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--exclude-table={QUEUE_TABLES}",
            f"--exclude-schema={BEFORE}",
            "--exclude-table-data=barnraise_cache",
            f"--file={target}",
        ]
    )


def load(source: Path) -> None:
    """Put the dump in the place of every table there is, in one transaction. Raises BackupError, and then nothing changed.

    The old tables are only set aside there: the server holds one lock for each table and index that a transaction
    makes or drops, and has room for max_locks_per_transaction times its connections. `drop_what_was_before` ends them.
    """
    drop_what_was_before()
    pg_restore, psql = tool("pg_restore"), tool("psql")
    wanted, extensions = [], []
    for line in _run([pg_restore, "--list", str(source)]).splitlines():
        words = line.split()
        if " EXTENSION " in line or " SCHEMA " in line:
            if words[3] == "EXTENSION":
                extensions.append(words[5])
            continue
        wanted.append(line)
    chosen = source.with_suffix(".list")
    chosen.write_text("\n".join(wanted))
    script = source.with_suffix(".sql")
    options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", f"--use-list={chosen}"]
    _run([pg_restore, *options, f"--file={script}", str(source)])
    first = source.with_suffix(".first.sql")
    needed = "".join(f'CREATE EXTENSION IF NOT EXISTS "{name}";\n' for name in extensions)
    first.write_text(SET_ASIDE + needed)
    connection.close()
    _run(
        [
            psql,
            "--quiet",
            "--no-psqlrc",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            f"--file={first}",
            f"--file={script}",
        ]
    )


def drop_what_was_before() -> None:
    """Drop the tables that a restore set aside, each by itself. Nothing happens where there are none."""
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = %s", [BEFORE])
        for (table,) in cursor.fetchall():
            cursor.execute(f"drop table if exists {BEFORE}.{connection.ops.quote_name(table)} cascade")
        cursor.execute(f"drop schema if exists {BEFORE} cascade")


def others_connected() -> int:
    """How many other connections use this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database() "
            "and pid <> pg_backend_pid() and backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])
