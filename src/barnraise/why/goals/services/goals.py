"""Add, change, agree on, end, reopen and remove goals."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.models import ChangeSet

from .. import faults
from ..models import Goal, LogicArrow
from . import writing

FIELDS = ("name", "about", "starts_on", "ends_on", "owner")


def add_goal(*, name: str, by: Any, is_sample: bool = False, change_set: Any = None, **values: Any) -> Goal:
    """A new goal, as a draft. Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A goal has no field {', '.join(sorted(unknown))}.")
    row = Goal(name=name, is_sample=is_sample, **values)
    return writing.add(row, by=by, verb="goals.goal_added", faults=faults.of_goal, change_set=change_set)


def change_goal(goal: Goal, *, by: Any, **values: Any) -> bool:
    """Set the given fields (of FIELDS). True when something changed. Raises ValidationError by field."""
    return writing.change(
        goal, values, fields=FIELDS, by=by, verb="goals.goal_changed", faults=faults.of_goal
    )


def agree_goal(goal: Goal, *, by: Any) -> Goal:
    """The partnership works on it from now on. Raises ValidationError when it has ended."""
    with transaction.atomic():
        row = writing.locked(goal)
        if row.is_ended:
            raise ValidationError(_("This goal has ended. Reopen it first."))
        if row.state == Goal.State.AGREED:
            return row
        return writing.settle(row, by=by, verb="goals.goal_agreed", state=Goal.State.AGREED)


def end_goal(goal: Goal, *, is_reached: bool, reason: str, by: Any) -> Goal:
    """It is reached, or dropped. Raises ValidationError without a reason, or when it has ended."""
    said = writing.reason_of(reason)
    with transaction.atomic():
        row = writing.locked(goal)
        if row.is_ended:
            raise ValidationError(_("This goal has ended already."))
        return writing.settle(
            row,
            by=by,
            verb="goals.goal_reached" if is_reached else "goals.goal_dropped",
            state=Goal.State.REACHED if is_reached else Goal.State.DROPPED,
            ended_on=timezone.localdate(),
            end_reason=said,
        )


def reopen_goal(goal: Goal, *, by: Any) -> Goal:
    """It is worked on again."""
    with transaction.atomic():
        row = writing.locked(goal)
        if not row.is_ended:
            return row
        return writing.settle(
            row, by=by, verb="goals.goal_reopened", state=Goal.State.AGREED, ended_on=None, end_reason=""
        )


def remove_goal(goal: Goal, *, by: Any) -> ChangeSet:
    """Take away a goal that nothing hangs on; an undo brings it back with its logic model.

    Raises ValidationError when objectives or endorsements hang on it.
    """
    with transaction.atomic():
        row = writing.locked(goal)
        if row.objectives.exists() or row.endorsements.exists():
            raise ValidationError(
                _("It has objectives, or partners were asked about it. End it instead, with the reason.")
            )
        arrows = LogicArrow.objects.filter(start__goal=row)
        parts = (row.citations.all(), row.steps.all(), arrows)
        return writing.remove(row, *parts, by=by, verb="goals.goal_removed")
