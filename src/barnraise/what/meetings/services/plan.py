"""Plan a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import Item, guest_faults, item_faults, meeting_faults
from ..models import AgendaItem, Attendance, Meeting, Series
from ..selectors import KIND, one_by_key


def plan_meeting(
    *,
    by: Any,
    starts_at: datetime,
    title: str = "",
    series: Series | None = None,
    ends_at: datetime | None = None,
    place: str = "",
    owner: Any = None,
    cites: str = "",
    is_shared: bool = True,
    agenda: Sequence[Item] = (),
    organisations: Sequence[Any] | None = None,
) -> Meeting:
    """A new meeting, with its agenda and who is asked; the members of its series where `organisations` is None. Title and place
    are those of the series where they are left out. Raises ValidationError by field; then nothing is written.
    """
    now = timezone.now()
    if series is not None and series.ended_on is not None:
        raise ValidationError({"series": _("These meetings have ended: take the series up again first.")})
    row = Meeting(
        series=series,
        title=squeeze(title) or (series.name if series else ""),
        starts_at=starts_at,
        ends_at=ends_at,
        place=squeeze(place) or (series.place if series else ""),
        owner=owner,
        cites=cites,
        is_shared=is_shared,
        created_at=now,
        updated_at=now,
    )
    refuse([*meeting_faults(row), *item_faults(agenda), *guest_faults(organisations or ())])
    row.title_folded = fold(row.title)[:200]
    with transaction.atomic():
        row.save(force_insert=True)
        write_items(row, agenda)
        guests = [one.pk for one in organisations] if organisations is not None else _members(series)
        Attendance.objects.bulk_create(
            [Attendance(meeting=row, organisation_id=key) for key in dict.fromkeys(guests)]
        )
        record(by=by, verb="meetings.planned", about=told(row))
        search.index(KIND, [row.pk])
    return one_by_key(row.pk)


def _members(series: Series | None) -> list[int]:
    return list(series.members.values_list("organisation_id", flat=True)) if series is not None else []


def write_items(row: Meeting, agenda: Sequence[Item]) -> None:
    """The agenda anew, in the caller's transaction."""
    AgendaItem.objects.filter(meeting=row).delete()
    AgendaItem.objects.bulk_create(
        [
            AgendaItem(
                meeting=row,
                position=at,
                title=squeeze(one.title),
                minutes=one.minutes,
                note=one.note.strip(),
                decided=one.decided.strip(),
            )
            for at, one in enumerate(agenda, 1)
        ]
    )


def told(row: Meeting) -> list[Any]:
    """What a sentence about a meeting is about: the meeting first, then its series."""
    return [row, *([row.series] if row.series is not None else [])]
