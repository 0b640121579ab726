"""What other pages show of candidates: the panel of organisations, the card of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from . import facing, policies, selectors
from .models import Candidate

CARD = 5


def has_panel(actor: Any, organisation: Any) -> bool:
    """Where somebody decided about it, or it is proposed."""
    return selectors.of_organisation(organisation.pk) is not None


def panel(actor: Any, organisation: Any) -> Mapping[str, Any] | None:
    """What was decided about this organisation."""
    row = selectors.of_organisation(organisation.pk)
    if row is None:
        return None
    return {"row": row, "state": facing.state_badge(row, timezone.localdate())}


def card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: candidates that were put off until a day that has passed, and those proposed; None when there are none."""
    today = timezone.localdate(now)
    found = selectors.to_look_at(today, CARD + 1)
    if not found:
        return None
    return {
        "rows": [(row, facing.state_badge(row, today), _why(row)) for row in found[:CARD]],
        "has_more": len(found) > CARD,
        "may_judge": policies.may_judge(actor),
    }


def _why(row: Candidate) -> str:
    """The reason it was put off for, else the strongest reason of its score."""
    if row.reason or not row.terms:
        return row.reason
    return str(max(row.terms, key=lambda term: float(term["points"]))["reason"])
