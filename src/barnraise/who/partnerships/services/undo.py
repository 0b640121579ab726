"""Take back what an import or a mistake brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import bring_back, is_as_it_came, reset
from barnraise.plumbing.search import services as search

from ..models import Partnership, Rating, StageChange
from ..selectors import KIND, RATING, STAGE
from .reckon import reckon
from .remove import take_away
from .writing import follow


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added, changed and removed partnerships, and added or corrected stages and ratings, in the caller's transaction.

    A partnership that has come further since it was taken in is kept ("touched"); the first stage of one is kept too.
    """
    kept = dict(search.bring_back([one for one in changes if one.kind == KIND], by=by))
    for change in changes:
        if reason := _undone(change):
            kept[change.key] = reason
    reckon([change.key for change in changes if change.kind == KIND])
    return kept


def _undone(change: Change) -> str:
    """Why it stays as it is, "" when it was undone, or brought back with its histories already."""
    if change.action == Change.Action.UPDATED:
        return _reset(change)
    if change.action == Change.Action.REMOVED:
        return _rated_again(change) if change.kind == RATING else ""
    if change.kind == KIND:
        if _is_touched(change):
            return "touched"
        take_away([change.key])
        return ""
    model = StageChange if change.kind == STAGE else Rating
    line = model.objects.filter(pk=change.key).first()
    if line is None:
        return ""
    if model is StageChange and not line.partnership.stages.exclude(pk=line.pk).exists():
        return "touched"
    line.delete()
    follow([line.partnership_id], at=timezone.now())
    return ""


def _rated_again(change: Change) -> str:
    reason = bring_back(change)
    follow(Rating.objects.filter(pk=change.key).values_list("partnership", flat=True), at=timezone.now())
    return reason


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
