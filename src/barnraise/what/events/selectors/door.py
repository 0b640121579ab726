"""Who stands at the door: registrations by name, then people of the directory who have not registered."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from barnraise.foundation.text import fold
from barnraise.who.people.models import Person

from ..models import Event, Registration

FOUND = 20


def at_the_door(event: Event, text: str) -> list[Registration]:
    """At most FOUND registrations that are not cancelled: any word of whose name begins like that; those who wait last."""
    rows = Registration.objects.filter(event=event).exclude(state=Registration.State.CANCELLED)
    folded = fold(text)[:200]
    if folded:
        rows = rows.filter(Q(name_folded__startswith=folded) | Q(name_folded__contains=f" {folded}"))
    return list(rows.order_by("name_folded", "pk")[:FOUND])


def strangers(event: Event, text: str, most: int = 6) -> list[Any]:
    """People of the directory whose name begins like that and who are not registered; nobody for an empty text."""
    folded = fold(text)[:200]
    if not folded:
        return []
    rows = Person.objects.filter(name_folded__gte=folded, name_folded__lt=folded + "\U0010ffff")
    there = Registration.objects.filter(event=event, person__isnull=False).exclude(
        state=Registration.State.CANCELLED
    )
    return list(rows.exclude(pk__in=there.values("person_id")).order_by("name_folded", "pk")[:most])
