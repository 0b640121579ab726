"""Take back events and registrations that an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came, reset_row
from barnraise.plumbing.search import services as search

from ..models import Event, Registration
from ..selectors import KIND
from .counting import came_changed


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added and changed registrations, in the caller's transaction; those changed since are kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            came_changed(Registration.objects.filter(pk=change.key).values_list("event_id", flat=True))
            continue
        row = Registration.objects.filter(pk=change.key).first()
        if row is None or change.action != Change.Action.CREATED:
            continue
        if not is_as_it_came(row):
            kept[change.key] = "touched"
        else:
            row.delete()
            came_changed([row.event_id])
    return kept


@transaction.atomic
def restore_events(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo planned and changed events, in the caller's transaction; those changed since or with registrations are kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            else:
                search.index(KIND, [change.key])
            continue
        row = Event.objects.filter(pk=change.key).first()
        if row is None or change.action != Change.Action.CREATED:
            continue
        if not is_as_it_came(row) or Registration.objects.filter(event=row).exists():
            kept[change.key] = "touched"
            continue
        row.delete()
        search.remove(KIND, [change.key])
    return kept
