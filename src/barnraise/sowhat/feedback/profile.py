"""The card of Today: comments that nobody has answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from . import facing, policies, selectors

CARD = 6


def waiting_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Unanswered comments, the oldest first; None when there are none."""
    found = selectors.waiting(timezone.localdate(now), CARD + 1)
    if not found:
        return None
    rows = [(row, facing.channel_word(row)) for row in found[:CARD]]
    return {"rows": rows, "has_more": len(found) > CARD, "may_edit": policies.may_edit(actor)}
