"""Remove content in the data folder that no row knows: what a rollback or a crash left behind."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from ..models import File

GRACE = timedelta(days=1)
"""Younger content may belong to a transaction that is still open."""


def sweep(*, now: datetime) -> int:
    """Remove orphans older than GRACE. Returns how many. Safe to repeat."""
    before = (now - GRACE).timestamp()
    gone = 0
    for folder in _folders():
        old = [path for path in folder.iterdir() if path.is_file() and path.stat().st_mtime < before]
        names = {path: _uuid(path) for path in old}
        known = set(
            File.objects.filter(uuid__in=[name for name in names.values() if name]).values_list(
                "uuid", flat=True
            )
        )
        for path, name in names.items():
            if path.suffix == ".part" or (name is not None and name not in known):
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _folders() -> Iterator[Path]:
    root = Path(settings.DATA) / "files"
    if root.is_dir():
        yield from (path for path in sorted(root.iterdir()) if path.is_dir() and len(path.name) == 2)


def _uuid(path: Path) -> uuid.UUID | None:
    try:
        return uuid.UUID(path.name)
    except ValueError:
        return None
