"""When whoever said something is merged or erased: comments follow, or go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, forget_things

from ..models import Comment
from .gather import take_away

MERGED = "feedback.merged"
"""The kind under which a merge keeps what it did."""


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """What `absorb` said was said by `keep`."""
    rows = Comment.objects.filter(said_by=str(absorb))
    keys = list(rows.values_list("pk", flat=True))
    if keys:
        rows.update(said_by=str(keep), updated_at=timezone.now())
        stored = {"from": str(absorb), "comments": keys}
        change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
        add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        rows = Comment.objects.filter(pk__in=stored["comments"])
        rows.update(said_by=stored["from"], updated_at=timezone.now())
    return {}


@transaction.atomic
def let_go(ref: Ref, *, by: Any) -> None:
    """Their words go, and what the journal told of them."""
    keys = list(Comment.objects.filter(said_by=str(ref)).values_list("pk", flat=True))
    if keys:
        forget_things([Ref("feedback", "comment", key) for key in keys])
        take_away(keys)
