"""What other pages show of recognition: the panel of a partner, the cards of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from . import facing, policies, selectors

CARD, PANEL = 6, 4


def has_panel(actor: Any, thing: Any) -> bool:
    """Not on our own organisation's page."""
    return not getattr(thing, "is_own", False)


def panel(actor: Any, organisation: Any) -> Mapping[str, Any] | None:
    """Thanks to this partner, and the way to its statement."""
    if organisation.is_own:
        return None
    rows = selectors.of_organisation(organisation.pk)[:PANEL]
    return {
        "thing": organisation,
        "rows": [(row, facing.state_badge(row)) for row in rows],
        "may_edit": policies.may_edit(actor),
    }


def milestones_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: milestones that nobody has told yet; None when there are none."""
    found = selectors.new_milestones(timezone.localdate(now), most=CARD + 1)
    if not found:
        return None
    return {"rows": found[:CARD], "has_more": len(found) > CARD, "may_edit": policies.may_edit(actor)}


def wishes_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: partners who wish other words; None when there are none."""
    found = selectors.wishes(timezone.localdate(now), most=CARD + 1)
    if not found:
        return None
    return {"rows": found[:CARD], "has_more": len(found) > CARD, "may_edit": policies.may_edit(actor)}
