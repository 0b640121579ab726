"""What other pages show of partnerships: the panel of organisations and people, the card of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.foundation.refs import Ref

from . import facing, policies, selectors

CARD = 6


def panel(actor: Any, thing: Any) -> Mapping[str, Any] | None:
    """The partnership with this organisation or person, or the way to begin one; nothing on our own organisation's page."""
    if getattr(thing, "is_own", False):
        return None
    row = selectors.of_thing(thing, actor)
    may_edit = policies.may_edit(actor)
    context: dict[str, Any] = {"thing": thing, "model": Ref.to(thing).model, "row": row, "may_edit": may_edit}
    if row is not None:
        found = facing.silence_of(row, timezone.localdate())
        context |= {
            "stage": facing.stage_badge(row),
            "silence": facing.silence_badge(found),
            "cadence": facing.cadence_words(row.cadence_days),
        }
    return context


def silences_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: partners who have been silent for longer than was agreed; None when there are none."""
    today = timezone.localdate(now)
    found = selectors.silences_for(actor, today=today, most=CARD + 1)
    if not found:
        return None
    rows = [
        {
            "row": row,
            "ref": str(Ref.to(row.partner)),
            "over": facing.over_words((today - row.due_on).days),
            "last_at": row.last_at,
        }
        for row in found[:CARD]
    ]
    return {"rows": rows, "has_more": len(found) > CARD, "may_edit": policies.may_edit(actor)}
