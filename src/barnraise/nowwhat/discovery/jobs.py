"""Work of this room that comes round by itself."""

from __future__ import annotations

from datetime import datetime

from . import services


def propose(*, now: datetime) -> None:
    """Once a day: propose the best candidates."""
    services.propose(now=now)
