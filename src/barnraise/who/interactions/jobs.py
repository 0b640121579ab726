"""The room's background work."""

from __future__ import annotations

from datetime import datetime

from .services.sweep import sweep_files


def sweep(*, now: datetime) -> None:
    """The chore: files of interactions that nobody can bring back go."""
    sweep_files()
