"""The card of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from . import selectors


def trouble(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """What went wrong with mails lately; None when nothing did."""
    counts = selectors.counts(now)
    return {"counts": counts} if any(counts.values()) else None
