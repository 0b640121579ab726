"""When organisations are merged or erased: their places in waves follow, or go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes

from ..models import Member, Tie

MERGED = "network.merged"
"""The kind under which a merge keeps what it did."""


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """The places of `absorb` are those of `keep`; in a wave where both were asked, the place of `absorb` stays as it is.

    A place that stays would keep the absorbed organisation from going, so its ties are handed to the place of `keep`, as far
    as that has none, and it goes.
    """
    stored: dict[str, Any] = {"from": absorb.id, "members": []}
    now = timezone.now()
    for row in Member.objects.filter(organisation_id=absorb.id):
        other = Member.objects.filter(wave_id=row.wave_id, organisation_id=keep.id).first()
        if other is None:
            row.organisation_id, row.updated_at = keep.id, now
            row.save(update_fields=["organisation", "updated_at"])
            stored["members"].append(row.pk)
        else:
            _join(row, other)
    if stored["members"]:
        change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
        add_changes(change_set=change_set, changes=[change])


def _join(row: Member, other: Member) -> None:
    said = set(other.ties_out.values_list("taker_id", flat=True)) | {other.pk}
    told = set(other.ties_in.values_list("giver_id", flat=True)) | {other.pk}
    Tie.objects.filter(giver=row).exclude(taker_id__in=said).update(giver=other)
    Tie.objects.filter(taker=row).exclude(giver_id__in=told).update(taker=other)
    row.delete()


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`, as far as places were handed on whole."""
    for change in changes:
        stored = change.before or {}
        rows = Member.objects.filter(pk__in=stored["members"])
        rows.update(organisation_id=stored["from"], updated_at=timezone.now())
    return {}


@transaction.atomic
def let_go(ref: Ref, *, by: Any) -> None:
    """Its places go, with what it said and what was said of it."""
    Member.objects.filter(organisation_id=ref.id).delete()
