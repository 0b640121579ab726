"""When people are merged or erased: what they said follows, or goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes

from ..models import Consent, Standing
from .settle import settle

MERGED = "consent.standing"
"""The kind under which a merge keeps whose lines it took over."""


def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """What `absorb` said was said by `keep`; the latest word of both counts."""
    rows = Consent.objects.filter(person_id=absorb.id)
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return
    _let_be_of(keys, absorb.id, keep.id)
    stored = {"from": absorb.id, "lines": keys}
    change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
    add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        keys = list(
            Consent.objects.filter(pk__in=stored["lines"], person_id=change.key).values_list("pk", flat=True)
        )
        _let_be_of(keys, change.key, stored["from"])
    return {}


def _let_be_of(keys: Sequence[int], was: int, now: int) -> None:
    rows = Consent.objects.filter(pk__in=keys)
    about = set(rows.values_list("purpose_id", "channel"))
    Standing.objects.filter(person_id=was, last_id__in=keys).delete()
    rows.update(person_id=now, updated_at=timezone.now())
    settle((person, purpose, channel) for person in (was, now) for purpose, channel in about)


def let_go(ref: Ref, *, by: Any) -> None:
    """Forget all that a person said."""
    Standing.objects.filter(person_id=ref.id).delete()
    Consent.objects.filter(person_id=ref.id).delete()
