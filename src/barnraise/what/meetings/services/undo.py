"""Take back what an import brought or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came

from ..models import Meeting
from ..selectors import actions_of
from .amend import take_back
from .remove import take_away
from .series import counted_anew


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added and changed meetings, in the caller's transaction. One that was changed since, or at which something was promised, is kept."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Meeting.objects.select_related("series").filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            if reason := take_back(change):
                kept[change.key] = reason
            continue
        if not is_as_it_came(row) or actions_of(row).exists():
            kept[change.key] = "touched"
        else:
            take_away([row.pk])
            counted_anew(row.series)
    return kept
