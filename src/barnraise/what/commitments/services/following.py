"""When parties are merged or erased: promises follow, or go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, forget_things

from ..models import Commitment
from .remove import take_away

MERGED = "commitments.merged"
"""The kind under which a merge keeps what it did."""
SIDES = {"organisation": ("organisation_id", "to_organisation_id"), "person": ("person_id",)}


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """Promises by and to `absorb` are by and to `keep`; what the two promised each other stands between it and itself."""
    stored: dict[str, Any] = {"model": keep.model, "from": absorb.id}
    now = timezone.now()
    for column in SIDES[keep.model]:
        rows = Commitment.objects.filter(**{column: absorb.id})
        stored[column] = list(rows.values_list("pk", flat=True))
        rows.update(**{column: keep.id}, updated_at=now)
    if any(stored[name] for name in SIDES[keep.model]):
        change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
        add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    now = timezone.now()
    for change in changes:
        stored = change.before or {}
        for column in SIDES[stored["model"]]:
            rows = Commitment.objects.filter(pk__in=stored[column])
            rows.update(**{column: stored["from"]}, updated_at=now)
    return {}


@transaction.atomic
def let_go(ref: Ref, *, by: Any) -> None:
    """Forget promises by and to this thing, and what the journal told of them."""
    found = Q()
    for column in SIDES[ref.model]:
        found |= Q(**{column: ref.id})
    keys = list(Commitment.objects.filter(found).values_list("pk", flat=True))
    if keys:
        forget_things([Ref("commitments", "commitment", key) for key in keys])
        take_away(keys)
