"""What other pages show of valuations: the panel of projects and events, the card of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from barnraise.foundation.refs import Ref

from . import facing, policies, selectors

CARD, PANEL = 6, 5


def panel(actor: Any, thing: Any) -> Mapping[str, Any] | None:
    """Valuations of this project or event; for readers only where there is one."""
    ref = Ref.to(thing)
    rows = list(selectors.of_thing(ref)[:PANEL])
    may_edit = policies.may_edit(actor)
    if not rows and not may_edit:
        return None
    shown = [(row, facing.state_badge(row)) for row in rows]
    return {"rows": shown, "may_edit": may_edit, "ref": str(ref)}


def unsourced_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: valuations with assumptions that have no source; None when there are none."""
    found = selectors.with_unsourced(actor, today=timezone.localdate(now), most=CARD + 1)
    if not found:
        return None
    register = reverse("roi:assumptions")
    rows: list[Any] = [
        (
            row,
            facing.unsourced_words(int(getattr(row, "unsourced_count", 0))),
            f"{register}?valuation={row.pk}&sourced=0",
        )
        for row in found[:CARD]
    ]
    return {"rows": rows, "has_more": len(found) > CARD, "may_edit": policies.may_edit(actor)}
