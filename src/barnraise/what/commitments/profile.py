"""What other pages show of promises: the panel of organisations and people, the cards of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.foundation.refs import Ref

from . import facing, policies, selectors
from .states import SOON

CARD, PANEL = 6, 5


def has_panel(actor: Any, thing: Any) -> bool:
    """Not on our own organisation's page; for who may note promises always, for others where there is one."""
    if getattr(thing, "is_own", False):
        return False
    return policies.may_edit(actor) or selectors.of_thing(Ref.to(thing)).exists()


def panel(actor: Any, thing: Any) -> Mapping[str, Any] | None:
    """Open promises by and to this organisation or person, and how many were kept; nothing on our own organisation's page."""
    if getattr(thing, "is_own", False):
        return None
    ref, today = Ref.to(thing), timezone.localdate()
    rows = selectors.of_thing(ref)
    may_edit = policies.may_edit(actor)
    found = selectors.tally_of(rows, today)
    if not found.total:
        return {"thing": thing, "model": ref.model, "may_edit": may_edit} if may_edit else None
    shown = rows.filter(settled="").order_by("due_on", "pk")[:PANEL]
    sides = [
        (word, facing.rate_words(one.rate), one)
        for word, side in (("theirs", "theirs"), ("ours", "ours"))
        if (one := selectors.tally_of(rows.filter(direction=side), today)).due
    ]
    return {
        "thing": thing,
        "model": ref.model,
        "may_edit": may_edit,
        "tally": found,
        "rows": [(row, facing.state_badge(row, today)) for row in shown],
        "sides": sides,
        "name": str(thing),
    }


def _card(actor: Any, now: datetime, *, ours: bool) -> Mapping[str, Any] | None:
    today = timezone.localdate(now)
    found = selectors.due_for(actor, today=today, within=SOON, ours=ours, most=CARD + 1)
    if not found:
        return None
    return {
        "rows": [(row, facing.state_badge(row, today), facing.parties(row)) for row in found[:CARD]],
        "has_more": len(found) > CARD,
        "ours": ours,
        "may_edit": policies.may_edit(actor),
    }


def ours_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: promises of ours that are due within a week or late; None when there are none."""
    return _card(actor, now, ours=True)


def theirs_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: promises of partners that are due within a week or late; None when there are none."""
    return _card(actor, now, ours=False)
