"""What a backup says about itself, and how one is checked before anything is touched."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

FORMAT = 1
NAME = "manifest.json"
SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"

KEPT_OUT = frozenset(
    {
        "static",
        "cache",
        "mails",
        "backups",
        "erasures.jsonl",
        "worker.lock",
        "running.lock",
        "preparing.lock",
        ".restoring",
    }
)
"""Names in the data folder that are made anew, concern this machine only, or must outlive every restore (erasures). The
database is captured by itself."""


class BackupError(Exception):
    """Nothing was written. `mend` says what to do."""

    def __init__(self, sentence: str, *, mend: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.mend = sentence, mend


@dataclass(frozen=True, slots=True)
class Manifest:
    """`entries`: name in the archive -> {"sha256", "bytes"}; instants in UTC, ISO 8601."""

    format: int
    barnraise: str
    database: str
    created_at: str
    entries: Mapping[str, Mapping[str, Any]]

    @property
    def files(self) -> int:
        """How many files besides the database."""
        return len(self.entries) - 1

    def summary(self) -> dict[str, Any]:
        """For people and programs, without the list."""
        return {
            "barnraise": self.barnraise,
            "database": self.database,
            "created_at": self.created_at,
            "files": self.files,
        }

    def packed(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), indent=1, sort_keys=True)


def is_kept_out(name: str, database: str) -> bool:
    """Whether this name of the data folder stays out of a backup, and stays where it is in a restore."""
    return name in KEPT_OUT or name.startswith((database, "queue.sqlite3", ".secret_key."))


def version_key(version: str) -> tuple[int, ...]:
    """1.12.0 -> (1, 12, 0); what is not a number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """The manifest, checked for shape. Raises BackupError."""
    try:
        found = json.loads(archive.read(NAME))
        manifest = Manifest(**found)
    except (KeyError, ValueError, TypeError):
        raise BackupError(
            "This is not a backup made by Barnraise: its manifest is missing or broken."
        ) from None
    if manifest.format != FORMAT:
        raise BackupError(
            f"This backup is written in format {manifest.format}; this version reads format {FORMAT}.",
            mend="Restore it with the version of Barnraise that wrote it.",
        )
    return manifest


def verify(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Every entry is there, of its size and checksum, and has a harmless name. Raises BackupError naming the first that is not."""
    names = {info.filename for info in archive.infolist() if info.filename != NAME}
    if names != set(manifest.entries):
        odd = sorted(names ^ set(manifest.entries))[0]
        raise BackupError(f"The backup is not whole: {odd} is missing or does not belong there.")
    for name, said in manifest.entries.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            raise BackupError(f"The backup holds a name that leads outside the data folder: {name}")
        seen, size = hashlib.sha256(), 0
        try:
            with archive.open(name) as entry:
                while block := entry.read(1 << 20):
                    seen.update(block)
                    size += len(block)
        except (zipfile.BadZipFile, EOFError, OSError) as problem:
            raise BackupError(f"The backup is damaged at {name}: {problem}") from None
        if size != said["bytes"] or seen.hexdigest() != said["sha256"]:
            raise BackupError(f"The backup is damaged at {name}: its checksum is not the one written down.")


def database_entry(kind: str) -> str:
    """The archive's name of the database of this kind ("sqlite" or "postgresql")."""
    return SQLITE if kind == "sqlite" else POSTGRESQL


def folder_entries(data: Path, database: str) -> list[Path]:
    """Files of the data folder that belong into a backup, oldest name first; links are passed over."""
    found = []
    for top in sorted(data.iterdir()):
        if is_kept_out(top.name, database) or top.is_symlink():
            continue
        found += (
            [top]
            if top.is_file()
            else sorted(f for f in top.rglob("*") if f.is_file() and not f.is_symlink())
        )
    return found
