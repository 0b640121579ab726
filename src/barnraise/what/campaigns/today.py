"""The card of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from . import policies, selectors

SHOWN = 5


def card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Campaigns that wait for this reader's approval, and those that go out soon; None when there are none."""
    found = selectors.waiting_for_approval()[: SHOWN * 2] if policies.may_approve(actor) else []
    waiting = [row for row in found if policies.may_approve(actor, row)][:SHOWN]
    soon = list(selectors.going_out()[:SHOWN])
    return {"waiting": waiting, "soon": soon} if waiting or soon else None
