"""Take back what an import brought, or an outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came, reset_row

from ..models import Commitment
from .remove import take_away
from .settle import unsettle


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added and changed promises and outcomes, in the caller's transaction. An added one that was changed since is kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Commitment.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            if change.after:
                if reason := reset_row(change):
                    kept[change.key] = reason
            elif row.settled:
                unsettle(row)
        elif not is_as_it_came(row):
            kept[change.key] = "touched"
        else:
            take_away([row.pk])
    return kept
