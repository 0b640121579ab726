"""Remove content in the data folder that no row knows, and files about things that nobody can bring back any more."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, Model, OuterRef

from barnraise.plumbing.journal.models import Change

from ..models import File
from .change import forget

GRACE = timedelta(days=1)
"""Younger content may belong to a transaction that is still open."""
AT_ONCE = 1000


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


def sweep_removed(model: type[Model]) -> int:
    """Remove the files about rows of this model that are gone and that no change set keeps; how many went."""
    kind = model._meta.label_lower
    gone = (
        File.objects.filter(kind=kind)
        .exclude(Exists(model._default_manager.filter(pk=OuterRef("key"))))
        .exclude(Exists(Change.objects.filter(kind=kind, key=OuterRef("key"))))
    )
    keys = {key for key in gone.values_list("key", flat=True)[:AT_ONCE] if key is not None}
    return forget(kind=kind, keys=keys)


def _folders() -> Iterator[Path]:
    root = Path(settings.DATA) / "files"
    if root.is_dir():
        yield from (path for path in sorted(root.iterdir()) if path.is_dir() and len(path.name) == 2)


def _uuid(path: Path) -> uuid.UUID | None:
    try:
        return uuid.UUID(path.name)
    except ValueError:
        return None
