"""What other pages show of concerns: the panel of organisations and people, the card of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.foundation.refs import Ref

from . import facing, policies, selectors

CARD, PANEL = 6, 5


def has_panel(actor: Any, thing: Any) -> bool:
    """For who may note concerns always, for others where there is one; not on our own organisation's page."""
    if getattr(thing, "is_own", False):
        return False
    return policies.may_edit(actor) or selectors.of_thing(Ref.to(thing), actor).exists()


def panel(actor: Any, thing: Any) -> Mapping[str, Any] | None:
    """The latest concerns by this person, or by and about this organisation."""
    if getattr(thing, "is_own", False):
        return None
    ref, now = Ref.to(thing), timezone.now()
    rows = list(selectors.of_thing(ref, actor).order_by("-raised_at", "-pk")[: PANEL + 1])
    may_edit = policies.may_edit(actor)
    if not rows and not may_edit:
        return None
    return {
        "thing": thing,
        "model": ref.model,
        "name": str(thing),
        "may_edit": may_edit,
        "has_more": len(rows) > PANEL,
        "rows": [(row, facing.state_badge(row, now)) for row in rows[:PANEL]],
    }


def clock_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: concerns whose answer is owed soon or was owed before; None when there are none."""
    found = selectors.near_for(actor, now=now, oversees=policies.may_oversee(actor), most=CARD + 1)
    if not found:
        return None
    return {
        "rows": [
            (row, facing.clock_badge(row, now), facing.severity_badge(row), facing.who(row))
            for row in found[:CARD]
        ],
        "has_more": len(found) > CARD,
        "may_edit": policies.may_edit(actor),
        "me": actor.pk,
    }
