"""Take back what a change set did to figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change

from .. import figure_documents as documents
from ..models import Community, Figure, Measure


def restore_figures(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Created ones go, changed fields get their former values, removed ones are written again under their key.

    Returns by key why one was kept: "gone", "exists" (there again already), "orphaned" (its community or measure went).
    """
    kept: dict[int, str] = {}
    with transaction.atomic():
        for change in sorted(changes, key=lambda one: one.pk or 0, reverse=True):
            if change.key not in kept and (reason := _RESTORE[change.action](change)):
                kept[change.key] = reason
    return kept


def _take_back(change: Change) -> str:
    return "" if Figure.objects.filter(pk=change.key).delete()[0] else "gone"


def _put_back(change: Change) -> str:
    row = Figure.objects.filter(pk=change.key).first()
    if row is None:
        return "gone"
    documents.put(row, change.before or {})
    row.updated_at = timezone.now()
    row.save()
    return ""


def _write_again(change: Change) -> str:
    stored: dict[str, Any] = change.before or {}
    row = documents.again(change.key, stored)
    there = Figure.objects.filter(
        community=row.community_id,
        area=row.area,
        measure=row.measure_id,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        source=row.source,
    )
    if Figure.objects.filter(pk=change.key).exists() or there.exists():
        return "exists"
    has_community = row.community_id is None or Community.objects.filter(pk=row.community_id).exists()
    if not has_community or not Measure.objects.filter(pk=row.measure_id).exists():
        return "orphaned"
    row.save(force_insert=True)
    return ""


_RESTORE: dict[str, Callable[[Change], str]] = {
    Change.Action.CREATED: _take_back,
    Change.Action.UPDATED: _put_back,
    Change.Action.REMOVED: _write_again,
}
