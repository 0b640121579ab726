"""Change, close and cancel many meetings at once, as a file says it, and take that back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import fields_of, reset_row, update
from barnraise.plumbing.search import services as search

from ..faults import Item
from ..models import Attendance, Meeting, Series
from ..selectors import KIND, attendances_of, items_of
from .plan import write_items
from .series import counted_anew

PARTS = ("items", "attendances")
"""Beside the fields of a change: the agenda and who came, as they were and became."""


@dataclass(frozen=True, slots=True)
class Amended:
    """What becomes of a meeting that is open, checked already: fields, an agenda anew, organisations that came or are asked besides."""

    values: Mapping[str, Any]
    agenda: Sequence[Item] | None = None
    came: Sequence[int] = ()


def amend_meetings(given: Sequence[tuple[int, Amended]], *, at: datetime) -> list[Change]:
    """Set these without a sentence, in the caller's transaction; the changes for an undo. Those that are gone are passed over."""
    rows = Meeting.objects.select_for_update().in_bulk([key for key, _one in given])
    found, series = [], set()
    for key, one in given:
        if (row := rows.get(key)) is None:
            continue
        before, parts, was = fields_of(row), _parts(row), row.series_id
        for name, value in one.values.items():
            setattr(row, name, value)
        row.title_folded = fold(row.title)[:200]
        if one.agenda is not None:
            write_items(row, one.agenda)
        _come(row, one.came, at)
        after = _parts(row)
        change = update(row, before)
        if change is None and after == parts:
            continue
        row.updated_at = at
        row.save()
        kept = change or Change(kind=KIND, key=key, action=Change.Action.UPDATED, before={}, after={})
        if after != parts:
            kept.before, kept.after = {**(kept.before or {}), **parts}, {**(kept.after or {}), **after}
        found.append(kept)
        series.update({was, row.series_id})
    _count(series)
    search.index(KIND, [change.key for change in found])
    return found


def _come(row: Meeting, bodies: Sequence[int], at: datetime) -> None:
    there = {one.organisation_id: one for one in Attendance.objects.filter(meeting=row)}
    is_past = row.starts_at <= at
    for body in dict.fromkeys(bodies):
        known = there.get(body)
        if known is None:
            known = Attendance(meeting=row, organisation_id=body)
        elif not is_past or known.state == Attendance.State.CAME:
            continue
        known.state = Attendance.State.CAME if is_past else Attendance.State.INVITED
        known.people = 1 if is_past else 0
        known.save()


def _parts(row: Meeting) -> dict[str, Any]:
    """Agenda and attendance as JSON values."""
    items = [[one.title, one.minutes, one.note, one.decided] for one in items_of(row)]
    came = sorted([one.organisation_id, one.state, one.people] for one in attendances_of(row))
    return {"items": items, "attendances": came}


def _count(keys: set[int | None]) -> None:
    for series in Series.objects.filter(pk__in=[key for key in keys if key is not None]):
        counted_anew(series)


def take_back(change: Change) -> str:
    """Undo one of `amend_meetings`, in the caller's transaction; a short code when somebody went on with it since."""
    row = Meeting.objects.filter(pk=change.key).first()
    if row is None:
        return "gone"
    before, after = dict(change.before or {}), dict(change.after or {})
    parts = {name: before.pop(name) for name in PARTS if name in before}
    became = {name: after.pop(name) for name in PARTS if name in after}
    if became and _parts(row) != became:
        return "touched"
    was = row.series_id
    if after:
        kept = Change(kind=KIND, key=change.key, action=change.action, before=before, after=after)
        if reason := reset_row(kept):
            return reason
    else:
        Meeting.objects.filter(pk=row.pk).update(updated_at=timezone.now())
    if parts:
        write_items(row, [Item(*one) for one in parts["items"]])
        Attendance.objects.filter(meeting=row).delete()
        Attendance.objects.bulk_create(
            [
                Attendance(meeting=row, organisation_id=body, state=state, people=people)
                for body, state, people in parts["attendances"]
            ]
        )
    row.refresh_from_db()
    _count({was, row.series_id})
    search.index(KIND, [row.pk])
    return ""
