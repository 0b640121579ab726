"""What of events is laid into the timeline of people and organisations."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.who.interactions.sockets import Moment

from . import facing, selectors


def _place(at: datetime, key: int) -> str:
    return f"{at.isoformat()},{key}"


def _behind(rows: Any, field: str, after: str) -> Any:
    at, _comma, key = after.partition(",")
    try:
        moment, number = datetime.fromisoformat(at), int(key)
    except ValueError:
        return rows
    if not timezone.is_aware(moment) or not 0 <= number < 2**63:
        return rows
    return rows.filter(Q(**{f"{field}__lt": moment}) | Q(**{field: moment, "pk__lt": number}))


def moments(ref: Ref, *, actor: Any, after: str, most: int, only: str) -> list[Moment]:
    """Events a person came to, or an organisation hosted, newest first. One query."""
    if ref.model == "person":
        rows = _behind(selectors.went_to(ref), "came_at", after).order_by("-came_at", "-pk")[:most]
        return [
            Moment(row.came_at, _place(row.came_at, row.pk), partial(facing.came_item, row)) for row in rows
        ]
    hosted = selectors.hosting(ref).annotate(at=F("event__starts_at")).filter(at__lte=timezone.now())
    rows = _behind(hosted, "at", after).order_by("-at", "-pk")[:most]
    return [Moment(row.at, _place(row.at, row.pk), partial(facing.hosted_item, row)) for row in rows]
