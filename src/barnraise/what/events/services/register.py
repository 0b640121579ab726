"""Register for an event: a place, or the next one on the waitlist. Whoever cancels makes room for the first who waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import refuse, text_faults
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person

from ..faults import MOST, name_faults
from ..models import Event, Registration
from .tell import PLACE, PROMOTED, WAITING, tell

ALREADY = _("They are registered already.")
State, Way = Registration.State, Registration.Way


class Registered(ValidationError):
    """They are registered already."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who wants to come. `person` where we know who it is."""

    name: str
    email: str = ""
    person: Person | None = None
    language: str = ""
    note: str = ""


def tidied(who: Newcomer, *, needs_email: bool) -> Newcomer:
    """The same, tidied and, where their name and address name one person of the directory, with that person.

    Raises ValidationError by field.
    """
    name = squeeze(who.name or (who.person.display_name if who.person else ""))
    email = who.email.strip().casefold()
    refuse(name_faults(name, email, needs_email=needs_email) + text_faults(MOST, note=who.note))
    person = who.person
    if person is None and email:
        keys = people.by_addresses([email])[email]
        same = list(Person.objects.filter(pk__in=keys, name_folded=fold(name)[:200])[:2])
        person = same[0] if len(same) == 1 else None
    return Newcomer(name, email, person, who.language, who.note.strip())


def register(
    event: Event, who: Newcomer, *, by: Any, way: str = Way.TEAM.value, is_sample: bool = False
) -> Registration:
    """A place while there is one, else a place on the waitlist. The event's row is locked, so that two never get the same place.

    Raises ValidationError by field: it is not open (on its page), has ended, or they are registered already.
    """
    is_own = way == Way.PAGE
    who = tidied(who, needs_email=is_own)
    now = timezone.now()
    with transaction.atomic():
        row = Event.objects.select_for_update().get(pk=event.pk)
        if row.cancelled_at or row.closed_at:
            raise ValidationError(_("The event has been cancelled or is closed out."))
        if is_own and not row.takes_registrations(now):
            raise ValidationError(_("Registration is closed."))
        has_place = way == Way.DOOR or free_places(row) > 0
        made = seat(row, who, State.PLACE.value if has_place else State.WAITING.value, way, is_sample)
        verb = "events.registered" if has_place else "events.waits"
        about = [row, made.person] if made.person else [row]
        record(by=by, verb=verb, about=about)
        if way != Way.DOOR:
            tell(made, PLACE if has_place else WAITING, by=by)
    return made


def free_places(event: Event) -> int:
    """How many places are free; a million where as many come as like. The caller holds the event's row."""
    if event.capacity is None:
        return 1_000_000
    taken = Registration.objects.filter(event=event, state=State.PLACE).count()
    waiting = Registration.objects.filter(event=event, state=State.WAITING).exists()
    return 0 if waiting else max(0, event.capacity - taken)


def seat(event: Event, who: Newcomer, state: str, way: str, is_sample: bool = False) -> Registration:
    """Write a registration, in the caller's transaction. Raises ValidationError when they are registered already."""
    now = timezone.now()
    try:
        with transaction.atomic():
            return Registration.objects.create(
                event=event,
                person=who.person,
                name=who.name,
                name_folded=fold(who.name)[:200],
                email=who.email,
                language=who.language,
                note=who.note,
                state=state,
                way=way,
                is_sample=is_sample,
                created_at=now,
                updated_at=now,
            )
    except IntegrityError:
        raise Registered({"name": [ALREADY]}) from None


def promote(event: Event, *, by: Any) -> list[Registration]:
    """Give free places to who waits, in the order in which they registered. The caller holds the event's row."""
    waiting = Registration.objects.filter(event=event, state=State.WAITING).order_by("pk")
    if event.capacity is None:
        moved = list(waiting)
    else:
        taken = Registration.objects.filter(event=event, state=State.PLACE).count()
        moved = list(waiting[: max(0, event.capacity - taken)])
    if moved:
        now = timezone.now()
        keys = [one.pk for one in moved]
        Registration.objects.filter(pk__in=keys).update(state=State.PLACE, updated_at=now)
        record(by=by, verb="events.promoted", about=[event], details={"count": len(moved)})
        for one in moved:
            one.event = event
            tell(one, PROMOTED, by=by)
    return moved


def cancel_registration(registration: Registration, *, by: Any) -> list[Registration]:
    """They do not come; the first who waits gets the place. Returns who moved up.

    Raises ValidationError when they have been checked in: undo that first.
    """
    with transaction.atomic():
        event = Event.objects.select_for_update().get(pk=registration.event_id)
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        if row.came_at is not None:
            raise ValidationError(_("They have been checked in. Undo that first."))
        if row.state == State.CANCELLED:
            return []
        now = timezone.now()
        row.state, row.cancelled_at, row.updated_at = State.CANCELLED.value, now, now
        row.save(update_fields=["state", "cancelled_at", "updated_at"])
        about = [event, row.person] if row.person else [event]
        record(by=by, verb="events.unregistered", about=about)
        return promote(event, by=by) if _is_to_come(event) else []


def _is_to_come(event: Event) -> bool:
    return event.cancelled_at is None and event.closed_at is None and event.ends_at > timezone.now()


def confirm(registration: Registration) -> Registration:
    """They say again that they come. Whoever had cancelled is registered anew, at the end.

    Raises ValidationError when the event is over or cancelled.
    """
    with transaction.atomic():
        event = Event.objects.select_for_update().get(pk=registration.event_id)
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        if not _is_to_come(event):
            raise ValidationError(_("The event has been cancelled or is over."))
        if row.state == State.CANCELLED:
            who = Newcomer(row.name, row.email, row.person, row.language, row.note)
            return register(event, who, by=None, way=Way.TEAM.value)
        now = timezone.now()
        row.confirmed_at = row.updated_at = now
        row.save(update_fields=["confirmed_at", "updated_at"])
    return row
