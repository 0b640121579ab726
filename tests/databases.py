"""A database with every migration in it, made once for each state of the migrations and copied from then on.

Making it takes as long as hundreds of tests. It lies in the temporary folder of the machine under a name that says which
migrations, libraries and interpreter made it; whatever of these changes makes it anew, by the real `migrate`.
`BARNRAISE_TEST_DATABASES` names another folder.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

CHECKOUT = Path(__file__).resolve().parents[1]
MIGRATE = """
from barnraise.config.commands.opening import load_django
load_django()
from barnraise.config.prepare import migrate_all
migrate_all()
"""
TEMPLATE = "barnraise_template"
KEPT_SECONDS = 7 * 86_400


@cache
def state() -> str:
    """A name for all migrations, the libraries that may bring some, and the interpreter."""
    seen = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for file in sorted((CHECKOUT / "src").glob("**/migrations/*.py")):
        seen.update(f"{file.relative_to(CHECKOUT)}\n".encode() + file.read_bytes())
    # An installation without the website has no tables of it.
    seen.update(f"site={os.environ.get('BARNRAISE_SITE', '')}\n".encode())
    for line in sorted(f"{found.name} {found.version}\n" for found in metadata.distributions()):
        seen.update(line.encode())
    return seen.hexdigest()[:20]


def _folder() -> Path:
    given = os.environ.get("BARNRAISE_TEST_DATABASES")
    folder = Path(given or Path(tempfile.gettempdir()) / f"barnraise-test-databases-{os.getuid()}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise RuntimeError(f"{folder} belongs to somebody else.")
    return folder


@contextmanager
def _alone(name: str) -> Iterator[None]:
    with (_folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _migrate(url: str) -> None:
    with tempfile.TemporaryDirectory() as data:
        environment = {
            **os.environ,
            "BARNRAISE_DATA": data,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "barnraise.config.settings",
        }
        subprocess.run([sys.executable, "-c", MIGRATE], env=environment, check=True)


def sqlite_file() -> Path:
    """The file to copy: an SQLite database with every migration and not a row of anybody's."""
    made = _folder() / f"{state()}.sqlite3"
    with _alone("sqlite"):
        if not made.exists():
            for old in _folder().glob("*.s*"):
                if old.stat().st_mtime < time.time() - KEPT_SECONDS:
                    old.unlink()
            begun = made.with_suffix(".begun")
            begun.unlink(missing_ok=True)
            _migrate(f"sqlite://{begun}")
            with closing(sqlite3.connect(begun)) as connection:
                connection.execute("pragma wal_checkpoint(truncate)")
            begun.rename(made)
    return made


def copy_to(file: Path) -> None:
    """Put a copy where a data folder has its database."""
    shutil.copyfile(sqlite_file(), file)


def fill_memory(name: str) -> sqlite3.Connection:
    """Fill a shared database in memory; it lives as long as the connection that is given back."""
    with closing(sqlite3.connect(sqlite_file())) as source:
        kept = sqlite3.connect(name, uri=True, check_same_thread=False)
        source.backup(kept)
    return kept


def postgresql_template(url: str) -> str:
    """The name of a database of this server to copy with TEMPLATE; made by whoever asks first."""
    import psycopg

    name = f"{TEMPLATE}_{state()}"
    with _alone("postgresql"), psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            begun = f"{name}_begun"
            connection.execute(f'drop database if exists "{begun}"')
            connection.execute(f'create database "{begun}"')
            _fill(urlsplit(url)._replace(path=f"/{begun}").geturl())
            connection.execute(f'alter database "{begun}" rename to "{name}"')
    return name


def _fill(url: str) -> None:
    """By the statements that were kept, where the server's programs are here; else, and the first time, by migrating."""
    kept = _folder() / f"{state()}.sql"
    programs = _programs()
    if programs and kept.exists():
        load = [programs / "psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-f", kept, url]
        subprocess.run(load, check=True, stdout=subprocess.DEVNULL)
        return
    _migrate(url)
    if programs:
        begun = kept.with_suffix(".begun-sql")
        subprocess.run([programs / "pg_dump", "--no-owner", "-f", begun, url], check=True)
        begun.rename(kept)


def _programs() -> Path | None:
    sys.path.insert(0, str(CHECKOUT / "tools"))
    try:
        import postgres
    finally:
        sys.path.pop(0)
    found = postgres.binaries()
    return found if found and (found / "pg_dump").exists() and (found / "psql").exists() else None
