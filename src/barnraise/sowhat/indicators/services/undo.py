"""Take back numbers that an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from barnraise.plumbing.journal.models import Change

from ..models import Observation, Report
from .reports import let_follow


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo created reports in the caller's transaction; those of locked periods are kept."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Report.objects.filter(pk=change.key).select_related("indicator").first()
        if row is None:
            kept[change.key] = "gone"
            continue
        there = Observation.objects.filter(indicator=row.indicator, begins_on=row.begins_on)
        if there.filter(locked_at__isnull=False).exists():
            kept[change.key] = "changed"
            continue
        indicator, period = row.indicator, row.period
        row.delete()
        let_follow(indicator, period, by=by)
    return kept
