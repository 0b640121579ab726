"""What Today shows of events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from . import facing, policies, selectors

CARD = 6


def near_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Events that go on or begin within a week; None when there are none."""
    found = selectors.near(now, most=CARD)
    if not found:
        return None
    counts = selectors.counts_of([event.pk for event in found])
    rows = [(event, facing.span(event), facing.seats(event, counts[event.pk])) for event in found]
    return {"rows": rows, "may_check_in": policies.may_check_in(actor)}


def close_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Events that are over and not closed out; None when there are none."""
    found = selectors.to_close_out(actor, now, most=CARD + 1)
    if not found:
        return None
    counts = selectors.counts_of([event.pk for event in found])
    rows = [(event, facing.span(event), facing.came_words(event, counts[event.pk])) for event in found[:CARD]]
    return {"rows": rows, "has_more": len(found) > CARD, "may_edit": policies.may_edit(actor)}
