"""Draw the logic model of a goal."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal import services as journal
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, record, take_away, take_out

from ..faults import texts
from ..logic import loop
from ..models import Goal, LogicArrow, LogicStep, Objective
from ..selectors import arrows_of


def check_step(goal: Goal, *, stage: str, text: str, objective: Objective | None = None) -> LogicStep:
    """A box as it would be, written nowhere. Raises ValidationError by field."""
    row = LogicStep(
        goal=goal, stage=stage, text=squeeze(text), objective=objective, created_at=timezone.now()
    )
    _checked(row)
    return row


def add_step(
    goal: Goal,
    *,
    stage: str,
    text: str,
    by: Any,
    objective: Objective | None = None,
    change_set: Any = None,
) -> LogicStep:
    """A box in a column; imports keep it in `change_set`. Raises ValidationError by field."""
    row = check_step(goal, stage=stage, text=text, objective=objective)
    with transaction.atomic():
        row.save(force_insert=True)
        if change_set is None:
            record(by=by, verb="goals.step_added", about=[goal], details={"name": row.text})
        else:
            add_changes(change_set=change_set, changes=[_created(row)])
    return row


def _created(row: Any) -> Change:
    return Change(kind=row._meta.label_lower, key=row.pk, action=Change.Action.CREATED)


def amend_step(key: int, *, change_set: Any, **values: Any) -> None:
    """Set fields of a box, checked already, as a file says, in the caller's transaction."""
    add_changes(change_set=change_set, changes=journal.amend(LogicStep, [(key, values)], at=timezone.now()))


def lead_to(step: LogicStep, ends: Collection[int], *, change_set: Any) -> None:
    """Let arrows lead from the box to these and to no others, checked already, as a file says, in the caller's transaction."""
    there = {arrow.end_id: arrow for arrow in LogicArrow.objects.filter(start=step)}
    for key, arrow in there.items():
        if key not in ends:
            take_out(arrow, change_set=change_set)
    for key in ends:
        if key not in there:
            row = LogicArrow.objects.create(start=step, end_id=key, created_at=timezone.now())
            add_changes(change_set=change_set, changes=[_created(row)])


def take_out_step(step: LogicStep, *, change_set: Any) -> None:
    """Take a box and its arrows away, as a file says, in the caller's transaction."""
    take_out(step, LogicArrow.objects.filter(Q(start=step) | Q(end=step)), change_set=change_set)


def change_step(step: LogicStep, *, by: Any, **values: Any) -> bool:
    """Set text, stage or objective. True when something changed. Raises ValidationError by field."""
    with transaction.atomic():
        row = LogicStep.objects.select_for_update().get(pk=step.pk)
        before = row.text
        for name, value in values.items():
            setattr(row, name, squeeze(value) if name == "text" else value)
        _checked(row)
        row.save(update_fields=["text", "stage", "objective"])
        record(by=by, verb="goals.step_changed", about=[row.goal], changes={"text": (before, row.text)})
    return True


def _checked(row: LogicStep) -> None:
    errors = texts(row, ("text",))
    if row.objective is not None:
        if row.stage != LogicStep.Stage.OUTCOME:
            errors["objective"] = _("Only an outcome is an objective.")
        elif row.objective.goal_id != row.goal_id:
            errors["objective"] = _("This is an objective of another goal.")
    try:
        row.full_clean(validate_unique=False)
    except ValidationError as no:
        errors = {**errors, **no.error_dict}
    if errors:
        raise ValidationError(errors)


def remove_step(step: LogicStep, *, by: Any) -> ChangeSet:
    """Take a box and its arrows away; an undo brings them back."""
    arrows = LogicArrow.objects.filter(Q(start=step) | Q(end=step))
    return take_away(
        step, arrows, by=by, verb="goals.step_removed", about=[step.goal], details={"name": step.text}
    )


def add_arrow(*, start: LogicStep, end: LogicStep, by: Any, assumption: str = "") -> LogicArrow:
    """One step leads to another; the same arrow twice is one. Raises ValidationError for a loop, which it names."""
    if start.goal_id != end.goal_id:
        raise ValidationError({"end": _("This step belongs to another goal.")})
    if len(assumption) > 300 or "\x00" in assumption:
        raise ValidationError({"assumption": _("Write at most 300 characters.")})
    with transaction.atomic():
        goal = Goal.objects.select_for_update().get(pk=start.goal_id)
        arrows = arrows_of(goal)
        found = loop([(one.start_id, one.end_id) for one in arrows], start.pk, end.pk)
        if found:
            names = dict(LogicStep.objects.filter(pk__in=found).values_list("pk", "text"))
            way = ", ".join(names[key] for key in found)
            raise ValidationError({"end": _("This arrow would make a loop: %(way)s.") % {"way": way}})
        row, is_new = LogicArrow.objects.get_or_create(
            start=start,
            end=end,
            defaults={"assumption": squeeze(assumption), "created_at": timezone.now()},
        )
        if is_new:
            names = {"start": start.text, "end": end.text}  # type: ignore[dict-item]
            record(by=by, verb="goals.arrow_added", about=[goal], details=names)  # type: ignore[arg-type]
    return row


def remove_arrow(arrow: LogicArrow, *, by: Any) -> ChangeSet:
    """Take an arrow away; an undo brings it back."""
    names = {"start": arrow.start.text, "end": arrow.end.text}
    return take_away(arrow, by=by, verb="goals.arrow_removed", about=[arrow.start.goal], details=names)
