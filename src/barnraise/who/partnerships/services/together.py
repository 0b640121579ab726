"""One change to many partnerships: what the list's bulk actions do. Each returns how many rows it changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.tags import services as tags

from ..models import Partnership
from ..selectors import KIND


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True))


def tag_together(rows: QuerySet[Any], *, names: Sequence[str], by: Any, change_set: ChangeSet | None) -> int:
    """Add these tags to all; how many tags that makes."""
    return tags.tag_many(kind=KIND, keys=_keys(rows), names=names, by=by, change_set=change_set)


def untag_together(
    rows: QuerySet[Any], *, names: Sequence[str], by: Any, change_set: ChangeSet | None
) -> int:
    """Take these tags off all; how many tags that was."""
    return tags.untag_many(kind=KIND, keys=_keys(rows), names=names, by=by, change_set=change_set)


def own_together(rows: QuerySet[Any], *, owner: int | None, by: Any, change_set: ChangeSet | None) -> int:
    """Give the relation with all of them to one account, or to nobody, in the caller's transaction."""
    found = Partnership.objects.select_for_update().filter(pk__in=_keys(rows))
    before = {key: had for key, had in found.values_list("pk", "owner_id") if had != owner}
    Partnership.objects.filter(pk__in=before).update(owner_id=owner, updated_at=timezone.now())
    if change_set is not None:
        changes = [
            Change(
                kind=KIND,
                key=key,
                action=Change.Action.UPDATED,
                before={"owner": had},
                after={"owner": owner},
            )
            for key, had in before.items()
        ]
        add_changes(change_set=change_set, changes=changes)
    return len(before)
