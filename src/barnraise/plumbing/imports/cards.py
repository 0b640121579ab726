"""The card on Today: imports that wait for a decision or were made lately."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from . import screens

RECENT = timedelta(days=14)
MOST = 4


def recent(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """The newest imports of the last two weeks; None when there are none."""
    found = list(screens.imports().filter(created_at__gte=now - RECENT)[:MOST])
    return {"imports": found} if found else None
