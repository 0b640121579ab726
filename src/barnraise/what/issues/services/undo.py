"""Take back what an import brought or changed, or a resolution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came

from ..models import Issue
from .amend import ANSWERS, take_back
from .remove import take_away
from .resolve import unresolve


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo added and changed concerns and resolutions, in the caller's transaction. An added one that was changed since is kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Issue.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            if change.after or ANSWERS in (change.before or {}):
                if reason := take_back(change):
                    kept[change.key] = reason
            elif row.state == Issue.State.RESOLVED:
                unresolve(row)
        elif not is_as_it_came(row):
            kept[change.key] = "touched"
        else:
            take_away([row.pk])
    return kept
