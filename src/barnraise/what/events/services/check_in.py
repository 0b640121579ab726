"""Check people in at the door, take that back, and note how long they stayed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.services import record
from barnraise.who.people.models import Person
from barnraise.who.people.services import PersonDocument, Reach, register_person
from barnraise.why.goals.sockets import rows_changed

from ..models import Event, Registration
from ..selectors import minutes_of
from .counting import came_changed
from .register import ALREADY, Newcomer, State, Way, register

LONGEST = 60 * 24 * 31
COUNTED = ("events.people", "events.hours")
"""Sources of indicators that a check-in moves."""


def check_in(registration: Registration, *, by: Any, at: datetime | None = None) -> Registration:
    """They are here. Whoever waited or had cancelled gets a place; whom nobody knew is in the directory from now on.

    Of a volunteer day the hours are those of the event until somebody writes others. Done twice it changes nothing.
    Raises ValidationError when the event is cancelled or closed out, or they are here under another registration.
    """
    now = timezone.now()
    with transaction.atomic():
        event = Event.objects.select_for_update().get(pk=registration.event_id)
        row = (
            Registration.objects.select_for_update(of=("self",))
            .select_related("person")
            .get(pk=registration.pk)
        )
        if row.came_at is not None:
            return row
        _refuse_ended(event)
        if row.state == State.CANCELLED and _others(event, row):
            raise ValidationError({"name": [ALREADY]})
        row.person = row.person or _known(event, row, by)
        row.state, row.cancelled_at = State.PLACE.value, None
        row.came_at = at or now
        row.checked_in_by_id = getattr(by, "pk", None)
        if event.kind == Event.Kind.VOLUNTEER:
            row.minutes = minutes_of(event)
        row.updated_at = now
        row.save(
            update_fields=[
                "person", "state", "cancelled_at", "came_at", "checked_in_by", "minutes", "updated_at",
            ]
        )  # fmt: skip
        came_changed([event.pk])
        record(by=by, verb="events.came", about=[event])
        rows_changed(*COUNTED)
    return row


def _refuse_ended(event: Event) -> None:
    if event.cancelled_at:
        raise ValidationError(_("The event has been cancelled: nobody is checked in."))
    if event.closed_at:
        raise ValidationError(_("The event is closed out. Open it again to check somebody in."))


def _others(event: Event, row: Registration) -> bool:
    rows = Registration.objects.filter(event=event).exclude(state=State.CANCELLED).exclude(pk=row.pk)
    if row.person_id and rows.filter(person_id=row.person_id).exists():
        return True
    return bool(row.email) and rows.filter(name_folded=row.name_folded, email=row.email).exists()


def _known(event: Event, row: Registration, by: Any) -> Person:
    """A person of the directory for whom nobody knew: one is added."""
    contacts = (Reach("email", row.email),) if row.email else ()
    document = PersonDocument(
        display_name=row.name, kind=Person.Kind.RESIDENT.value, language=row.language, contacts=contacts
    )
    return register_person(document, by=by, is_sample=row.is_sample)


def walk_in(event: Event, who: Newcomer, *, by: Any) -> Registration:
    """Somebody who has not registered is here: they get a place, whatever the capacity, and are checked in."""
    with transaction.atomic():
        return check_in(register(event, who, by=by, way=Way.DOOR.value), by=by)


def undo_check_in(registration: Registration, *, by: Any) -> Registration:
    """It was somebody else. Their hours go with it; whoever only came to the door keeps the registration."""
    with transaction.atomic():
        event = Event.objects.select_for_update().get(pk=registration.event_id)
        row = (
            Registration.objects.select_for_update(of=("self",))
            .select_related("person")
            .get(pk=registration.pk)
        )
        if row.came_at is None:
            return row
        if event.closed_at:
            raise ValidationError(_("The event is closed out. Open it again to change who came."))
        row.came_at, row.checked_in_by, row.minutes, row.updated_at = None, None, None, timezone.now()
        row.save(update_fields=["came_at", "checked_in_by", "minutes", "updated_at"])
        came_changed([event.pk])
        record(by=by, verb="events.did_not_come", about=[event])
        rows_changed(*COUNTED)
    return row


def set_minutes(registration: Registration, *, by: Any, minutes: int | None) -> Registration:
    """How long they stayed. Raises ValidationError when they have not been checked in, or for more than a month."""
    with transaction.atomic():
        row = (
            Registration.objects.select_for_update(of=("self",))
            .select_related("event", "person")
            .get(pk=registration.pk)
        )
        if row.came_at is None:
            raise ValidationError({"minutes": [_("They have not been checked in.")]})
        if row.event.closed_at:
            raise ValidationError({"minutes": [_("The event is closed out. Open it again to change hours.")]})
        if minutes is not None and not 0 <= minutes <= LONGEST:
            raise ValidationError({"minutes": [_("Write the time they stayed, from 0.")]})
        before = row.minutes
        if before == minutes:
            return row
        row.minutes, row.updated_at = minutes, timezone.now()
        row.save(update_fields=["minutes", "updated_at"])
        came_changed([row.event_id])
        record(by=by, verb="events.hours", about=[row.event], changes={"minutes": (before, minutes)})
        rows_changed(*COUNTED)
    return row
