"""Make the house ready to serve: database, cache table, queue, static files. Quick when nothing is to be done."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from barnraise import __version__

from .backups.postgres import drop_what_was_before
from .database_state import migrations, require_not_newer
from .locks import lock, preparing
from .website import FIRST

KEPT_COPIES = 5
Say = Callable[[str], None]


def prepare(*, static: bool, say: Say) -> None:
    """Everything `up` (with `static`) or `worker` needs before it serves. Raises NotReady; safe to run in two processes."""
    data: Path = settings.DATA
    with lock(preparing(data), wait=True):
        data.chmod(0o700)
        _database(say)
        _erasures(say)
        _queue()
        if static:
            _static_files(say)


def _database(say: Say) -> None:
    found = migrations()
    require_not_newer(found)
    if found.pending:
        is_new = not connection.introspection.table_names()
        if settings.IS_SQLITE and not is_new:
            say(f"The database is copied to {copy_before_migrating()} before it is changed.")
        say("Making the database." if is_new else f"Bringing the database to version {__version__}.")
        with _alone():
            migrate_all()
            if not is_new:
                prepare_search()
    if not settings.IS_SQLITE and (
        found.pending or "barnraise_cache" not in connection.introspection.table_names()
    ):
        call_command("createcachetable", verbosity=0)
    if not settings.IS_SQLITE:
        drop_what_was_before()


def migrate_all() -> None:
    """All migrations. Wagtail's hundred come first where none of them is done: each draws every model that is there by then."""
    tables = connection.introspection.table_names()
    first = [] if "wagtailcore_page" in tables or not settings.ENVIRONMENT.site else FIRST
    for label in first:
        call_command("migrate", label, interactive=False, verbosity=0, skip_checks=True)
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


def prepare_search() -> None:
    """What an older version did not let search find yet is found as soon as a worker has written it."""
    from barnraise.plumbing.search.services import compare_counts, reindex

    for kind, (documents, _things) in compare_counts().items():
        if not documents:
            reindex(kind)


def _erasures(say: Say) -> None:
    """Whoever was erased after the backup that is in place now was made is erased again before anybody can look."""
    from barnraise.who.people.services import apply_erasures_again

    if count := apply_erasures_again():
        say(f"{count} people who had been erased since the backup were erased again.")


class _alone:  # noqa: N801 - used like a function
    """On PostgreSQL, machines that prepare at the same time come one after the other."""

    def __enter__(self) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_lock(%s)", (1651667570,))

    def __exit__(self, *problem: object) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", (1651667570,))


def copy_before_migrating() -> Path:
    """A consistent copy of the SQLite file in DATA/backups; the last five stay."""
    source = Path(settings.DATABASES["default"]["NAME"])
    folder: Path = settings.DATA / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"before-{__version__}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.sqlite3"
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    target.chmod(0o600)
    for copy in sorted(folder.glob("before-*.sqlite3"), key=lambda file: file.stat().st_mtime)[:-KEPT_COPIES]:
        copy.unlink()
    return target


def _queue() -> None:
    """The queue's own tables."""
    from huey.contrib.djhuey import HUEY

    HUEY.storage.queue_size()
    HUEY.storage.close()


def static_fingerprint() -> str:
    """Changes whenever a static file of the package or of a library does."""
    from django.contrib.staticfiles.finders import get_finders

    seen = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            seen.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def is_static_current() -> bool:
    """Whether the collected static files are those of this version."""
    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    return stamp.exists() and stamp.read_text() == static_fingerprint()


def _static_files(say: Say) -> None:
    if is_static_current():
        return
    say("Collecting styles, scripts and icons.")
    call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
    (Path(settings.STATIC_ROOT) / ".fingerprint").write_text(static_fingerprint())
