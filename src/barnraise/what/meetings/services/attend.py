"""Note which organisations came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.ui.faults import refuse

from ..faults import came_faults, guest_faults
from ..models import Attendance, Meeting
from ..selectors import attendances_of
from .change import open_row
from .plan import told

FALLS = {"invited", "excused", "absent"}


def note_attendance(meeting: Meeting, *, by: Any, came: Mapping[Any, tuple[str, int]]) -> Meeting:
    """`came` gives, by organisation, its state and with how many people; who is not named stays as noted.

    Who was not asked is added. Raises ValidationError at "attendance"; then nothing is written.
    """
    with transaction.atomic():
        row = open_row(meeting)
        refuse(guest_faults(list(came)))
        refuse(
            [fault for one, (state, people) in came.items() for fault in came_faults(state, people, str(one))]
        )
        there = {one.organisation_id: one for one in attendances_of(row)}
        for body, (state, people) in came.items():
            known = there.get(body.pk) or Attendance(meeting=row, organisation=body)
            known.state, known.people = state, 0 if state in FALLS else people
            known.save()
        row.updated_at = timezone.now()
        row.save(update_fields=["updated_at"])
        record(by=by, verb="meetings.attendance_noted", about=told(row))
    return row
