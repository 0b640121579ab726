"""One change to many: what the bulk actions of the lists do. Each returns how many rows it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.search import services as search
from barnraise.plumbing.tags import services as tags

from ..documents import StepDocument, to_json
from ..finding import found_as
from ..models import Interaction, InteractionOrganisation, InteractionPerson, NextStep
from ..selectors import KIND
from ..selectors.kinds import STEP
from ..selectors.rows import step_document
from . import heard
from .change import follow_visibility
from .remove import remove_many
from .steps import apply_step, remove_steps_kept

AT_ONCE = 500


def _batches(keys: Sequence[int]) -> list[list[int]]:
    return [list(keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE)]


def remove_together(rows: QuerySet[Interaction], *, by: Any, change_set: ChangeSet) -> int:
    """Remove all, with their next steps."""
    return remove_many(list(rows.order_by().values_list("pk", flat=True)), change_set=change_set)


def restrict_together(rows: QuerySet[Interaction], *, visibility: str, by: Any, change_set: ChangeSet) -> int:
    """Say who reads all of them."""
    at = timezone.now()
    keys = list(rows.exclude(visibility=visibility).order_by("pk").values_list("pk", flat=True))
    for batch in _batches(keys):
        found = {row.pk: row for row in Interaction.objects.filter(pk__in=batch)}
        add_changes(
            change_set=change_set,
            changes=[
                Change(
                    kind=KIND,
                    key=key,
                    action=Change.Action.UPDATED,
                    before={"visibility": row.visibility},
                    after={"visibility": visibility},
                )
                for key, row in found.items()
            ],
        )
        Interaction.objects.filter(pk__in=batch).update(visibility=visibility, updated_at=at)
        follow_visibility(batch, visibility, at=at)
        for row in found.values():
            row.visibility = visibility
        search.index(KIND, list(found), known={key: found_as(row) for key, row in found.items()})
        heard.recount(
            people=set(
                InteractionPerson.objects.filter(interaction_id__in=batch).values_list("person_id", flat=True)
            ),
            organisations=set(
                InteractionOrganisation.objects.filter(interaction_id__in=batch).values_list(
                    "organisation_id", flat=True
                )
            ),
        )
    return len(keys)


def tag_together(rows: QuerySet[Interaction], *, names: Sequence[str], by: Any, change_set: ChangeSet) -> int:
    """Add these tags to all."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    tags.tag_many(kind=KIND, keys=keys, names=names, by=by, change_set=change_set)
    return len(keys)


def untag_together(
    rows: QuerySet[Interaction], *, names: Sequence[str], by: Any, change_set: ChangeSet
) -> int:
    """Take these tags off all."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    tags.untag_many(kind=KIND, keys=keys, names=names, by=by, change_set=change_set)
    return len(keys)


def _each(
    rows: QuerySet[NextStep],
    change: Callable[[StepDocument], StepDocument],
    change_set: ChangeSet,
    at: datetime,
) -> int:
    count = 0
    for batch in _batches(list(rows.order_by("pk").values_list("pk", flat=True))):
        changes = []
        for row in NextStep.objects.filter(pk__in=batch).order_by("pk"):
            before = step_document(row)
            names = apply_step(row, change(before), at=at)
            if names:
                after = step_document(row)
                changes.append(
                    Change(
                        kind=STEP,
                        key=row.pk,
                        action=Change.Action.UPDATED,
                        before=_kept(before, names),
                        after=_kept(after, names),
                    )
                )
        add_changes(change_set=change_set, changes=changes)
        count += len(changes)
    return count


def _kept(said: StepDocument, names: set[str]) -> dict[str, Any]:
    """What an undo needs, and of it what pages of the journal tell: days, not the keys of accounts."""
    whole = {name: value for name, value in to_json(said).items() if name in names}
    return {"document": whole, **{name: whole[name] for name in ("due_on", "done_at") if name in whole}}


def finish_steps(rows: QuerySet[NextStep], *, by: Any, change_set: ChangeSet) -> int:
    """All open ones have been done."""
    at = timezone.now()
    who = getattr(by, "pk", None)
    open_ones = rows.filter(done_at__isnull=True)
    return _each(open_ones, lambda one: replace(one, done_at=at, done_by=who), change_set, at)


def move_steps(rows: QuerySet[NextStep], *, due_on: str, by: Any, change_set: ChangeSet) -> int:
    """All are due on another day ("2026-05-03")."""
    day = date.fromisoformat(str(due_on))
    return _each(rows, lambda one: replace(one, due_on=day), change_set, timezone.now())


def assign_steps(rows: QuerySet[NextStep], *, owner: int, by: Any, change_set: ChangeSet) -> int:
    """Somebody (key of an account) does all of them."""
    return _each(rows, lambda one: replace(one, owner=owner), change_set, timezone.now())


def remove_steps(rows: QuerySet[NextStep], *, by: Any, change_set: ChangeSet) -> int:
    """Remove all."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    return sum(remove_steps_kept(batch, change_set=change_set) for batch in _batches(keys))
