"""Take back goals, objectives and indicators that an import brought or changed, and bring back removed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import bring_back, is_as_it_came, reset_row
from barnraise.plumbing.search import services as search

from ..models import Goal, Indicator, Objective
from ..selectors import GOAL, INDICATOR, OBJECTIVE

MODELS: Mapping[str, Any] = {GOAL: Goal, OBJECTIVE: Objective, INDICATOR: Indicator}


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo created, changed and removed rows in the caller's transaction.

    What something hangs on, or somebody changed since, is kept.
    """
    kept = dict(search.bring_back(changes, by=by))
    for change in changes:
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            else:
                search.index(change.kind, [change.key])
            continue
        if change.action != Change.Action.CREATED:
            continue
        row = MODELS[change.kind].objects.filter(pk=change.key).first()
        if row is None:
            continue
        if not is_as_it_came(row):
            kept[change.key] = "touched"
            continue
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError:
            kept[change.key] = "in_use"
            continue
        search.remove(change.kind, [change.key])
    return kept


def restore_rows(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo endorsements, boxes and arrows that came, changed or went, in the caller's transaction; what somebody changed since is kept."""
    kept = {change.key: _undone(change) for change in changes}
    return {key: reason for key, reason in kept.items() if reason}


def _undone(change: Change) -> str:
    """Why it stays as it is, "" when it was undone."""
    if change.action == Change.Action.REMOVED:
        return bring_back(change)
    if change.action == Change.Action.UPDATED:
        return reset_row(change)
    row: Any = apps.get_model(change.kind)._default_manager.filter(pk=change.key).first()
    if row is not None and hasattr(row, "updated_at") and not is_as_it_came(row):
        return "touched"
    if row is not None:
        row.delete()
    return ""
