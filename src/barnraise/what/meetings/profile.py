"""What other pages show of meetings: the panel of organisations, the cards of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.foundation.refs import Ref

from . import facing, policies, selectors

CARD, PANEL = 6, 5


def has_panel(actor: Any, organisation: Any) -> bool:
    """Where it was asked to a meeting or is a member of a series."""
    return bool(selectors.with_meetings([Ref.to(organisation)]))


def panel(actor: Any, organisation: Any) -> Mapping[str, Any] | None:
    """The latest meetings that it was asked to."""
    rows = list(selectors.of_organisation(organisation.pk)[: PANEL + 1])
    if not rows:
        return None
    return {
        "name": str(organisation),
        "has_more": len(rows) > PANEL,
        "rows": [(row.meeting, facing.span(row.meeting), facing.came_badge(row)) for row in rows[:PANEL]],
    }


def due_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: series whose next meeting is due and not planned; None when there are none."""
    today = timezone.localdate(now)
    found = selectors.due_series(actor, today=today, most=CARD + 1)
    if not found:
        return None
    return {
        "rows": [(row, facing.due_badge(row, today), facing.cadence_words(row)) for row in found[:CARD]],
        "has_more": len(found) > CARD,
        "may_edit": policies.may_edit(actor),
    }


def near_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: meetings of the next week, and those whose minutes are open; None when there are none."""
    found = selectors.near_for(actor, now=now, most=CARD + 1)
    if not found:
        return None
    return {
        "rows": [
            (row, facing.span(row), facing.state_badge(row, now), facing.state_of(row, now))
            for row in found[:CARD]
        ],
        "has_more": len(found) > CARD,
        "may_edit": policies.may_edit(actor),
    }
