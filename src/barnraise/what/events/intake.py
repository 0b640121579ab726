"""Attendances as imports see them: a sign-in sheet or a list of registrations, one person a row.

    {"event": "River clean-up", "on": "2026-04-09", "name": "Ana Ruiz", "email": "ana@example.org", "state": "came", "hours": 2.5}

The event is told by its title and, where several are called so, by the day on which it begins. Whoever has name and address of one person of the
directory is that person; nobody is added to the directory. Whoever is registered already is
checked in or cancelled as the row says; "registered" changes nothing of them, and neither does a blank.
As a file sends no mail, it cancels nobody for whose place others wait.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import AddedOnly, Bad, Document, Field, FieldRefused, Origin
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person

from .faults import name_faults
from .models import Event, Registration
from .selectors import REGISTRATION, minutes_of
from .services import Incoming, amend_registrations, take_in

NO_EVENT = gettext_noop("There is no event “%(said)s” on that day. Plan it first.")
SEVERAL = gettext_noop("Several events are called “%(said)s”. Give the day on which it begins.")
ENDED = gettext_noop("“%(said)s” is cancelled or closed out. Open it again first.")
NOT_HOURS = gettext_noop("Write the hours as a number from 0 to 744.")
NOT_THERE = gettext_noop("Nobody of this name is registered for it.")
CAME = gettext_noop("They have been checked in. Undo that first.")
WAITED_FOR = gettext_noop(
    "Others wait for this place: cancel it on the page of the event, so that they are told by mail."
)

CANCELLED = Registration.State.CANCELLED.value

FIELDS: tuple[Field, ...] = (
    Field("event", _("Event"), is_required=True, is_shared=True, aliases=("event", "title", "event title", "actividad", "evento")),
    Field("on", _("On which day"), "date", is_shared=True, aliases=("date", "day", "on", "begins", "fecha", "dia")),
    Field("name", _("Name"), is_required=True, aliases=("name", "full name", "who", "nombre", "nombre completo")),
    Field("email", _("E-mail"), "email", aliases=("email", "e mail", "mail", "correo", "correo electronico")),
    Field(
        "state", _("State"), "choice", is_required=True, is_shared=True,
        options=(("came", _("Came")), ("registered", _("Registered")), ("cancelled", _("Cancelled"))),
        aliases=("state", "status", "came", "attended", "estado", "vino"),
    ),
    Field("hours", _("Hours"), "number", is_shared=True, aliases=("hours", "horas")),
    Field("note", _("Note"), aliases=("note", "notes", "nota")),
)  # fmt: skip


class Attendances(AddedOnly):
    """The noun "attendances" for imports."""

    name = "attendances"
    list_url_name = "events:registrations"
    kind = REGISTRATION
    title: Any = _("Attendances")
    fields: Sequence[Field] = FIELDS
    only_adds = False

    def told_in(self, document: Document) -> Collection[str]:
        """Who and at which event; that somebody is registered changes nothing of somebody who is."""
        who = ("event", "on", "name", "email")
        return who if document["state"] != "registered" else (*who, "state", "hours")

    def builder(self) -> Callable[[Mapping[str, Any]], Document]:
        """See Noun."""
        return _built

    def source_key(self, document: Document) -> str:
        """Which event, and who."""
        parts = (document["event"], document.get("on") or "", document["name"], document["email"])
        return "|".join(fold(str(part)) for part in parts)[:400]

    def find(self, documents: Sequence[Document]) -> Sequence[int | None | Bad]:
        """The registration of whoever is called so, None for a new one; Bad when there is no such event."""
        events = _events(documents)
        persons = _persons(documents)
        known = _known([event for event in events if isinstance(event, Event)])
        found: list[int | None | Bad] = []
        for document, event, person in zip(documents, events, persons, strict=True):
            if isinstance(event, Bad):
                found.append(event)
                continue
            name = (event.pk, fold(str(document["name"]))[:200], str(document["email"]))
            key = known.get((event.pk, person)) if person else known.get(name)
            found.append(_no_cancelling(event, key) if document["state"] == "cancelled" else key)
        return found

    def write(
        self,
        creates: Sequence[Document],
        updates: Sequence[tuple[int, Document]],
        *,
        by: Any,
        origin: Origin,
        change_set: Any,
    ) -> Sequence[int]:
        """See Noun."""
        given = []
        for document, event, person in zip(creates, _events(creates), _persons(creates), strict=True):
            if isinstance(event, Bad):
                raise TypeError("A row about an event nobody knows is refused, never written.")
            hours = document.get("hours")
            given.append(
                Incoming(
                    event=event.pk,
                    name=str(document["name"]),
                    email=str(document["email"]),
                    person=person,
                    has_come=document["state"] == "came",
                    minutes=None if hours is None else round(float(hours) * 60),
                    note=str(document.get("note") or ""),
                )
            )
        rows = take_in(given, by=by, at=timezone.now())
        changes = [Change(kind=REGISTRATION, key=row.pk, action=Change.Action.CREATED) for row in rows]
        changes += amend_registrations(_amended(updates, by), at=timezone.now())
        add_changes(change_set=change_set, changes=changes)
        return [row.pk for row in rows]

    def documents(self, keys: Sequence[int]) -> Mapping[int, Document]:
        """See Noun. What a file may change."""
        rows = Registration.objects.filter(pk__in=keys)
        return {
            row.pk: {
                "state": "came" if row.came_at else "cancelled" if row.state == CANCELLED else "registered",
                "hours": None if row.minutes is None else row.minutes / 60,
                "note": row.note,
            }
            for row in rows
        }

    def titles(self, documents: Sequence[Document]) -> Sequence[str]:
        """Who, and at which event."""
        return [f"{one['name']}, {one['event']}" for one in documents]


def _no_cancelling(event: Event, key: int | None) -> int | Bad:
    """The registration that can be cancelled without a mail, or why there is none."""
    if key is None:
        return Bad(0, "state", "cancelled", NOT_THERE)
    if Registration.objects.filter(pk=key, came_at__isnull=False).exists():
        return Bad(0, "state", "cancelled", CAME)
    waiting = Registration.objects.filter(event=event, state=Registration.State.WAITING).exclude(pk=key)
    return Bad(0, "state", "cancelled", WAITED_FOR) if waiting.exists() else key


def _amended(updates: Sequence[tuple[int, Document]], by: Any) -> list[tuple[int, dict[str, Any]]]:
    """What the rows change of registrations that are there."""
    rows = Registration.objects.select_related("event").in_bulk([key for key, _one in updates])
    found = []
    for key, one in updates:
        row = rows[key]
        said: dict[str, Any] = {"note": str(one["note"])} if one.get("note") else {}
        if one.get("state") == "cancelled":
            said |= {"state": CANCELLED, "cancelled_at": timezone.now()}
        elif one.get("state") == "came":
            is_work = row.event.kind == Event.Kind.VOLUNTEER
            said |= {
                "state": Registration.State.PLACE.value,
                "came_at": row.event.starts_at,
                "checked_in_by": by if getattr(by, "pk", None) else None,
                "minutes": minutes_of(row.event) if is_work else None,
            }
        if one.get("hours") is not None and (row.came_at or one.get("state") == "came"):
            said["minutes"] = round(float(one["hours"]) * 60)
        found.append((key, said))
    return found


def _built(values: Mapping[str, Any]) -> Document:
    """The document of mapped cells. Raises FieldRefused."""
    out: dict[str, Any] = {"state": values.get("state") or ""}
    for name, most in (("event", 160), ("name", 200), ("note", 300)):
        out[name] = squeeze(str(values.get(name) or "")).replace("\x00", "")[: most + 1]
    emails = [one for one in values.get("email") or () if one]
    out["email"] = emails[0].strip().casefold() if emails else ""
    for field, reason in name_faults(out["name"], out["email"], needs_email=False):
        raise FieldRefused(field, str(out[field]), str(reason))
    day = values.get("on")
    out["on"] = day.isoformat() if isinstance(day, date) else day or None
    out["hours"] = _hours(values.get("hours"))
    return out


def _hours(value: Any) -> float | None:
    if value is None or value == "":
        return None
    try:
        hours = float(value)
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= 744:
        raise FieldRefused("hours", str(value), NOT_HOURS)
    return hours


def _bad(said: str, reason: str) -> Bad:
    return Bad(0, "event", said, reason, {"said": said[:80]})


def events_called(documents: Sequence[Document]) -> list[Event | Bad]:
    """Which event each row is about, by title and day, ended ones too. One query."""
    folded = {fold(str(one["event"]))[:160] for one in documents}
    by_title: dict[str, list[Event]] = defaultdict(list)
    for row in Event.objects.filter(title_folded__in=folded).order_by("pk"):
        by_title[row.title_folded].append(row)
    found: list[Event | Bad] = []
    for one in documents:
        said, on = str(one["event"]), one.get("on")
        rows = by_title.get(fold(said)[:160], [])
        if on:
            rows = [row for row in rows if timezone.localdate(row.starts_at).isoformat() == on]
        found.append(rows[0] if len(rows) == 1 else _bad(said, SEVERAL if rows else NO_EVENT))
    return found


def _events(documents: Sequence[Document]) -> list[Event | Bad]:
    """Which event each row is about; nobody comes to one that is over and done. One query."""
    called = zip(documents, events_called(documents), strict=True)
    return [
        _bad(str(one["event"]), ENDED)
        if isinstance(row, Event) and (row.cancelled_at or row.closed_at)
        else row
        for one, row in called
    ]


def _persons(documents: Sequence[Document]) -> list[int | None]:
    """Who each row is, where name and address are those of one person. Two queries."""
    by_address = people.by_addresses({str(one["email"]) for one in documents if one["email"]})
    keys = {key for some in by_address.values() for key in some}
    names = dict(Person.objects.filter(pk__in=keys).values_list("pk", "name_folded"))
    found: list[int | None] = []
    for one in documents:
        folded = fold(str(one["name"]))[:200]
        same = [key for key in by_address.get(str(one["email"]), []) if names.get(key) == folded]
        found.append(same[0] if len(same) == 1 else None)
    return found


def _known(events: Sequence[Event]) -> dict[tuple[Any, ...], int]:
    """Registrations of these events, by person and by name and address."""
    rows = Registration.objects.filter(event__in={event.pk for event in events})
    rows = rows.exclude(state=Registration.State.CANCELLED)
    found: dict[tuple[Any, ...], int] = {}
    for key, event, person, name, email in rows.values_list(
        "pk", "event_id", "person_id", "name_folded", "email"
    ):
        found[event, name, email] = key
        if person:
            found[event, person] = key
    return found
