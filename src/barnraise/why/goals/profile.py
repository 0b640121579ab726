"""What other pages show of goals: the panel of an organisation, the card of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from barnraise.who.organisations.models import Organisation

from . import facing, policies, selectors

SOON, PATIENCE, CARD = timedelta(days=30), timedelta(days=14), 6


def panel(actor: Any, organisation: Organisation) -> Mapping[str, Any] | None:
    """The goals that this organisation was asked about; None when there are none."""
    rows = selectors.endorsed_by(organisation)
    return {"endorsements": [(row, facing.endorsement_badge(row)) for row in rows]} if rows else None


def waiting_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: objectives due within a month or overdue, and partners who have not answered for two weeks."""
    today = timezone.localdate(now)
    objectives = selectors.due_soon(today, within=SOON, most=CARD)
    endorsements = selectors.waiting_endorsements(now - PATIENCE, most=CARD)
    if not objectives and not endorsements:
        return None
    return {
        "objectives": objectives,
        "endorsements": endorsements,
        "today": today,
        "may_edit": policies.may_edit(actor),
    }
