"""Put a backup in place: check everything, unpack beside, then swap. A crash in the swap is finished at the next start."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, connections
from tqdm import tqdm

from barnraise import __version__

from ..database_state import migrations
from ..locks import Busy, lock, running
from . import postgres
from .manifest import BackupError, Manifest, database_entry, read_manifest, verify, version_key
from .swapping import DATABASE_FILE, finish_swap


def restore_backup(source: Path, *, replace: bool) -> Manifest:
    """The state of the backup `source` takes the place of what is there. Raises BackupError, and then nothing changed.

    Refused while Barnraise runs on this data folder, and when there are accounts already unless `replace`.
    """
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError) as problem:
        raise BackupError(f"{source} cannot be read as a backup: {problem}") from None
    with archive:
        manifest = read_manifest(archive)
        _require_fitting(manifest)
        verify(archive, manifest)
        try:
            with lock(running(settings.DATA)):
                _require_room(replace)
                _put_in_place(archive, manifest)
                _erase_again()
        except Busy:
            raise BackupError(
                f"Barnraise is running on {settings.DATA}.", mend="Stop it, then restore."
            ) from None
    return manifest


def _require_fitting(manifest: Manifest) -> None:
    kind = "sqlite" if settings.IS_SQLITE else "postgresql"
    if manifest.database != kind:
        raise BackupError(
            f"This backup is of a {manifest.database} database; this installation uses {kind}.",
            mend="Set DATABASE_URL to a database of that kind (empty for SQLite), then restore.",
        )
    if settings.IS_SQLITE and Path(settings.DATABASES["default"]["NAME"]) != settings.DATA / DATABASE_FILE:
        raise BackupError(
            "DATABASE_URL names a SQLite file of its own; a restore works on the one in the data folder.",
            mend="Leave DATABASE_URL empty while you restore.",
        )
    if version_key(manifest.barnraise) > version_key(__version__):
        raise BackupError(
            f"This backup was written by Barnraise {manifest.barnraise}; this is {__version__}.",
            mend="Install that version or a newer one.",
        )


def _require_room(replace: bool) -> None:
    if not settings.IS_SQLITE:
        try:
            others = postgres.others_connected()
        except DatabaseError as problem:
            raise BackupError(f"The database does not answer: {problem}", mend="Start it.") from None
        if others:
            raise BackupError(
                f"{others} other programs are connected to the database.",
                mend="Stop every `barnraise up` and `barnraise worker`, on all machines, then restore.",
            )
    if not replace and holds_accounts():
        raise BackupError(
            "There is an installation with accounts here already.",
            mend="Make a backup of it, then restore with --replace; or choose an empty folder with --data.",
        )


def holds_accounts() -> bool:
    """Whether somebody has an account in the database that is there; a database that cannot be read counts as such."""
    if settings.IS_SQLITE and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return False
    try:
        if "accounts_account" not in connection.introspection.table_names():
            return False
        with connection.cursor() as cursor:
            cursor.execute("select 1 from accounts_account limit 1")
            return cursor.fetchone() is not None
    except DatabaseError:
        return True
    finally:
        connections.close_all()


def _put_in_place(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    data: Path = settings.DATA
    place = data / ".restoring"
    shutil.rmtree(place, ignore_errors=True)
    fresh = place / "new"
    try:
        fresh.mkdir(parents=True, mode=0o700)
        for name in tqdm(manifest.entries, unit="file", disable=None, leave=False):
            archive.extract(name, fresh)
        _set_aside_settings(fresh)
        database = fresh / database_entry(manifest.database)
        if manifest.database == "sqlite":
            _require_sound(database)
            database.rename(fresh / DATABASE_FILE)
        else:
            aside = place / "database"
            database.rename(aside)
            postgres.load(aside)
    except OSError as problem:
        shutil.rmtree(place, ignore_errors=True)
        raise BackupError(
            f"The backup could not be unpacked: {problem}", mend="See that there is room."
        ) from None
    except BaseException:  # Ctrl-C too
        shutil.rmtree(place, ignore_errors=True)
        raise
    (place / "ready").touch()
    finish_swap(data)
    if manifest.database != "sqlite":
        postgres.drop_what_was_before()


def _erase_again() -> None:
    """Whoever was erased since the backup is erased in it too; a database of an older version waits for the next start."""
    from barnraise.who.people.services import apply_erasures_again

    connections.close_all()
    try:
        if not migrations().pending:
            apply_erasures_again()
    finally:
        connections.close_all()


def _set_aside_settings(fresh: Path) -> None:
    """The other machine's settings are not put in force (they may name its database), but kept to be read."""
    if (fresh / "barnraise.env").exists():
        (fresh / "barnraise.env").rename(fresh / "barnraise.env.from-backup")


def _require_sound(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as copy:
            verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as problem:
        verdict = str(problem)
    if verdict != "ok":
        raise BackupError(f"The database in the backup is damaged: {verdict}.")
