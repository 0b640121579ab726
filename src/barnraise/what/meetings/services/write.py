"""Write many meetings at once: from a file, or for the sample town."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from barnraise.foundation.text import fold
from barnraise.plumbing.search import services as search

from ..faults import Item
from ..models import AgendaItem, Attendance, Meeting, Series
from ..selectors import KIND
from .series import counted_anew


@dataclass(frozen=True, slots=True)
class New:
    """A meeting to write, checked already; series, owner and organisations are keys. `came`: (organisation, state, people)."""

    title: str
    starts_at: datetime
    series: int | None = None
    ends_at: datetime | None = None
    place: str = ""
    notes: str = ""
    owner: int | None = None
    cites: str = ""
    held_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str = ""
    agenda: Sequence[Item] = ()
    came: Sequence[tuple[int, str, int]] = ()


def write(given: Sequence[New], *, by: Any, at: datetime, is_sample: bool = False) -> list[Meeting]:
    """Add these without a sentence, in the caller's transaction."""
    rows = Meeting.objects.bulk_create([_row(one, at, is_sample) for one in given])
    pairs = list(zip(rows, given, strict=True))
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(
                meeting=row,
                position=place,
                title=item.title,
                minutes=item.minutes,
                note=item.note,
                decided=item.decided,
            )
            for row, one in pairs
            for place, item in enumerate(one.agenda, 1)
        ]
    )
    Attendance.objects.bulk_create(
        [
            Attendance(meeting=row, organisation_id=body, state=state, people=people)
            for row, one in pairs
            for body, state, people in one.came
        ]
    )
    for series in Series.objects.filter(pk__in={one.series for one in given if one.series is not None}):
        counted_anew(series)
    search.index(KIND, [row.pk for row in rows])
    return rows


def _row(one: New, at: datetime, is_sample: bool) -> Meeting:
    return Meeting(
        series_id=one.series,
        title=one.title,
        title_folded=fold(one.title)[:200],
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        place=one.place,
        notes=one.notes,
        owner_id=one.owner,
        cites=one.cites,
        held_at=one.held_at,
        cancelled_at=one.cancelled_at,
        cancel_reason=one.cancel_reason,
        is_sample=is_sample,
        created_at=at,
        updated_at=at,
    )
