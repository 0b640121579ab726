"""Write and amend many series and attendances at once, as a file says it, and take that back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, is_as_it_came, reset_row
from barnraise.plumbing.search import services as search

from ..models import Attendance, Meeting, Member, Series
from ..selectors import ATTENDANCE, MEMBER, SERIES


@dataclass(frozen=True, slots=True)
class NewSeries:
    """Meetings that come round, checked already; `organisations` are keys of those that are asked to each."""

    values: Mapping[str, Any]
    organisations: Sequence[int] = ()


def write_series(given: Sequence[NewSeries], *, at: datetime) -> tuple[list[Series], list[Change]]:
    """Begin these without a sentence, in the caller's transaction; the changes for an undo."""
    rows, changes = [], []
    for one in given:
        row = Series(**{"starts_on": timezone.localdate(at), **one.values}, created_at=at, updated_at=at)
        row.name_folded = fold(row.name)[:200]
        row.set_due()
        row.save(force_insert=True)
        rows.append(row)
        changes.append(Change(kind=SERIES, key=row.pk, action=Change.Action.CREATED))
        ask_besides(row.pk, one.organisations)
    search.index(SERIES, [row.pk for row in rows])
    return rows, changes


def amend_series(given: Sequence[tuple[int, NewSeries]], *, at: datetime) -> list[Change]:
    """Set these fields without a sentence and ask these organisations besides, in the caller's transaction; the changes for an undo."""

    def follow(row: Series) -> None:
        row.name_folded = fold(row.name)[:200]
        row.set_due()

    changes = amend(Series, [(key, one.values) for key, one in given], at=at, settle=follow)
    for key, one in given:
        if made := ask_besides(key, one.organisations):
            Series.objects.filter(pk=key).update(updated_at=at)
            changes += [Change(kind=MEMBER, key=row.pk, action=Change.Action.CREATED) for row in made]
    search.index(SERIES, [change.key for change in changes if change.kind == SERIES])
    return changes


def ask_besides(series: int, bodies: Sequence[int]) -> list[Member]:
    """These organisations are asked to each meeting, too; those that were not yet, in the caller's transaction."""
    there = set(Member.objects.filter(series=series).values_list("organisation_id", flat=True))
    rows = [Member(series_id=series, organisation_id=key) for key in dict.fromkeys(bodies)]
    return Member.objects.bulk_create([row for row in rows if row.organisation_id not in there])


@transaction.atomic
def restore_series(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo series that a file began or changed. Those changed since, that have meetings, or whose name before another has taken, are kept."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Series.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            name = (change.before or {}).get("name_folded")
            taken = Series.objects.filter(name_folded=name).exclude(pk=row.pk).exists()
            reason = "in_use" if taken else reset_row(change)
        elif Meeting.objects.filter(series=row).exists():
            reason = "in_use"
        else:
            reason = "" if is_as_it_came(row) else "touched"
        if reason:
            kept[change.key] = reason
        elif change.action == Change.Action.UPDATED:
            row.refresh_from_db()
            row.set_due()
            row.save(update_fields=["next_due_on"])
            search.index(SERIES, [row.pk])
        else:
            search.remove(SERIES, [row.pk])
            row.delete()
    return kept


@transaction.atomic
def restore_members(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Organisations that a file asked to a series besides are asked no more."""
    Member.objects.filter(pk__in=[change.key for change in changes]).delete()
    return {}


@dataclass(frozen=True, slots=True)
class NewAttendance:
    """Whether an organisation came to a meeting that is open, checked already."""

    meeting: int
    organisation: int
    state: str
    people: int


def write_attendances(
    given: Sequence[NewAttendance], *, at: datetime
) -> tuple[list[Attendance], list[Change]]:
    """Note these without a sentence, in the caller's transaction; the changes for an undo."""
    rows = Attendance.objects.bulk_create(
        Attendance(
            meeting_id=one.meeting, organisation_id=one.organisation, state=one.state, people=one.people
        )
        for one in given
    )
    _touch({one.meeting for one in given}, at)
    changes = [
        Change(kind=ATTENDANCE, key=row.pk, action=Change.Action.CREATED, after=_said(row)) for row in rows
    ]
    return rows, changes


def amend_attendances(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set "state" and "people" of these, checked already, in the caller's transaction; the changes for an undo.

    Those of meetings that were closed or cancelled meanwhile stay.
    """
    ours = Attendance.objects.filter(pk__in=[key for key, _values in given]).select_related("meeting")
    meeting_of = {row.pk: row.meeting for row in ours}
    free = [(key, values) for key, values in given if key in meeting_of and meeting_of[key].is_open]
    changes = amend(Attendance, free, at=at)
    _touch({meeting_of[change.key].pk for change in changes}, at)
    return changes


def _said(row: Attendance) -> dict[str, Any]:
    return {"state": row.state, "people": row.people}


def _touch(keys: set[int], at: datetime) -> None:
    Meeting.objects.filter(pk__in=keys).update(updated_at=at)


@transaction.atomic
def restore_attendances(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo what a file noted of who came; what was noted otherwise since, and of meetings that are over, is kept."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Attendance.objects.select_related("meeting").filter(pk=change.key).first()
        if row is None:
            continue
        if not row.meeting.is_open:
            kept[change.key] = "touched"
        elif change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
        elif _said(row) != change.after:
            kept[change.key] = "touched"
        else:
            row.delete()
        if change.key not in kept:
            _touch({row.meeting_id}, timezone.now())
    return kept
