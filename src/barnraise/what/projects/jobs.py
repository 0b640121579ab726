"""The room's background work."""

from __future__ import annotations

from datetime import datetime

from . import services


def forget(*, now: datetime) -> None:
    """The chore: applications that were not taken go when their term is over."""
    services.forget_declined(now=now)
