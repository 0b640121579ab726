"""Periodic work of links."""

from __future__ import annotations

from datetime import datetime

from . import services


def forget(*, now: datetime) -> None:
    """Drop the marks of used links that have expired anyway."""
    services.forget_expired(now=now)
