"""Add, change, remove projects, and set their state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, amend, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import services as search

from .. import faults
from ..models import Project
from ..selectors import PROJECT
from ..states import PROJECT as STEPS
from ..states import may_become
from . import writing

FIELDS = ("name", "about", "kind", "objective", "starts_on", "ends_on", "owner")


def _named(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "name": squeeze(values["name"])} if "name" in values else values


def add_project(
    *, name: str, by: Any, is_sample: bool = False, change_set: Any = None, **values: Any
) -> Project:
    """A new project, planned, in the currency of the installation. Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A project has no field {', '.join(sorted(unknown))}.")
    now = timezone.now()
    row = Project(
        name=squeeze(name),
        currency=installation().currency,
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
        **values,
    )
    row.name_folded = fold(row.name)[:200]
    faults.check(row, faults.of_project(row))
    with transaction.atomic():
        row.save(force_insert=True)
        if change_set is None:
            record(by=by, verb="projects.added", about=[row, *([row.objective] if row.objective else [])])
        else:
            change = Change(kind=PROJECT, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
        search.index(PROJECT, [row.pk])
    return row


def _folded(row: Project) -> dict[str, Any]:
    row.name_folded = fold(row.name)[:200]
    return faults.of_project(row)


def change_project(project: Project, *, by: Any, **values: Any) -> bool:
    """Set the given fields (of FIELDS). True when something changed. Raises ValidationError by field."""
    with transaction.atomic():
        row = writing.locked(project)
        told = writing.differing(row, _named(values), fields=FIELDS, faults=_folded)
        if not told:
            return False
        row.save(update_fields=[*told, "name_folded", *writing.stamp(row)])
        record(by=by, verb="projects.changed", about=[row], changes=told)
        search.index(PROJECT, [row.pk])
    return True


def amend_projects(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    A state of "finished" or "stopped" ends a project today.
    """

    def settle(row: Project) -> None:
        if row.is_ended and row.ended_on is None:
            row.ended_on = timezone.localdate(at)

    found = amend(Project, given, at=at, settle=settle)
    search.index(PROJECT, [change.key for change in found])
    return found


def set_state(project: Project, *, state: str, by: Any, reason: str = "") -> Project:
    """Start, pause, finish, stop or take up again; finishing and stopping want the reason. Raises ValidationError."""
    said = squeeze(reason)
    with transaction.atomic():
        row = writing.locked(project)
        if state == row.state:
            return row
        if not may_become(STEPS, row.state, state):
            raise ValidationError(
                {
                    "state": _("A project that is %(now)s cannot become that.")
                    % {"now": row.get_state_display()}
                }
            )
        ends = state in {Project.State.FINISHED, Project.State.STOPPED}
        if ends and not said:
            raise ValidationError({"reason": _("Write the reason: it is what others learn from.")})
        if len(said) > 1000 or "\x00" in said:
            raise ValidationError({"reason": _("Write at most 1,000 characters.")})
        row.state = state
        row.ended_on = timezone.localdate() if ends else None
        row.end_reason = said if ends else ""
        row.save(update_fields=["state", "ended_on", "end_reason", *writing.stamp(row)])
        record(by=by, verb=f"projects.{state}", about=[row], details={"reason": said} if ends else None)
    return row


def remove_project(project: Project, *, by: Any) -> None:
    """Take away a project that nothing was given to or done in. Raises ValidationError when something was."""
    with transaction.atomic():
        row = writing.locked(project)
        if row.contributions.exists() or row.openings.exists() or row.actuals.exists():
            raise ValidationError(
                _("Something was given to it, spent, or offered to people. End it instead, with the reason.")
            )
        key = row.pk
        record(by=by, verb="projects.removed", about=[row], details={"name": row.name})
        row.delete()
        search.remove(PROJECT, [key])
