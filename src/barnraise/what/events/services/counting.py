"""Tell whoever counts that who came to events, or for how long, has changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from ..models import Event, Registration

AT_ONCE = 500


def came_changed(events: Iterable[int]) -> None:
    """To these events, by key, other people came than before, or for other times; in the caller's transaction."""
    keys = sorted(set(events))
    for start in range(0, len(keys), AT_ONCE):
        some = Event.objects.filter(pk__in=keys[start : start + AT_ONCE])
        some.update(came_version=F("came_version") + 1)


def events_of(registrations: Iterable[int]) -> list[int]:
    """The events of these registrations, by key."""
    keys = sorted(registrations)
    found: set[int] = set()
    for start in range(0, len(keys), AT_ONCE):
        rows = Registration.objects.filter(pk__in=keys[start : start + AT_ONCE])
        found.update(rows.values_list("event_id", flat=True))
    return sorted(found)
