"""Meetings for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.what.commitments.models import Commitment
from barnraise.what.meetings.models import Meeting, Series

pytestmark = pytest.mark.django_db


def test_created_changed_filtered_refused_and_ended_by_api(asks, pantry, library, alice, bob, vera):
    send = asks(bob)
    given = {
        "name": "Food table",
        "cadence_days": 30,
        "owner": "bob@example.org",
        "organisations": [str(pantry.uuid)],
    }
    assert asks(vera)("POST", "/meeting-series", given)[0] == 403
    for wrong, field in (
        ({"name": ""}, "name"),
        ({"cadence_days": 0}, "cadence_days"),
        ({"owner": "eve@example.org"}, "owner"),
        ({"organisations": ["00000000-0000-4000-8000-000000000000"]}, "organisations"),
    ):
        status, problem = send("POST", "/meeting-series", {**given, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Series.objects.exists()
    status, series = send("POST", "/meeting-series", given)
    today = timezone.localdate().isoformat()
    assert (status, series["next_due_on"], series["owner"]) == (201, today, "bob@example.org")
    around = f"/meeting-series/{series['id']}"
    assert send("PATCH", around, {"cadence_days": None})[1]["next_due_on"] is None
    assert send("PATCH", around, {"cadence_days": 91})[1]["cadence_days"] == 91
    begins = (timezone.now() - timedelta(days=2)).isoformat()
    meeting = {"series": series["id"], "starts_at": begins, "agenda": [{"title": "Numbers", "minutes": 10}]}
    for wrong, field in (
        ({"series": series["id"][:-1] + "z"}, "series"),
        ({"series": None}, "title"),
        ({"ends_at": begins}, "ends_at"),
        ({"cites": "people.person:1"}, "cites"),
        ({"agenda": [{"title": ""}]}, "agenda"),
        ({"starts_at": "soon"}, "starts_at"),
    ):
        status, problem = send("POST", "/meetings", {**meeting, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Meeting.objects.exists()
    status, made = send("POST", "/meetings", meeting)
    assert (status, made["title"], made["state"]) == (201, "Food table", "passed")
    assert made["attendance"] == [{"organisation": str(pantry.uuid), "state": "invited", "people": 0}]
    where = f"/meetings/{made['id']}"
    agenda = [{"title": "Numbers", "minutes": 5, "note": "Looked at", "decided": "Monthly"}]
    changed = send("PATCH", where, {"place": "Library", "agenda": agenda})[1]
    assert (changed["place"], changed["agenda"]) == ("Library", agenda)
    assert send("POST", f"{where}/held")[0] == 422
    came = [{"organisation": str(library.uuid), "state": "came", "people": 2}]
    assert send("POST", f"{where}/attendance", {"attendance": [{**came[0], "state": "slept"}]})[0] == 422
    assert Meeting.objects.get().held_at is None
    assert came[0] in send("POST", f"{where}/attendance", {"attendance": came})[1]["attendance"]
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    action = {"what": "Keys", "due_on": due, "organisation": str(library.uuid)}
    status, promise = send("POST", f"{where}/actions", action)
    assert (status, Commitment.objects.get().organisation) == (201, library)
    assert send("POST", f"{where}/held")[1]["state"] == "held"
    assert send("PATCH", where, {"place": "Elsewhere"})[0] == 422
    later = (timezone.now() + timedelta(days=20)).isoformat()
    following = send("POST", "/meetings", {"series": series["id"], "starts_at": later})[1]
    assert following["carried"] == [promise["id"]]
    assert [one["id"] for one in send("GET", "/meetings?state=held")[1]["items"]] == [made["id"]]
    assert send("GET", "/meetings?state=gone")[0] == 422
    assert len(send("GET", f"/meetings?series={series['id']}")[1]["items"]) == 2
    found = send("GET", f"/meetings?organisation={library.uuid}")[1]["items"]
    assert [one["id"] for one in found] == [made["id"]]
    assert send("POST", f"/meetings/{following['id']}/cancel", {"reason": ""})[0] == 422
    assert send("POST", f"{around}/end")[0] == 422
    assert send("POST", f"/meetings/{following['id']}/cancel", {"reason": "Snow"})[1]["state"] == "cancelled"
    assert send("POST", f"{around}/end")[1]["ended_on"] == today
    assert send("DELETE", f"{around}/end")[1]["ended_on"] is None
    assert send("GET", around)[1]["last_held_on"] is not None
    assert len(send("GET", "/meeting-series")[1]["items"]) == 1
    assert send("POST", f"{where}/reopening")[1]["state"] == "passed"
    assert send("GET", where)[1]["actions"] == [promise["id"]]
    assert send("DELETE", where)[0] == 403
    lead = asks(alice)
    assert lead("DELETE", where)[0] == 422, "something was promised at it"
    assert lead("DELETE", f"/meetings/{following['id']}")[0] == 204
    assert lead("DELETE", around)[0] == 422
    assert Meeting.objects.count() == 1
