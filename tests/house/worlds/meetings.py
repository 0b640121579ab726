"""Meetings of the small world."""

from __future__ import annotations

from typing import Any

from .finding import named

ORDER = 52
EXAMPLES = {
    "meetings:uuid": named("meetings.Meeting", "uuid", title="World table"),
    "meetings:key": named("meetings.Meeting", "pk", title="World table"),
    "meetings:attendance_by_key:key": named("meetings.Attendance", "pk"),
    "meetings:series_by_key:key": named("meetings.Series", "pk", name="World round"),
    "meetings:series:uuid": named("meetings.Series", "uuid", name="World round"),
    "meetings:change_series:uuid": named("meetings.Series", "uuid", name="World round"),
    "meetings:end_series:uuid": named("meetings.Series", "uuid", name="World round"),
    "meetings:resume_series:uuid": named("meetings.Series", "uuid", name="World round"),
    "meetings:remove_series:uuid": named("meetings.Series", "uuid", name="World round"),
}


def build(people: dict[str, Any]) -> None:
    """A series that is due, and a meeting of another one with its agenda, who came and what was promised."""
    from datetime import timedelta

    from django.utils import timezone

    from barnraise.what.meetings.faults import Item
    from barnraise.what.meetings.services import add_action, add_series, note_attendance, plan_meeting
    from barnraise.who.organisations.models import Organisation

    bob = people["bob"]
    partner = Organisation.objects.filter(is_own=False).order_by("pk")[0]
    add_series(by=bob, name="World round", cadence_days=30, organisations=[partner])
    agenda = [Item("World point", 10, "World words", "World rule")]
    row = plan_meeting(
        by=bob, title="World table", starts_at=timezone.now() - timedelta(hours=2), agenda=agenda
    )
    note_attendance(row, by=bob, came={partner: ("came", 2)})
    add_action(row, by=bob, what="World keys", due_on=timezone.localdate())
