"""Take in many registrations and attendances at once, from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend

from ..models import Event, Registration
from ..selectors import counts_of, minutes_of
from .counting import came_changed


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row to write, checked already; `event` and `person` are keys."""

    event: int
    name: str
    email: str
    person: int | None
    has_come: bool
    minutes: int | None = None
    note: str = ""


def take_in(given: Sequence[Incoming], *, by: Any, at: datetime) -> list[Registration]:
    """Add these, without a sentence and without a mail, in the caller's transaction.

    Who came has a place, whatever the capacity; the others get one while there is one, and wait in the order of the rows.
    """
    keys = sorted({one.event for one in given})
    events = {row.pk: row for row in Event.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    came_changed(one.event for one in given if one.has_come)
    counts = counts_of(keys)
    free = {
        key: None
        if row.capacity is None
        else (0 if counts[key].waiting else row.capacity - counts[key].places)
        for key, row in events.items()
    }
    return Registration.objects.bulk_create([_row(one, events[one.event], free, by, at) for one in given])


def amend_registrations(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence and without a mail, in the caller's transaction; the changes for an undo."""
    found = amend(Registration, given, at=at)
    keys = [change.key for change in found]
    came_changed(Registration.objects.filter(pk__in=keys).values_list("event_id", flat=True))
    return found


def _row(one: Incoming, event: Event, free: dict[int, int | None], by: Any, at: datetime) -> Registration:
    left = free[event.pk]
    has_place = one.has_come or left is None or left > 0
    if left is not None and has_place:
        free[event.pk] = left - 1
    minutes = one.minutes
    if one.has_come and minutes is None and event.kind == Event.Kind.VOLUNTEER:
        minutes = minutes_of(event)
    return Registration(
        event=event,
        person_id=one.person,
        name=one.name,
        name_folded=fold(one.name)[:200],
        email=one.email,
        note=one.note,
        state=Registration.State.PLACE if has_place else Registration.State.WAITING,
        way=Registration.Way.FILE,
        came_at=event.starts_at if one.has_come else None,
        checked_in_by_id=getattr(by, "pk", None) if one.has_come else None,
        minutes=minutes if one.has_come else None,
        created_at=at,
        updated_at=at,
    )
