"""Periodic work of files."""

from __future__ import annotations

from datetime import datetime

from . import services


def sweep(*, now: datetime) -> None:
    """Remove content that no row knows."""
    services.sweep(now=now)
