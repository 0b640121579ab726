"""Take back what an import or a mistake brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came, reset
from barnraise.plumbing.search import services as search

from ..models import Partnership, Rating, StageChange
from ..selectors import KIND, STAGE
from .reckon import reckon
from .remove import take_away
from .writing import follow


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added, changed and removed partnerships, and added or corrected stages and ratings, in the caller's transaction.

    A partnership that has come further since it was taken in is kept ("touched"); the first stage of one is kept too.
    """
    kept = dict(search.bring_back(changes, by=by))
    for change in changes:
        if change.action == Change.Action.UPDATED:
            if reason := _reset(change):
                kept[change.key] = reason
            continue
        if change.action != Change.Action.CREATED:
            continue
        if change.kind == KIND:
            if _is_touched(change):
                kept[change.key] = "touched"
            else:
                take_away([change.key])
            continue
        model = StageChange if change.kind == STAGE else Rating
        line = model.objects.filter(pk=change.key).first()
        if line is None:
            continue
        if model is StageChange and not line.partnership.stages.exclude(pk=line.pk).exists():
            kept[change.key] = "touched"
            continue
        line.delete()
        follow([line.partnership_id], at=timezone.now())
    reckon([change.key for change in changes if change.kind == KIND])
    return kept


def _reset(change: Change) -> str:
    model: Any = {KIND: Partnership, STAGE: StageChange}[change.kind]
    row = model.objects.select_for_update().filter(pk=change.key).first()
    if row is None:
        return "gone"
    reason = reset(change, row)
    if not reason and isinstance(row, StageChange):
        follow([row.partnership_id], at=timezone.now())
    elif not reason:
        Partnership.objects.filter(pk=row.pk).update(updated_at=timezone.now())
        search.index(KIND, [row.pk])
    return reason


def _is_touched(change: Change) -> bool:
    row = Partnership.objects.filter(pk=change.key).first()
    return row is not None and (not is_as_it_came(row) or row.stages.count() > 1)
