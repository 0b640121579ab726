"""Take back what an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change
from barnraise.why.goals.sockets import rows_changed

from ..models import Message, Reach
from .post import SOURCE
from .remove import take_away


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added messages, in the caller's transaction. One that was changed since is kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Message.objects.filter(pk=change.key).first()
        if row is not None and row.updated_at != row.created_at:
            kept[change.key] = "touched"
        elif row is not None:
            take_away([row.pk])
    return kept


@transaction.atomic
def restore_reaches(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added numbers of reach, in the caller's transaction. One that was changed since is kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Reach.objects.filter(pk=change.key).first()
        if row is not None and row.updated_at != row.created_at:
            kept[change.key] = "touched"
        elif row is not None:
            row.delete()
    rows_changed(SOURCE)
    return kept
