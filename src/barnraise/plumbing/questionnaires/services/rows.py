"""Questionnaires row by row, as files bring them: what an import adds or changes, and how that is undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, amend, is_as_it_came, reset_row
from barnraise.plumbing.search import services as search

from ..models import Questionnaire
from ..selectors import KIND
from .write import add_questionnaire


@transaction.atomic
def write_questionnaires(
    *,
    added: Sequence[Mapping[str, Any]],
    changed: Sequence[tuple[int, Mapping[str, Any]]],
    by: Any,
    change_set: Any,
) -> list[int]:
    """Add and change questionnaires, checked already; the keys of those added, in order. "is_closed" among the values ends one, or opens it again."""
    at, keys = timezone.now(), []
    for values in added:
        is_closed = values.get("is_closed")
        said = {name: one for name, one in values.items() if name != "is_closed"}
        row = add_questionnaire(**said, by=by, change_set=change_set)
        if is_closed:
            Questionnaire.objects.filter(pk=row.pk).update(ended_at=at)
        keys.append(row.pk)
    there = Questionnaire.objects.in_bulk([key for key, _values in changed])
    given = [(key, _ended(values, there[key], at)) for key, values in changed if key in there]
    add_changes(change_set=change_set, changes=amend(Questionnaire, given, at=at))
    return keys


def _ended(values: Mapping[str, Any], row: Questionnaire, at: Any) -> dict[str, Any]:
    out = {name: value for name, value in values.items() if name != "is_closed"}
    if "is_closed" in values:
        out["ended_at"] = (row.ended_at or at) if values["is_closed"] else None
    return out


@transaction.atomic
def restore_questionnaires(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo questionnaires that came, changed or went, in the caller's transaction; those changed or answered since are kept."""
    kept: dict[int, str] = dict(search.bring_back(changes, by=by))
    for change in changes:
        if change.action == Change.Action.UPDATED and (reason := reset_row(change)):
            kept[change.key] = reason
        if change.action != Change.Action.CREATED:
            continue
        row = Questionnaire.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if row.responses.exists() or not is_as_it_came(row):
            kept[change.key] = "touched"
            continue
        row.delete()
        search.remove(KIND, [change.key])
    return kept
