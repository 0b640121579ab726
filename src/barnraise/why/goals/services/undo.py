"""Take back goals, objectives and indicators that an import brought or changed, and bring back removed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came, reset_row
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
