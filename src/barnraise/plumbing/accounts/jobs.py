"""Background work of accounts."""

from __future__ import annotations

from datetime import datetime

from . import services


def purge(*, now: datetime) -> None:
    """The chore: expired sessions and old links go."""
    services.purge(now=now)
