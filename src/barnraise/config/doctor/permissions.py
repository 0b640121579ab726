"""The data folder is ours alone, and writable."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from .finding import Finding, error, warning


def look() -> Iterator[Finding]:
    """Folder 0700, writable; secret_key, barnraise.env and the database for the owner only."""
    data: Path = settings.DATA
    mode = data.stat().st_mode & 0o777
    if mode & 0o077:
        yield warning(
            "permissions.folder_open",
            f"Others on this machine may enter {data} (mode {mode:o}).",
            f"chmod 700 {data}",
        )
    if not _is_writable(data):
        yield error(
            "permissions.folder_unwritable",
            f"{data} cannot be written.",
            "Give it to the user who runs Barnraise: chown -R USER, and chmod 700.",
        )
    for name in ("secret_key", "barnraise.env"):
        file = data / name
        if file.exists() and file.stat().st_mode & 0o077:
            yield error(
                f"permissions.{name.removeprefix('barnraise.').removesuffix('_key')}_open",
                f"Others on this machine may read {file}.",
                f"chmod 600 {file}",
            )


def _is_writable(folder: Path) -> bool:
    """Asked by writing, since a read-only disk says yes to questions."""
    probe = folder / f".doctor.{os.getpid()}"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True
