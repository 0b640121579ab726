"""The room's background work."""

from __future__ import annotations

from datetime import datetime

from barnraise.plumbing.files import services as files

from .models import Partnership


def sweep(*, now: datetime) -> None:
    """The chore: files of partnerships that nobody can bring back go."""
    files.sweep_removed(Partnership)
