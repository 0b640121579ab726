"""Take back what an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came, reset_row
from barnraise.plumbing.search import services as search

from ..models import Mark, Milestone, Thanks
from ..selectors import KIND, MARK
from .remove import take_away


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added and changed thanks, in the caller's transaction. Those that were changed since are kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Thanks.objects.filter(pk=change.key).first()
        if row is not None and change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            search.index(KIND, [row.pk])
        elif row is not None and not is_as_it_came(row):
            kept[change.key] = "touched"
        elif row is not None:
            take_away([row.pk])
    return kept


@transaction.atomic
def restore_marks(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo marks that a file set or changed. Those changed since, of which a milestone was told, or that another one is like now, are kept."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Mark.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            step = (change.before or {}).get("step", row.step)
            alike = Mark.objects.filter(indicator=row.indicator_id, step=step, ended_at__isnull=True)
            reason = "in_use" if alike.exclude(pk=row.pk).exists() else reset_row(change)
        elif row.milestones.exclude(state=Milestone.State.NEW).exists():
            reason = "in_use"
        else:
            reason = "" if is_as_it_came(row) else "touched"
        if reason:
            kept[change.key] = reason
        elif change.action == Change.Action.UPDATED:
            search.index(MARK, [row.pk])
        else:
            search.remove(MARK, [row.pk])
            row.delete()
    return kept
