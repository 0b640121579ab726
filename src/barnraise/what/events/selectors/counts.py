"""How many registered, wait and came, and for how long; whose credit that is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, Sum

from ..models import CoHost, Event, Registration


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one event: who has a place, waits, and came; `minutes` of all who came, where noted."""

    places: int = 0
    waiting: int = 0
    came: int = 0
    minutes: int = 0


def counts_of(keys: Collection[int]) -> dict[int, Counts]:
    """By event. One query; events nobody registered for are there too."""
    rows = (
        Registration.objects.filter(event_id__in=list(keys))
        .order_by()
        .values("event_id")
        .annotate(
            places=Count("pk", filter=Q(state=Registration.State.PLACE)),
            waiting=Count("pk", filter=Q(state=Registration.State.WAITING)),
            came=Count("pk", filter=Q(came_at__isnull=False)),
            all_minutes=Sum("minutes"),
        )
    )
    found = {
        row["event_id"]: Counts(row["places"], row["waiting"], row["came"], row["all_minutes"] or 0)
        for row in rows
    }
    return {key: found.get(key, Counts()) for key in keys}


def minutes_of(event: Event) -> int:
    """How long it lasts."""
    return int((event.ends_at - event.starts_at).total_seconds() // 60)


def credit_of(event: Event, amount: int) -> list[tuple[Any, Fraction]]:
    """`amount` (people, minutes) split by the hosts' shares: (host, part); the parts make the amount."""
    rows = CoHost.objects.filter(event=event).select_related("organisation").order_by("-share", "id")
    return [(row, Fraction(amount * row.share, 100)) for row in rows]
