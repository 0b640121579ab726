"""Take back what an import brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came, reset_row
from barnraise.plumbing.search import services as search

from ..models import Thanks
from ..selectors import KIND
from .remove import take_away


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added and changed thanks, in the caller's transaction. Those that were changed since are kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Thanks.objects.filter(pk=change.key).first()
        if row is not None and change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            search.index(KIND, [row.pk])
        elif row is not None and not is_as_it_came(row):
            kept[change.key] = "touched"
        elif row is not None:
            take_away([row.pk])
    return kept
