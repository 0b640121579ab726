"""Take back approvals, verdicts, removals, and what an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction

from barnraise.plumbing.journal import services as journal
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came
from barnraise.plumbing.search import services as search
from barnraise.what.projects import services as projects
from barnraise.what.projects.models import BudgetLine

from ..models import Experiment, Lesson, Review, Revision
from ..selectors import LESSON, REVIEW
from . import writing
from .experiments import unjudge
from .revisions import unsettle


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo, in the caller's transaction. Kept ("touched") is what was changed since: a row that came, or was changed, by a file, a review
    that has further lessons, and an approval when one of its budget lines holds another amount by now, so that the total stays conserved."""
    kept = dict(search.bring_back(changes, by=by))
    back = [one.key for one in changes if one.kind == REVIEW and one.key not in kept]
    lessons = Lesson.objects.filter(review__in=back).values_list("pk", flat=True)
    search.index(LESSON, list(lessons))
    for change in changes:
        model: Any = apps.get_model(change.kind)
        row = model._default_manager.filter(pk=change.key).first()
        if row is None or change.action == Change.Action.REMOVED:
            continue
        undone = _uncreated(row) if change.action == Change.Action.CREATED else _as_before(row, change, by)
        if undone:
            kept[change.key] = undone
    return kept


def _uncreated(row: Any) -> str:
    """Take a row that came by a file away; why not, as a short code."""
    if not is_as_it_came(row) or (isinstance(row, Review) and row.lessons.exists()):
        return "touched"
    writing.forget(type(row), [row.pk])
    return ""


def _as_before(row: Any, change: Change, by: Any) -> str:
    """Give a row back what it said, or open it again; why not, as a short code."""
    if change.after:
        before = dict(change.before or {})
        lines = before.pop("lines", [])
        if not _may_move_back(lines):
            return "touched"
        told = Change(
            kind=change.kind, key=change.key, action=change.action, before=before, after=change.after
        )
        reason = journal.reset_row(told)
        if not reason:
            _moved_back(lines, by)
        search.index(change.kind, [change.key])
        return reason
    if isinstance(row, Experiment) and row.verdict:
        unjudge(row)
    elif isinstance(row, Revision) and row.state == Revision.State.APPROVED:
        if not _moved_back((change.before or {}).get("lines", []), by):
            return "touched"
        unsettle(row)
    return ""


def _may_move_back(lines: Sequence[Sequence[int]]) -> bool:
    """Whether each line holds what it got, so that the total stays conserved."""
    keys = [line[0] for line in lines]
    rows = BudgetLine.objects.select_for_update(of=("self",)).in_bulk(keys)
    return all(key in rows and rows[key].planned == after for key, _before, after in lines)


def _moved_back(lines: Sequence[Sequence[int]], by: Any) -> bool:
    """Give each line what it held before; False, and nothing done, when one was changed since or is gone."""
    if not _may_move_back(lines):
        return False
    rows = BudgetLine.objects.in_bulk([line[0] for line in lines])
    for key, before, _after in lines:
        projects.change_part("budget", rows[key], by=by, planned=before)
    return True
