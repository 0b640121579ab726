"""What other pages show of stories: the panel of a person, the card of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.who.consent import policies as consents

from . import facing, selectors

CARD, PANEL = 6, 8


def panel(actor: Any, person: Any) -> Mapping[str, Any] | None:
    """Stories that name this person."""
    rows = list(selectors.of_person(person.pk)[:PANEL])
    if not rows:
        return None
    live = set(
        selectors.live(timezone.localdate())
        .filter(pk__in=[one.pk for one in rows])
        .values_list("pk", flat=True)
    )
    return {"rows": [(row, facing.state_badge(row, is_live=row.pk in live)) for row in rows]}


def ending_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: public stories of which a consent ends within thirty days; None when there are none."""
    found = selectors.ending_soon(timezone.localdate(now), most=CARD + 1)
    if not found:
        return None
    return {"rows": found[:CARD], "has_more": len(found) > CARD, "may_record": consents.may_record(actor)}
