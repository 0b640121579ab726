"""Take back assessments, sessions, evidence and scores that an import brought or changed, and bring back removed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import bring_all_back, is_as_it_came, reset_row
from barnraise.plumbing.search import services as search

from ..models import Need, Session
from ..selectors import CYCLE, EVIDENCE, SESSION, citing


def restore_parts(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo these in the caller's transaction; what has come further since, or is cited, is kept."""
    kept = dict(bring_all_back(changes, by=by))
    for change in changes:
        model = apps.get_model(change.kind)
        row: Any = model._default_manager.filter(pk=change.key).first()
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
        elif change.action == Change.Action.CREATED and row is not None:
            if not is_as_it_came(row):
                kept[change.key] = "touched"
            elif _is_needed(change.kind, row):
                kept[change.key] = "in_use"
            else:
                row.delete()
                if change.kind == EVIDENCE:
                    Need.objects.filter(pk=row.need_id).update(updated_at=timezone.now())
    for kind in {change.kind for change in changes} & {SESSION, CYCLE}:
        search.index(kind, [one.key for one in changes if one.kind == kind and one.key not in kept])
    return kept


def _is_needed(kind: str, row: Any) -> bool:
    """Whether needs or sessions hang on it."""
    if kind == CYCLE:
        return bool(row.needs.exists() or Session.objects.filter(cycle=row).exists())
    return kind == SESSION and bool(citing(Ref.to(row)))
