"""The room's chore."""

from __future__ import annotations

from datetime import datetime

from . import services


def due(*, now: datetime) -> None:
    """The chore: approved campaigns whose time has come begin to go."""
    services.send_due(now=now)
