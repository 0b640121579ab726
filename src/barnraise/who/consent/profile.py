"""What other pages show of consents: the panel of a person, the card of Today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.who.people.models import Person

from . import facing, policies, selectors

CARD = 8


def panel(actor: Any, person: Person) -> Mapping[str, Any]:
    """What stands of this person."""
    today = timezone.localdate()
    return {
        "thing": person,
        "standings": [
            (row, facing.state_badge(row, today), facing.channel_word(row.channel))
            for row in selectors.standings_of(person)
        ],
        "may_record": policies.may_record(actor),
    }


def expiring_card(actor: Any, now: datetime) -> Mapping[str, Any] | None:
    """Today: consents that stop counting within thirty days; None when there are none."""
    today = timezone.localdate(now)
    found = selectors.expiring(today, most=CARD + 1)
    if not found:
        return None
    people: dict[int, list[Any]] = {}
    for row in found[:CARD]:
        people.setdefault(row.person_id, []).append((row, facing.channel_word(row.channel)))
    return {
        "people": list(people.values()),
        "has_more": len(found) > CARD,
        "may_record": policies.may_record(actor),
        "today": today,
        "soon": today + selectors.SOON,
    }
