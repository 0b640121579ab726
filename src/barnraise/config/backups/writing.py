"""Write a backup of a live system: the database first, then the files, so that no row points to a missing file."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from tqdm import tqdm

from barnraise import __version__

from . import postgres
from .manifest import FORMAT, NAME, BackupError, Manifest, database_entry, folder_entries


def write_backup(target: Path) -> Manifest:
    """Write `target`, which must not exist; its manifest. Raises BackupError, and then leaves nothing behind."""
    if target.exists():
        raise BackupError(f"{target} exists already.", mend="Choose another name, or remove that file first.")
    if not target.parent.is_dir():
        raise BackupError(f"There is no folder {target.parent}.", mend="Make it first.")
    try:
        with tempfile.TemporaryDirectory(prefix=".barnraise-backup-", dir=target.parent) as workplace:
            return _write(target, Path(workplace))
    except OSError as problem:
        raise BackupError(
            f"The backup could not be written: {problem.strerror or problem}.",
            mend="See that the folder is writable and has room.",
        ) from None


def _write(target: Path, workplace: Path) -> Manifest:
    kind = "sqlite" if settings.IS_SQLITE else "postgresql"
    snapshot = workplace / "database"
    snapshot_sqlite(snapshot) if kind == "sqlite" else postgres.dump(snapshot)
    created_at = datetime.now(UTC).isoformat(timespec="seconds")
    entries: dict[str, dict[str, Any]] = {}
    draft = workplace / "draft"
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=3, allowZip64=True) as archive:
        entries[database_entry(kind)] = _pack(archive, snapshot, database_entry(kind))
        data: Path = settings.DATA
        own = Path(settings.DATABASES["default"]["NAME"]).name if kind == "sqlite" else "barnraise.sqlite3"
        found = folder_entries(data, own)
        for file in tqdm(found, unit="file", disable=None, leave=False):
            name = file.relative_to(data).as_posix()
            try:
                entries[name] = _pack(archive, file, name)
            except FileNotFoundError:
                continue
        manifest = Manifest(FORMAT, __version__, kind, created_at, entries)
        archive.writestr(NAME, manifest.packed())
    draft.chmod(0o600)
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    try:
        os.link(draft, target)
    except FileExistsError:
        raise BackupError(f"{target} exists already.", mend="Choose another name.") from None
    except OSError:
        draft.rename(target)
    return manifest


def _pack(archive: zipfile.ZipFile, file: Path, name: str) -> dict[str, Any]:
    seen, size = hashlib.sha256(), 0
    with file.open("rb") as source:
        info = zipfile.ZipInfo.from_file(file, name)
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as entry:
            while block := source.read(1 << 20):
                seen.update(block)
                size += len(block)
                entry.write(block)
    return {"sha256": seen.hexdigest(), "bytes": size}


def snapshot_sqlite(target: Path) -> None:
    """One consistent moment of the live database, checked. Raises BackupError when it is damaged."""
    source = Path(settings.DATABASES["default"]["NAME"])
    with closing(sqlite3.connect(source, timeout=30)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    if verdict != "ok":
        raise BackupError(
            f"The database is damaged: {verdict}.",
            mend="Keep the file, stop Barnraise and restore the last good backup.",
        )
