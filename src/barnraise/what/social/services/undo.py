"""Take back what an import brought or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came, reset_row
from barnraise.why.goals.sockets import rows_changed

from ..models import Message, Reach
from .amend import take_back, take_back_variant
from .post import SOURCE
from .remove import take_away


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added and changed messages, in the caller's transaction. One that was changed since is kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        if change.action == Change.Action.UPDATED:
            if reason := take_back(change):
                kept[change.key] = reason
            continue
        row = Message.objects.filter(pk=change.key).first()
        if row is not None and not is_as_it_came(row):
            kept[change.key] = "touched"
        elif row is not None:
            take_away([row.pk])
    return kept


@transaction.atomic
def restore_variants(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo changed variants, in the caller's transaction. One that was changed since is kept ("touched")."""
    found = {change.key: take_back_variant(change) for change in changes}
    return {key: reason for key, reason in found.items() if reason}


@transaction.atomic
def restore_reaches(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added and changed numbers of reach, in the caller's transaction. One that was changed since is kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            continue
        row = Reach.objects.filter(pk=change.key).first()
        if row is not None and not is_as_it_came(row):
            kept[change.key] = "touched"
        elif row is not None:
            row.delete()
    rows_changed(SOURCE)
    return kept
