"""What comes round."""

from __future__ import annotations

from datetime import datetime

from . import services


def look(*, now: datetime) -> None:
    """See services."""
    services.look(now=now)
