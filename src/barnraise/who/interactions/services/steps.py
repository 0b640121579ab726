"""Next steps: add, change, finish, reopen, remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.tags import services as tags
from barnraise.plumbing.ui.faults import refuse
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from ..documents import StepDocument
from ..faults import step_faults
from ..finding import step_found_as
from ..models import Interaction, NextStep
from ..selectors import STEP, step_snapshot
from ..selectors.rows import step_document
from .log import next_step
from .writing import write_steps

FIELDS = ("text", "owner", "due_on")
_COLUMNS = {
    "owner": "owner_id",
    "done_by": "done_by_id",
    "person": "person_id",
    "organisation": "organisation_id",
}


def add_next_step(
    *,
    by: Any,
    text: str,
    owner: Any = None,
    due_on: date | None = None,
    interaction: Interaction | None = None,
    person: Person | None = None,
    organisation: Organisation | None = None,
    change_set: ChangeSet | None = None,
) -> NextStep:
    """A new next step about a person, an organisation or both; whoever notes it does it unless an `owner` is named.

    With a change set, its undo takes the step away again. Raises ValidationError by field; then nothing is written.
    """
    said = next_step(by=by, text=text, owner=owner, due_on=due_on, person=person, organisation=organisation)
    refuse(step_faults(said))
    at = timezone.now()
    with transaction.atomic():
        row = write_steps([(said, interaction)], at=at)[0]
        record(by=by, verb="interactions.step_added", about=[Ref.to(row)], at=at, change_set=change_set)
        if change_set is not None:
            change = Change(kind=STEP, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
    return row


def apply_step(row: NextStep, wanted: StepDocument, *, at: datetime) -> set[str]:
    """Write what differs, without a sentence. Returns the names of it."""
    before = step_document(row)
    names = {
        name
        for name in ("text", "owner", "due_on", "done_at", "done_by", "person", "organisation")
        if getattr(before, name) != getattr(wanted, name)
    }
    if names:
        for name in names:
            setattr(row, _COLUMNS.get(name, name), getattr(wanted, name))
        row.comes_on = NextStep.place_of(row.due_on, is_done=row.is_done)
        row.updated_at = at
        row.save(update_fields=[*(_COLUMNS.get(name, name) for name in names), "comes_on", "updated_at"])
        if "text" in names:
            search.index(STEP, [row.pk], known={row.pk: step_found_as(row)})
    return names


def _changed(row: NextStep, wanted: StepDocument, *, by: Any, verb: str, at: datetime) -> set[str]:
    before = step_document(row)
    with transaction.atomic():
        names = apply_step(row, wanted, at=at)
        if names:
            told: dict[str, tuple[Any, Any]] = {}
            if "due_on" in names:
                told["due_on"] = tuple(  # type: ignore[assignment]
                    day.isoformat() if day else None for day in (before.due_on, wanted.due_on)
                )
            record(by=by, verb=f"interactions.{verb}", about=[Ref.to(row)], changes=told, at=at)
    return names


def change_next_step(step: NextStep, *, by: Any, **values: Any) -> set[str]:
    """Set `text`, `owner` (an account or None) or `due_on`. Returns the names of what differs now. Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A next step has no field {', '.join(sorted(unknown))}.")
    if "text" in values:
        values["text"] = squeeze(values["text"])
    if "owner" in values:
        values["owner"] = getattr(values["owner"], "pk", None)
    wanted = replace(step_document(step), **values)
    refuse(step_faults(wanted))
    verb = "step_moved" if set(values) == {"due_on"} else "step_changed"
    return _changed(step, wanted, by=by, verb=verb, at=timezone.now())


def finish_next_step(step: NextStep, *, by: Any, now: datetime | None = None) -> None:
    """It has been done. What is done already stays as it was done."""
    if step.done_at is None:
        at = now or timezone.now()
        wanted = replace(step_document(step), done_at=at, done_by=getattr(by, "pk", None))
        _changed(step, wanted, by=by, verb="step_done", at=at)


def reopen_next_step(step: NextStep, *, by: Any) -> None:
    """It has not been done after all."""
    wanted = replace(step_document(step), done_at=None, done_by=None)
    _changed(step, wanted, by=by, verb="step_reopened", at=timezone.now())


def remove_next_step(step: NextStep, *, by: Any) -> ChangeSet:
    """Remove it. Returns the change set that brings it back for thirty days."""
    with transaction.atomic():
        change_set = open_change_set(by=by, verb="interactions.step_removed")
        record(by=by, verb="interactions.step_removed", about=[Ref.to(step)], change_set=change_set)
        remove_steps_kept([step.pk], change_set=change_set)
        close_change_set(change_set=change_set)
    return change_set


def remove_steps_kept(keys: Sequence[int], *, change_set: ChangeSet) -> int:
    """Remove these, keeping their snapshots; how many went."""
    stored = step_snapshot(keys)
    add_changes(
        change_set=change_set,
        changes=[
            Change(kind=STEP, key=key, action=Change.Action.REMOVED, before=before)
            for key, before in stored.items()
        ],
    )
    delete_steps(list(stored))
    return len(stored)


def delete_steps(keys: Sequence[int]) -> None:
    """Delete next steps with their search rows, without a sentence."""
    NextStep.objects.filter(pk__in=keys).delete()
    tags.forget(kind=STEP, keys=keys)
    search.remove(STEP, keys)
