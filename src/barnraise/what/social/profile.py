"""What other pages show of posts: the cards of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from . import facing, policies, selectors

CARD = 6


def open_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: posts that failed, and approved ones that nobody has posted; None when there are none."""
    found = selectors.failed_or_waiting(timezone.localdate(now), most=CARD + 1)
    if not found:
        return None
    rows = [(row, facing.title_of(row.network), facing.state_badge(row)) for row in found[:CARD]]
    return {"rows": rows, "has_more": len(found) > CARD, "may_edit": policies.may_edit(actor)}


def down_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: posts that stand in a network although what they tell about may be told no more; None when there are none."""
    found = selectors.to_take_down(timezone.localdate(now), most=CARD)
    if not found:
        return None
    return {
        "rows": [(row, facing.title_of(row.network)) for row in found],
        "may_edit": policies.may_edit(actor),
    }
