"""Take back what an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came, reset_row
from barnraise.plumbing.search import services as search

from ..models import Story
from ..selectors import KIND
from .remove import take_away


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added and changed stories, in the caller's transaction. One that was changed since is kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Story.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            search.index(KIND, [row.pk])
        elif not is_as_it_came(row):
            kept[change.key] = "touched"
        else:
            take_away([row.pk])
    return kept
