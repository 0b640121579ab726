"""Take back projects, their parts, gifts and placements that an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import bring_back, is_as_it_came, reset_row
from barnraise.plumbing.search import services as search
from barnraise.plumbing.search.sockets import documents

from ..models import Project
from ..selectors import PROJECT

FINDS_ITS_PROJECT = ("projects.milestone", "projects.budgetline")
"""Kinds whose names find the project in search."""


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo created and changed projects in the caller's transaction; those that something hangs on, or changed since, are kept."""
    kept: dict[int, str] = {}
    for change in changes:
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            else:
                search.index(PROJECT, [change.key])
            continue
        try:
            with transaction.atomic():
                Project.objects.filter(pk=change.key).delete()
        except ProtectedError:
            kept[change.key] = "in_use"
            continue
        search.remove(PROJECT, [change.key])
    return kept


def restore_rows(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo parts, contributions and placements that came, changed or went, in the caller's transaction; those changed since or needed are kept."""
    kept = {change.key: _undone(change) for change in changes}
    return {key: reason for key, reason in kept.items() if reason}


def _undone(change: Change) -> str:
    """Why it stays as it is, "" when it was undone."""
    if change.action == Change.Action.REMOVED:
        reason = bring_back(change)
        return reason or _find_again(change)
    if change.action == Change.Action.UPDATED:
        reason = reset_row(change)
        return reason or _find_again(change)
    row: Any = apps.get_model(change.kind)._default_manager.filter(pk=change.key).first()
    if row is None:
        return ""
    if hasattr(row, "updated_at") and not is_as_it_came(row):
        return "touched"
    try:
        with transaction.atomic():
            row.delete()
            _find_again(change, row)
    except ProtectedError:
        return "in_use"
    return ""


def _find_again(change: Change, row: Any = None) -> str:
    """Search finds what is there, and projects by the names of their parts."""
    if change.kind in documents:
        search.index(change.kind, [change.key])
    elif change.kind in FINDS_ITS_PROJECT:
        there = row or apps.get_model(change.kind)._default_manager.get(pk=change.key)
        search.index(PROJECT, [there.project_id])
    return ""
