"""Open a change set, add to it batch by batch, close it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, Max
from django.utils import timezone

from ..models import Change, ChangeSet, Entry
from .inserting import insert

UNDO_DAYS = 30
"""How long an import or bulk action can be undone."""


def open_change_set(*, by: Any, verb: str) -> ChangeSet:
    """A new, open change set. `verb` is the verb its closing journal entry will have."""
    now = timezone.now()
    newest = Entry.objects.aggregate(newest=Max("id"))["newest"] or 0
    return ChangeSet.objects.create(
        verb=verb,
        by=by if getattr(by, "pk", None) else None,
        created_at=now,
        undo_until=now + timedelta(days=UNDO_DAYS),
        entry_floor=newest,
    )


def add_changes(*, change_set: ChangeSet, changes: Sequence[Change]) -> None:
    """Append changes (unsaved, their `change_set` may be unset) in the caller's transaction."""
    for change in changes:
        change.change_set = change_set
    insert(changes)
    ChangeSet.objects.filter(pk=change_set.pk).update(count=F("count") + len(changes))


def close_change_set(*, change_set: ChangeSet) -> None:
    """No more changes will be added; from now on it can be undone."""
    ChangeSet.objects.filter(pk=change_set.pk, state=ChangeSet.State.OPEN).update(state=ChangeSet.State.DONE)
    change_set.state = ChangeSet.State.DONE
