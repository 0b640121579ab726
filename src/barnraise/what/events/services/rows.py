"""Outputs, costs and hosts row by row, as files bring them: what an import adds, changes or takes away, and how that is undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, amend, bring_back, reset_row, take_out
from barnraise.why.goals.sockets import rows_changed

from ..models import CoHost, Event
from ..selectors import KIND

TOUCHED = "touched"


@transaction.atomic
def write_rows(
    model: Any,
    *,
    added: Sequence[Any],
    changed: Sequence[tuple[int, Mapping[str, Any]]],
    gone: Sequence[int],
    change_set: Any,
) -> list[int]:
    """Write rows of outputs, costs or hosts, checked already, without a sentence; the keys of those added, in order."""
    at, there = timezone.now(), [*gone, *(key for key, _values in changed)]
    events = {row.event_id for row in added}
    events |= set(model.objects.filter(pk__in=there).values_list("event_id", flat=True))
    _note_events(sorted(events), at, change_set)
    for row in model.objects.select_for_update().filter(pk__in=gone):
        take_out(row, change_set=change_set)
    add_changes(change_set=change_set, changes=amend(model, changed, at=at))
    for row in added:
        row.save()
    made = [Change(kind=Ref.to(row).kind, key=row.pk, action=Change.Action.CREATED) for row in added]
    add_changes(change_set=change_set, changes=made)
    rows_changed("events.outputs")
    return [row.pk for row in added]


def _note_events(keys: Sequence[int], at: Any, change_set: Any) -> None:
    """Programs that ask for what changed see these events again; taken back, they are as they came."""
    rows = Event.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    noted = [
        Change(
            kind=KIND,
            key=row.pk,
            action=Change.Action.UPDATED,
            before={"updated_at": row.updated_at.isoformat()},
            after={},
        )
        for row in rows
    ]
    add_changes(change_set=change_set, changes=noted)
    Event.objects.filter(pk__in=keys).update(updated_at=at)


@transaction.atomic
def restore_rows(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo outputs, costs and hosts, in the caller's transaction; those changed since are kept, and the hosts of an event all or none of them."""
    kept: dict[int, str] = {}
    for event, some in _by_event(changes).items():
        try:
            with transaction.atomic():
                found = {change.key: reason for change in some if (reason := _undone(change))}
                if not _is_whole(event):
                    raise IntegrityError
        except IntegrityError:
            found = {change.key: TOUCHED for change in some}
        kept |= found
    rows_changed("events.outputs")
    return kept


def _by_event(changes: Sequence[Change]) -> dict[int | None, list[Change]]:
    found: dict[int | None, list[Change]] = defaultdict(list)
    for change in changes:
        model: Any = apps.get_model(change.kind)
        event = model.objects.filter(pk=change.key).values_list("event_id", flat=True).first()
        if change.action == Change.Action.REMOVED:
            event = (change.before or {})["rows"][0]["fields"]["event"]
        found[event].append(change)
    return found


def _is_whole(event: int | None) -> bool:
    """Whether the shares of the hosts make 100, or there are none."""
    return CoHost.objects.filter(event=event).aggregate(sum=Sum("share"))["sum"] in (None, 100)


def _undone(change: Change) -> str:
    """Why it stays as it is, "" when it was undone."""
    if change.action == Change.Action.REMOVED:
        return bring_back(change)
    if change.action == Change.Action.UPDATED:
        return reset_row(change)
    later = Change.objects.filter(kind=change.kind, key=change.key, pk__gt=change.pk, kept="")
    if later.exclude(change_set__state=ChangeSet.State.UNDONE).exclude(change_set=change.change_set).exists():
        return TOUCHED
    model: Any = apps.get_model(change.kind)
    model.objects.filter(pk=change.key).delete()
    return ""
