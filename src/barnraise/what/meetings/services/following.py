"""When organisations are merged or removed: who was asked and came follows, or goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes

from ..models import Attendance, Member

MERGED = "meetings.merged"
"""The kind under which a merge keeps what it did."""


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """Where `absorb` was asked `keep` was asked; where both were, what was noted of `keep` stands, or that `absorb` came."""
    there = {row.meeting_id: row for row in Attendance.objects.filter(organisation_id=keep.id)}
    moved, met = [], []
    for row in Attendance.objects.filter(organisation_id=absorb.id):
        other = there.get(row.meeting_id)
        if other is None:
            moved.append(row.pk)
            continue
        met.append([other.pk, other.state, other.people, row.meeting_id, row.state, row.people])
        if row.state == Attendance.State.CAME and other.state != Attendance.State.CAME:
            Attendance.objects.filter(pk=other.pk).update(state=row.state, people=row.people)
        row.delete()
    Attendance.objects.filter(pk__in=moved).update(organisation_id=keep.id)
    both = Member.objects.filter(organisation_id=keep.id).values("series_id")
    left = list(
        Member.objects.filter(organisation_id=absorb.id, series_id__in=both).values_list(
            "series_id", flat=True
        )
    )
    Member.objects.filter(organisation_id=absorb.id, series_id__in=left).delete()
    joined = list(Member.objects.filter(organisation_id=absorb.id).values_list("pk", flat=True))
    Member.objects.filter(pk__in=joined).update(organisation_id=keep.id)
    if moved or met or left or joined:
        stored = {"from": absorb.id, "moved": moved, "met": met, "left": left, "joined": joined}
        change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
        add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        Attendance.objects.filter(pk__in=stored["moved"]).update(organisation_id=stored["from"])
        for key, state, people, meeting, lost, heads in stored["met"]:
            Attendance.objects.filter(pk=key).update(state=state, people=people)
            Attendance.objects.create(
                meeting_id=meeting, organisation_id=stored["from"], state=lost, people=heads
            )
        Member.objects.filter(pk__in=stored["joined"]).update(organisation_id=stored["from"])
        Member.objects.bulk_create(
            [Member(series_id=key, organisation_id=stored["from"]) for key in stored["left"]]
        )
    return {}


@transaction.atomic
def let_go(ref: Ref, *, by: Any) -> None:
    """Forget where this organisation was asked and came."""
    Attendance.objects.filter(organisation_id=ref.id).delete()
    Member.objects.filter(organisation_id=ref.id).delete()
