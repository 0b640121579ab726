"""Partnerships for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.plumbing.journal.models import ChangeSet
from barnraise.who.partnerships.models import Partnership, Rating, StageChange

pytestmark = pytest.mark.django_db


def test_created_changed_filtered_refused_and_ended_by_api(asks, pantry, pastor, alice, bob, vera):
    send, today = asks(bob), timezone.localdate()
    given = {"organisation": str(pantry.uuid), "cadence_days": 30, "owner": "bob@example.org"}
    assert asks(vera)("POST", "/partnerships", given)[0] == 403
    for wrong, field in (
        ({"person": str(pastor.uuid)}, "organisation"),
        ({"organisation": str(pastor.uuid)}, "organisation"),
        ({"owner": "nobody@example.org"}, "owner"),
        ({"stage": "ended"}, "reason"),
        ({"stage": "friends"}, "stage"),
        ({"since_on": (today + timedelta(days=1)).isoformat()}, "since_on"),
        ({"cadence_days": 0}, "cadence_days"),
    ):
        status, problem = send("POST", "/partnerships", {**given, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Partnership.objects.exists()
    status, made = send("POST", "/partnerships", given)
    assert (status, made["stage"], made["due_on"]) == (
        201,
        "prospect",
        (today + timedelta(days=30)).isoformat(),
    )
    where = f"/partnerships/{made['id']}"
    assert send("POST", "/partnerships", given)[0] == 422
    send("POST", "/partnerships", {"person": str(pastor.uuid)})
    status, changed = send("PATCH", where, {"about": "Food", "cadence_days": None, "owner": None})
    assert (status, changed["about"], changed["due_on"], changed["owner"]) == (200, "Food", None, None)
    assert send("POST", f"{where}/stages", {"stage": "ended"})[0] == 422
    assert StageChange.objects.count() == 2
    status, line = send("POST", f"{where}/stages", {"stage": "ended", "reason": "They moved."})
    assert (status, line["stage"], line["by"]) == (201, "ended", "bob@example.org")
    assert send("POST", f"{where}/ratings", {"influence": 6, "interest": 1})[0] == 422
    assert not Rating.objects.exists()
    status, rated = send("POST", f"{where}/ratings", {"influence": 5, "interest": 2})
    assert (status, rated["rated_on"]) == (201, today.isoformat())
    status, shown = send("GET", where)
    assert (shown["stage"], shown["influence"], shown["interest"]) == ("ended", 5, 2)
    assert send("GET", "/partnerships?stage=ended")[1]["items"] == [shown]
    send("PATCH", where, {"owner": "bob@example.org"})
    mine = send("GET", "/partnerships?owner=BOB@example.org&silence=none")[1]["items"]
    assert [one["id"] for one in mine] == [made["id"]]
    assert send("GET", "/partnerships?silence=over")[1]["items"] == []
    assert send("GET", "/partnerships?silence=loud")[0] == 422
    send("PATCH", where, {"owner": None})
    assert send("GET", f"/partnerships?person={pastor.uuid}")[1]["items"][0]["organisation"] is None
    assert send("GET", "/partnerships?updated_since=2999-01-01T00:00:00Z")[1]["items"] == []
    assert len(send("GET", f"/partnership-stages?partnership={made['id']}")[1]["items"]) == 2
    assert send("GET", "/partnership-ratings")[1]["items"] == [rated]
    until = (today + timedelta(days=5)).isoformat()
    assert send("POST", f"{where}/snooze", {"until": until})[0] == 422
    assert send("POST", f"{where}/snooze", {"until": until, "reason": "Leave"})[1]["snoozed_until"] == until
    assert send("POST", f"{where}/snooze", {"until": None})[1]["snoozed_until"] is None
    assert send("DELETE", where)[0] == 403
    assert asks(alice)("DELETE", where)[0] == 204
    assert Partnership.objects.count() == 1


def test_a_mistaken_rating_is_taken_away_by_page_and_api(asks, pantry, alice, bob, vera, logged_in):
    send, browser = asks(bob), logged_in(bob)
    made = send("POST", "/partnerships", {"organisation": str(pantry.uuid)})[1]
    where = f"/partnerships/{made['id']}"
    first, second = (
        send("POST", f"{where}/ratings", {"influence": said, "interest": 2})[1] for said in (3, 5)
    )
    row = Partnership.objects.get()
    page = browser.get(row.get_absolute_url()).content.decode()
    away = f"/who/partnerships/ratings/{second['id']}/remove/"
    assert f'action="{away}"' in page
    assert away not in logged_in(vera).get(row.get_absolute_url()).content.decode()
    assert logged_in(vera).post(away).status_code == 403
    browser.post(away)
    assert send("GET", where)[1]["influence"] == 3
    assert "took a rating of" in browser.get(row.get_absolute_url()).content.decode()
    browser.post(f"/journal/changes/{ChangeSet.objects.latest('pk').pk}/undo/")
    assert send("GET", where)[1]["influence"] == 5
    assert asks(vera)("DELETE", f"/partnership-ratings/{first['id']}")[0] == 403
    for one in (first, second):
        assert send("DELETE", f"/partnership-ratings/{one['id']}")[0] == 204
    assert send("DELETE", f"/partnership-ratings/{second['id']}")[0] == 404
    shown = send("GET", where)[1]
    assert (shown["influence"], shown["interest"], Rating.objects.count()) == (None, None, 0)
