"""Events, registrations, and what hangs on people and organisations."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from barnraise.foundation.naming import naming
from barnraise.foundation.refs import Ref
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.lists.opaque import Sorted, tested

from ..models import CoHost, Event, Registration

KIND, REGISTRATION = "events.event", "events.registration"
NEAR = timedelta(days=7)
Rows = QuerySet[Any, Any]


def listed(actor: Any = None) -> QuerySet[Event]:
    """All events with whoever sees to them."""
    return Event.objects.select_related("owner")


def one(uuid: UUID) -> Event:
    """Raises Event.DoesNotExist."""
    return listed().get(uuid=uuid)


def one_by_key(key: int) -> Event:
    """Raises Event.DoesNotExist."""
    return listed().get(pk=key)


def one_public(uuid: UUID) -> Event:
    """One that has a page of its own. Raises Event.DoesNotExist."""
    return Event.objects.get(uuid=uuid, is_public=True)


def upcoming_public(now: datetime, *, most: int) -> list[Event]:
    """Public events that are not over, cancelled or closed out, the next one first."""
    rows = Event.objects.filter(cancelled_at__isnull=True, closed_at__isnull=True, ends_at__gt=now)
    return list(rows.filter(tested(Q(is_public=True))).order_by(Sorted("starts_at"), "pk")[:most])


def titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Titles by key."""
    return dict(Event.objects.filter(pk__in=list(keys)).values_list("pk", "title"))


def registrations_listed(actor: Any = None) -> QuerySet[Registration]:
    """All registrations with their events and people."""
    return Registration.objects.select_related("event", "person")


def one_registration(uuid: UUID) -> Registration:
    """With its event. Raises Registration.DoesNotExist."""
    return registrations_listed().get(uuid=uuid)


def one_registration_by_key(key: int) -> Registration:
    """With its event. Raises Registration.DoesNotExist."""
    return registrations_listed().get(pk=key)


def registration_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Who, and at which event, by key."""
    rows = Registration.objects.filter(pk__in=list(keys)).values_list("pk", "name", "event__title")
    return {key: f"{name}, {title}" for key, name, title in rows}


def registered_at(value: str) -> Rows:
    """Keys of the registrations of an event (its id)."""
    try:
        return Registration.objects.filter(event__uuid=UUID(value)).values("pk")
    except ValueError:
        return Registration.objects.none().values("pk")


def hosts_of(event: Event) -> list[CoHost]:
    """Who hosts it, the largest share first."""
    return list(
        CoHost.objects.filter(event=event)
        .select_related("organisation")
        .order_by("-share", "organisation__name_folded", "id")
    )


def near(now: datetime, *, most: int) -> list[Event]:
    """Events that go on now or begin within a week, the next one first."""
    # Few have not ended: they are found by their own index and sorted here, not met among all that have begun.
    ahead = Event.objects.filter(cancelled_at__isnull=True, closed_at__isnull=True, ends_at__gt=now)
    ahead = awake(ahead.filter(starts_at__lte=now + NEAR), "events.near", timezone.localdate(now))
    first = sorted(ahead.order_by().values_list("starts_at", "pk"))[:most]
    return list(listed().filter(pk__in=[key for _begin, key in first]).order_by("starts_at", "pk"))


def to_close_out(actor: Any, now: datetime, *, most: int) -> list[Event]:
    """Events that are over and not closed out, of this account or of nobody, the latest first."""
    rows = listed().filter(cancelled_at__isnull=True, closed_at__isnull=True, ends_at__lte=now)
    mine = Q(owner_id=getattr(actor, "pk", None)) | Q(owner__isnull=True)
    rows = awake(rows, "events.close", timezone.localdate(now))
    # Those that are not closed out are few: they are walked, and not met among all of an account.
    return list(rows.filter(tested(mine)).order_by("-ends_at", "-pk")[:most])


def of_calendar(account: Any, now: datetime) -> list[Event]:
    """Events this account sees to, of the last month and to come."""
    rows = Event.objects.filter(owner_id=account.pk, cancelled_at__isnull=True)
    return list(rows.filter(starts_at__gte=now - timedelta(days=31)).order_by("starts_at", "pk")[:500])


def serving(ref: Ref) -> list[Ref]:
    """Events that serve this project, objective, goal or need."""
    keys = (
        Event.objects.filter(naming("cites", ref))
        .order_by("starts_at", "pk")
        .values_list("pk", flat=True)[:200]
    )
    return [Ref("events", "event", key) for key in keys]


def event_of_registration(ref: Ref) -> list[Ref]:
    """Where the place is."""
    keys = Registration.objects.filter(pk=ref.id).values_list("event_id", flat=True)
    return [Ref("events", "event", key) for key in keys]


def people_who_came(events: Sequence[str]) -> Rows:
    """Keys of the people checked in at any of these events (keys as text), or at any at all ("any")."""
    rows = Registration.objects.filter(came_at__isnull=False, person__isnull=False)
    if "any" in events:
        return rows.values("person_id")
    keys = [int(key) for key in events if key.isascii() and key.isdigit() and len(key) < 19]
    return rows.filter(event_id__in=keys).values("person_id")


def recent_choices(chosen: Collection[str], most: int = 200) -> list[tuple[int, str, datetime]]:
    """(key, title, begin) of the latest events that have begun, with those chosen among them."""
    keys = [int(key) for key in chosen if key.isascii() and key.isdigit() and len(key) < 19]
    shown = ("pk", "title", "starts_at")
    rows = list(Event.objects.order_by("-starts_at", "-pk").values_list(*shown)[:most])
    there = {row[0] for row in rows}
    missing = [key for key in keys if key not in there]
    rows += list(Event.objects.filter(pk__in=missing).order_by("-starts_at").values_list(*shown))
    return rows


_NAMED = ("event__uuid", "event__title", "event__kind")
"""What a timeline says of an event."""


def went_to(ref: Ref) -> QuerySet[Registration]:
    """A person's registrations where they came."""
    rows = Registration.objects.filter(person_id=ref.id, came_at__isnull=False).select_related("event")
    return rows.only("came_at", "updated_at", *_NAMED)


def hosting(ref: Ref) -> QuerySet[CoHost]:
    """What an organisation hosted."""
    rows = CoHost.objects.filter(organisation_id=ref.id).select_related("event")
    return rows.only("organisation_id", "event__starts_at", *_NAMED)


def everything_of(ref: Ref) -> list[dict[str, Any]]:
    """All registrations of a person as JSON values, oldest first."""
    rows = registrations_listed().filter(person_id=ref.id).order_by("event__starts_at", "id")
    return [
        {
            "event": row.event.title,
            "begins": row.event.starts_at.isoformat(),
            "name": row.name,
            "email": row.email,
            "state": row.state,
            "registered_at": row.created_at.isoformat(),
            "came_at": row.came_at.isoformat() if row.came_at else None,
            "minutes": row.minutes,
            "note": row.note,
        }
        for row in rows
    ]


def expecting(keys: Collection[int]) -> set[int]:
    """Those of these events that somebody is registered for or waits for."""
    rows = Registration.objects.filter(event_id__in=keys).exclude(state=Registration.State.CANCELLED)
    return set(rows.values_list("event_id", flat=True))


def with_registrations(refs: Collection[Ref]) -> set[int]:
    """Keys of those of these people or organisations that came, registered or hosted."""
    keys = [ref.id for ref in refs]
    if next(iter(refs), None) is None:
        return set()
    if next(iter(refs)).model == "person":
        rows = Registration.objects.filter(person_id__in=keys).values_list("person_id", flat=True)
        return {key for key in rows if key is not None}
    return set(CoHost.objects.filter(organisation_id__in=keys).values_list("organisation_id", flat=True))
