"""Take back sessions, evidence and scores that an import brought or changed, and bring back removed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import bring_all_back, is_as_it_came, reset_row
from barnraise.plumbing.search import services as search

from ..models import Need
from ..selectors import EVIDENCE, SESSION, citing


def restore_parts(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo these in the caller's transaction; what has come further since, or is cited, is kept."""
    kept = dict(bring_all_back(changes, by=by))
    indexed = [one.key for one in changes if one.kind == SESSION and one.key not in kept]
    for change in changes:
        model = apps.get_model(change.kind)
        row: Any = model._default_manager.filter(pk=change.key).first()
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
        elif change.action == Change.Action.CREATED and row is not None:
            if not is_as_it_came(row):
                kept[change.key] = "touched"
            elif change.kind == SESSION and citing(Ref.to(row)):
                kept[change.key] = "in_use"
            else:
                row.delete()
                if change.kind == EVIDENCE:
                    Need.objects.filter(pk=row.need_id).update(updated_at=timezone.now())
    if indexed:
        search.index(SESSION, indexed)
    return kept
