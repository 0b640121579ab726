"""Add, change, agree on, end, reopen and remove objectives."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.models import ChangeSet

from .. import faults
from ..models import Goal, Objective
from ..selectors import facts_of
from ..smart import missing
from . import writing

FIELDS = ("name", "about", "owner", "due_on")


def add_objective(
    goal: Goal, *, name: str, by: Any, is_sample: bool = False, change_set: Any = None, **values: Any
) -> Objective:
    """A new objective of a goal, as a draft. Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"An objective has no field {', '.join(sorted(unknown))}.")
    row = Objective(goal=goal, name=name, is_sample=is_sample, **values)
    return writing.add(
        row,
        by=by,
        verb="goals.objective_added",
        faults=faults.of_objective,
        about=[goal],
        change_set=change_set,
    )


def change_objective(objective: Objective, *, by: Any, **values: Any) -> bool:
    """Set the given fields (of FIELDS). True when something changed. Raises ValidationError by field."""
    return writing.change(
        objective, values, fields=FIELDS, by=by, verb="goals.objective_changed", faults=faults.of_objective
    )


def agree_objective(objective: Objective, *, by: Any) -> Objective:
    """The partnership commits to it. Raises ValidationError that names every missing letter of SMART."""
    with transaction.atomic():
        row = writing.locked(objective)
        if row.is_ended:
            raise ValidationError(_("This objective has ended. Reopen it first."))
        lacks = missing(facts_of([row])[row.pk])
        if lacks:
            raise ValidationError([f"{one.letter}: {one.words}" for one in lacks])
        if row.state == Objective.State.AGREED:
            return row
        return writing.settle(
            row, by=by, verb="goals.objective_agreed", about=[row.goal], state=Objective.State.AGREED
        )


def end_objective(objective: Objective, *, is_reached: bool, reason: str, by: Any) -> Objective:
    """It is reached, or dropped. Raises ValidationError without a reason, or when it has ended."""
    said = writing.reason_of(reason)
    with transaction.atomic():
        row = writing.locked(objective)
        if row.is_ended:
            raise ValidationError(_("This objective has ended already."))
        return writing.settle(
            row,
            by=by,
            verb="goals.objective_reached" if is_reached else "goals.objective_dropped",
            about=[row.goal],
            state=Objective.State.REACHED if is_reached else Objective.State.DROPPED,
            ended_on=timezone.localdate(),
            end_reason=said,
        )


def reopen_objective(objective: Objective, *, by: Any) -> Objective:
    """It is worked on again, as a draft: whether it is SMART is looked at anew."""
    with transaction.atomic():
        row = writing.locked(objective)
        if not row.is_ended:
            return row
        return writing.settle(
            row,
            by=by,
            verb="goals.objective_reopened",
            about=[row.goal],
            state=Objective.State.DRAFT,
            ended_on=None,
            end_reason="",
        )


def remove_objective(objective: Objective, *, by: Any) -> ChangeSet:
    """Take away an objective that no indicator tells of; an undo brings it back. Raises ValidationError when one does."""
    with transaction.atomic():
        row = writing.locked(objective)
        if row.indicators.exists():
            raise ValidationError(_("Indicators tell of it. End it instead, with the reason."))
        return writing.remove(row, by=by, verb="goals.objective_removed", about=[row.goal])
