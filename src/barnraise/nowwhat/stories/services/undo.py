"""Take back what an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change

from ..models import Story
from .remove import take_away


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added stories, in the caller's transaction. One that was changed since is kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Story.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if row.updated_at != row.created_at:
            kept[change.key] = "touched"
        else:
            take_away([row.pk])
    return kept
