"""What Today says about people."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from barnraise.plumbing.snoozes.selectors import awake

from .. import policies
from ..models import Leadership

SOON = timedelta(days=60)
MOST = 12


def terms_ending(today: date, within: timedelta = SOON) -> list[Leadership]:
    """Leaderships whose term ends within that time from today on, the next one first."""
    rows = Leadership.objects.filter(term_ends_on__gte=today, term_ends_on__lte=today + within)
    rows = awake(rows, "people.terms", today, kind="people.person", key="person_id")
    return list(rows.select_related("person").order_by("term_ends_on", "id")[: MOST + 1])


def lapsing(actor: Any, now: datetime) -> dict[str, Any] | None:
    """The card: leaders whose term ends within 60 days, with the days left; None when there are none."""
    today = timezone.localdate(now)
    found = terms_ending(today)
    if not found:
        return None
    rows = [
        {
            "leadership": one,
            "person": one.person,
            "days": (one.term_ends_on - today).days if one.term_ends_on else 0,
        }
        for one in found[:MOST]
    ]
    return {
        "rows": rows,
        "has_more": len(found) > MOST,
        "until": today + SOON,
        "may_edit": policies.may_write(actor),
    }
