"""The list of events goes out with what a file of events brings in, and comes in again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.what.events import lists
from barnraise.what.events.models import Event
from barnraise.what.events.services import cancel_event, plan_event

pytestmark = pytest.mark.django_db


def test_a_list_of_events_comes_in_again_and_changes_what_was_changed_in_it(exports, takes, alice):
    begin = timezone.localtime().replace(hour=17, minute=30, second=0, microsecond=0) + timedelta(days=9)
    for title, lasts in (("Soup evening", timedelta(hours=2)), ("Camp", timedelta(days=2))):
        plan_event(
            by=alice,
            title=title,
            kind="workshop",
            starts_at=begin,
            ends_at=begin + lasts,
            place="Hall",
            about="Bring a spoon",
        )
    cancel_event(Event.objects.get(title="Camp"), by=alice, reason="Flood")
    before = list(Event.objects.order_by("pk").values("title", "starts_at", "ends_at", "place", "about"))
    rows = exports("/what/events/", lists.events)
    assert {row["From (time of day)"] for row in rows} == {"17:30"}
    again = takes("events", rows)
    assert (again["counts"], again["why"]) == ((0, 0), [])
    assert (
        list(Event.objects.order_by("pk").values("title", "starts_at", "ends_at", "place", "about")) == before
    )
    camp = next(row for row in rows if row["Title"] == "Camp")
    assert (camp["How it ended"], camp["Why it was cancelled, or what came of it"]) == ("Cancelled", "Flood")
    changed = takes("events", [{**row, "Place": "Library"} for row in rows if row["Title"] != "Camp"])
    assert (changed["counts"], changed["why"]) == ((0, 1), [])
    assert Event.objects.get(title="Soup evening").place == "Library"
    takes.undo(changed)
    assert (
        list(Event.objects.order_by("pk").values("title", "starts_at", "ends_at", "place", "about")) == before
    )
