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


def trouble_lines(context: Mapping[str, Any]) -> int:
    """How many lines that card draws: one for each kind of trouble there is."""
    return sum(1 for many in context["counts"].values() if many)
