"""When organisations are merged or erased: the decision follows, or goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, forget_things, removal
from barnraise.plumbing.search import services as search

from ..models import Candidate
from ..selectors import KIND
from .remove import take_away

MERGED = "discovery.merged"
"""The kind under which a merge keeps what it did."""


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """What was decided about `absorb` is about `keep`; where both have a decision, that about `keep` counts."""
    row = Candidate.objects.filter(organisation_id=absorb.id).first()
    if row is None:
        return
    if Candidate.objects.filter(organisation_id=keep.id).exists():
        add_changes(change_set=change_set, changes=[removal(row)])
        take_away([row.pk])
        return
    Candidate.objects.filter(pk=row.pk).update(organisation_id=keep.id, updated_at=timezone.now())
    change = Change(kind=MERGED, key=row.pk, action=Change.Action.UPDATED, before={"from": absorb.id})
    add_changes(change_set=change_set, changes=[change])
    search.index(KIND, [row.pk])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        rows = Candidate.objects.filter(pk=change.key)
        rows.update(organisation_id=(change.before or {})["from"], updated_at=timezone.now())
        search.index(KIND, [change.key])
    return {}


@transaction.atomic
def let_go(ref: Ref, *, by: Any) -> None:
    """Forget what was decided about this organisation, and what the journal told of it."""
    keys = list(Candidate.objects.filter(organisation_id=ref.id).values_list("pk", flat=True))
    if keys:
        forget_things([Ref("discovery", "candidate", key) for key in keys])
        take_away(keys)
