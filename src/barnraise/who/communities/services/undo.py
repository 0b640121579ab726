"""Take back what a change set did to communities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.search import services as search

from ..figure_documents import again
from ..models import Community, Figure, Headcount, Identifier, Measure
from ..selectors import KIND, in_the_way
from .boundaries import set_boundary


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo created (remove) and removed (write again) communities. Returns by key why one was kept: "in_use", "gone", "exists"."""
    kept: dict[int, str] = {}
    with transaction.atomic():
        for change in sorted(changes, key=lambda one: one.key, reverse=True):
            reason = _take_back(change) if change.action == Change.Action.CREATED else _write_again(change)
            if reason:
                kept[change.key] = reason
    return kept


def _take_back(change: Change) -> str:
    row = Community.objects.filter(pk=change.key).first()
    if row is None:
        return "gone"
    has_facts = row.figures.exists() or row.headcounts.exists()
    if has_facts or Community.objects.filter(parent=row).exists() or in_the_way(row.pk):
        return "in_use"
    row.delete()
    search.remove(KIND, [change.key])
    return ""


def _write_again(change: Change) -> str:
    stored: dict[str, Any] = change.before or {}
    if Community.objects.filter(pk=change.key).exists():
        return "exists"
    parent = Community.objects.filter(pk=stored["parent_id"]).first() if stored["parent_id"] else None
    now = timezone.now()
    row = Community(
        pk=change.key,
        uuid=stored["uuid"],
        name=stored["name"],
        name_folded=fold(stored["name"])[:200],
        kind=stored["kind"],
        parent=parent,
        description=stored["description"],
        boundary_source=stored["boundary_source"],
        is_sample=stored["is_sample"],
        created_at=datetime.fromisoformat(stored["created_at"]),
        updated_at=now,
    )
    set_boundary(row, stored["boundary"])
    row.save(force_insert=True)
    Headcount.objects.bulk_create(
        Headcount(
            community=row,
            **{**one, "created_at": datetime.fromisoformat(one["created_at"])},
            updated_at=now,
        )
        for one in stored["headcounts"]
    )
    _parts_again(row, stored)
    search.index(KIND, [row.pk])
    return ""


def _parts_again(row: Community, stored: dict[str, Any]) -> None:
    """Identifiers that no other community was given since, and the figures whose measures are still there."""
    for scheme, value in stored.get("identifiers", []):
        if not Identifier.objects.filter(scheme=scheme, value=value).exists():
            Identifier.objects.create(community=row, scheme=scheme, value=value)
    figures = stored.get("figures", [])
    measures = set(
        Measure.objects.filter(pk__in={one["measure"] for one in figures}).values_list("pk", flat=True)
    )
    there = set(Figure.objects.filter(pk__in=[one["key"] for one in figures]).values_list("pk", flat=True))
    for one in figures:
        if one["measure"] in measures and one["key"] not in there:
            again(one["key"], {**one, "community": row.pk}).save(force_insert=True)
