"""Plan an event, and change the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, amend, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import event_faults
from ..models import Event
from ..selectors import KIND
from .register import promote
from .tell import CHANGED, tell_all

FIELDS = (
    "title",
    "kind",
    "about",
    "starts_at",
    "ends_at",
    "place",
    "owner",
    "cites",
    "is_public",
    "capacity",
    "closes_at",
)


TOLD = {"title", "starts_at", "ends_at", "place"}
"""Whoever registered is told by mail when one of these changes before the event."""


def _tidy(row: Event) -> None:
    row.title, row.about, row.place = squeeze(row.title), row.about.strip(), row.place.strip()
    row.title_folded = fold(row.title)[:160]


def plan_event(
    *,
    by: Any,
    title: str,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    is_sample: bool = False,
    change_set: Any = None,
    **values: Any,
) -> Event:
    """A new event; `values` are the other FIELDS. Imports keep it in `change_set`.

    Raises ValidationError by field; then nothing is written."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"An event has no field {', '.join(sorted(unknown))}.")
    now = timezone.now()
    row = Event(
        title=title,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
        **values,
    )
    _tidy(row)
    refuse(event_faults(row))
    with transaction.atomic():
        row.save(force_insert=True)
        if change_set is None:
            record(by=by, verb="events.planned", about=[row])
        else:
            change = Change(kind=KIND, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
        search.index(KIND, [row.pk])
    return row


def change_event(event: Event, *, by: Any, **values: Any) -> Event:
    """Set the given FIELDS. When there are more places, who waits moves up in order; of another time, place or title people are told by mail.

    Raises ValidationError by field; then nothing is changed.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"An event has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = Event.objects.select_for_update().get(pk=event.pk)
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, value)
        _tidy(row)
        refuse(event_faults(row))
        differ = [name for name in FIELDS if before[name] != getattr(row, name)]
        if differ:
            row.updated_at = timezone.now()
            row.save(update_fields=[*differ, "title_folded", "updated_at"])
            told = {name: (_told(before[name]), _told(getattr(row, name))) for name in differ}
            record(by=by, verb="events.changed", about=[row], changes=told)
            search.index(KIND, [row.pk])
            if "capacity" in differ:
                promote(row, by=by)
            if TOLD & set(differ) and row.state(row.updated_at) == "planned":
                tell_all(row, CHANGED, by=by)
    return row


def amend_events(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence or a mail, in the caller's transaction; the changes for an undo."""
    found = amend(Event, given, at=at, settle=_tidy)
    search.index(KIND, [change.key for change in found])
    return found


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)
