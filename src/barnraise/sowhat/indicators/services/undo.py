"""Take back numbers that an import brought, changed or took away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import bring_back, reset_row
from barnraise.plumbing.search import services as search

from ..models import Observation, Report
from ..selectors import REPORT
from .reports import let_follow


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo reports in the caller's transaction; the observations follow. Kept are those of locked periods, and those that the team or
    the partner wrote since."""
    kept: dict[int, str] = {}
    for change in changes:
        if reason := _undone(change, by):
            kept[change.key] = reason
    search.index(REPORT, [change.key for change in changes])
    return kept


def _undone(change: Change, by: Any) -> str:
    """Why it stays as it is, "" when it was undone."""
    if change.action == Change.Action.REMOVED:
        kept = (change.before or {})["rows"][0]["fields"]
        if _is_locked(kept["indicator"], date.fromisoformat(kept["begins_on"])):
            return "changed"
        if reason := bring_back(change):
            return reason
    row = Report.objects.filter(pk=change.key).select_related("indicator").first()
    if row is None:
        return "gone"
    if _is_locked(row.indicator_id, row.begins_on):
        return "changed"
    indicator, period = row.indicator, row.period
    if change.action == Change.Action.UPDATED and (reason := reset_row(change)):
        return reason
    if change.action == Change.Action.CREATED:
        if row.way != Report.Way.IMPORT:
            return "touched"
        row.delete()
    let_follow(indicator, period, by=by)
    return ""


def _is_locked(indicator: int, begins_on: date) -> bool:
    rows = Observation.objects.filter(indicator=indicator, begins_on=begins_on)
    return rows.filter(locked_at__isnull=False).exists()
