"""When partners are merged or erased: thanks follow, or go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, forget_things

from ..models import Thanks
from .remove import take_away

MERGED = "recognition.merged"
"""The kind under which a merge keeps what it did."""


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """Thanks to `absorb` are thanks to `keep`."""
    rows = Thanks.objects.filter(organisation_id=absorb.id)
    moved = list(rows.values_list("pk", flat=True))
    if moved:
        rows.update(organisation_id=keep.id, updated_at=timezone.now())
        stored = {"from": absorb.id, "moved": moved}
        change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
        add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        rows = Thanks.objects.filter(pk__in=stored["moved"])
        rows.update(organisation_id=stored["from"], updated_at=timezone.now())
    return {}


@transaction.atomic
def let_go(ref: Ref, *, by: Any) -> None:
    """Forget thanks to this partner, and what the journal told of them."""
    keys = list(Thanks.objects.filter(organisation_id=ref.id).values_list("pk", flat=True))
    if keys:
        forget_things([Ref("recognition", "thanks", key) for key in keys])
        take_away(keys)
