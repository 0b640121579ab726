"""Add, change and remove what a project is made of: partners, milestones, budget lines, amounts, openings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, amend, record, take_out
from barnraise.plumbing.search import services as search

from .. import faults
from ..models import Milestone, Project
from ..selectors import OPENING, PARTS, PROJECT
from . import writing

FIELDS: Mapping[str, Sequence[str]] = {
    "partners": ("organisation", "role", "note"),
    "milestones": ("name", "due_on", "done_on", "note"),
    "budget": ("name", "is_income", "planned"),
    "amounts": ("line", "on", "amount", "note"),
    "openings": (
        "kind",
        "name",
        "about",
        "places",
        "closes_on",
        "is_closed",
        "is_public",
        "forget_after_days",
    ),
}


def add_part(project: Project, part: str, *, by: Any, change_set: Any = None, **values: Any) -> Any:
    """A row of a part (of FIELDS). Imports keep it in `change_set`.

    Raises ValidationError by field, also when the project has ended."""
    if unknown := set(values) - set(FIELDS[part]):
        raise TypeError(f"{part} have no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        there = writing.locked(project)
        if there.is_ended:
            raise ValidationError(_("This project has ended. Take it up again first."))
        row = PARTS[part](project=there, created_at=timezone.now(), **_squeezed(values))
        faults.check(row, faults.of_part(row))
        row.save(force_insert=True)
        _touch(there)
        find_again(part, [row.pk], [there.pk])
        if change_set is None:
            record(by=by, verb=f"projects.{part}_added", about=_about(row), details={"name": str(row)})
        else:
            change = Change(kind=row._meta.label_lower, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
    return row


def change_part(part: str, row: Any, *, by: Any, **values: Any) -> bool:
    """Set fields of a row. True when something changed. Raises ValidationError by field."""
    with transaction.atomic():
        there = writing.locked(row)
        told = writing.differing(there, _squeezed(values), fields=FIELDS[part], faults=faults.of_part)
        if not told:
            return False
        there.save(update_fields=list(told))
        _touch(there.project)
        find_again(part, [there.pk], [there.project_id])
        record(
            by=by,
            verb=f"projects.{part}_changed",
            about=_about(there),
            changes=told,
            details={"name": str(there)},
        )
    return True


def amend_parts(part: str, given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo."""
    found = amend(PARTS[part], [(key, _squeezed(values)) for key, values in given], at=at)
    keys = [change.key for change in found]
    projects = list(PARTS[part].objects.filter(pk__in=keys).values_list("project_id", flat=True).distinct())
    Project.objects.filter(pk__in=projects).update(updated_at=at)
    find_again(part, keys, projects)
    return found


def finish_milestone(row: Milestone, *, by: Any) -> bool:
    """It is done today; done again it is open."""
    return change_part("milestones", row, by=by, done_on=None if row.done_on else timezone.localdate())


def remove_part(part: str, row: Any, *, by: Any, change_set: Any = None) -> None:
    """Take a row away; imports keep it in `change_set`. Raises ValidationError when something hangs on it."""
    try:
        with transaction.atomic():
            key = row.pk
            if change_set is None:
                record(by=by, verb=f"projects.{part}_removed", about=_about(row), details={"name": str(row)})
                row.delete()
            else:
                take_out(row, change_set=change_set)
            _touch(row.project)
            find_again(part, [key], [row.project_id])
    except ProtectedError:
        raise ValidationError(_("Something hangs on it: take that away first, or close it.")) from None


def _squeezed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: squeeze(value) if name in {"name", "note"} and isinstance(value, str) else value
        for name, value in values.items()
    }


def _about(row: Any) -> list[Any]:
    organisation = getattr(row, "organisation", None)
    return [row.project, *([organisation] if organisation is not None else [])]


def _touch(project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(updated_at=timezone.now())


def find_again(part: str, keys: Sequence[int], projects: Sequence[int]) -> None:
    """Search finds projects by their milestones and budget lines, and openings by themselves, as they are now."""
    if part in ("milestones", "budget"):
        search.index(PROJECT, list(projects))
    elif part == "openings":
        search.index(OPENING, list(keys))
