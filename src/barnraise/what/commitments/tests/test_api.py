"""Promises for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.what.commitments.models import Commitment
from barnraise.what.projects.services import add_project, remove_project

pytestmark = pytest.mark.django_db


def test_created_changed_filtered_refused_and_ended_by_api(asks, pantry, library, pastor, alice, bob, vera):
    send, today = asks(bob), timezone.localdate()
    due = (today + timedelta(days=9)).isoformat()
    given = {"direction": "theirs", "organisation": str(pantry.uuid), "what": "Forty boxes", "due_on": due}
    given["owner"] = "bob@example.org"
    assert asks(vera)("POST", "/promises", given)[0] == 403
    for wrong, field in (
        ({"person": str(pastor.uuid)}, "person"),
        ({"organisation": str(pastor.uuid)}, "organisation"),
        ({"organisation": None}, "partner"),
        ({"to_organisation": str(library.uuid)}, "to"),
        ({"direction": "sideways"}, "direction"),
        ({"kind": "oath"}, "kind"),
        ({"owner": "nobody@example.org"}, "owner"),
        ({"due_on": "2001-01-01", "promised_on": "2001-02-01"}, "due_on"),
        ({"cites": "people.person:1"}, "cites"),
        ({"cites": "projects.project:999"}, "cites"),
        ({"cites": f"projects.project:{10**30}"}, "cites"),
        ({"due_on": 5}, "due_on"),
        ({"what": ""}, "what"),
    ):
        status, problem = send("POST", "/promises", {**given, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Commitment.objects.exists()
    status, made = send("POST", "/promises", given)
    assert (status, made["state"], made["owner"], made["first_due_on"]) == (
        201,
        "open",
        "bob@example.org",
        due,
    )
    where = f"/promises/{made['id']}"
    later = (today + timedelta(days=20)).isoformat()
    status, changed = send("PATCH", where, {"due_on": later, "owner": None, "detail": "On pallets"})
    assert (status, changed["due_on"], changed["first_due_on"], changed["owner"]) == (200, later, due, None)
    between = {"direction": "between", "organisation": str(pantry.uuid), "to_organisation": str(library.uuid)}
    assert send("POST", "/promises", {**between, "what": "A van", "due_on": due})[0] == 201
    assert send("POST", f"{where}/outcome", {"settled": "broken"})[0] == 422
    assert Commitment.objects.filter(settled="").count() == 2
    status, ended = send("POST", f"{where}/outcome", {"settled": "kept"})
    assert (status, ended["state"], ended["settled_on"]) == (200, "kept", today.isoformat())
    assert send("PATCH", where, {"what": "Fifty"})[0] == 422
    assert send("GET", where)[1] == ended
    assert send("GET", "/promises?state=kept")[1]["items"] == [ended]
    assert send("GET", "/promises?state=gone")[0] == 422
    found = send("GET", f"/promises?organisation={library.uuid}")[1]["items"]
    assert [one["what"] for one in found] == ["A van"]
    assert send("GET", f"/promises?person={pastor.uuid}")[1]["items"] == []
    assert send("GET", "/promises?updated_since=2999-01-01T00:00:00Z")[1]["items"] == []
    tally = {
        one["direction"]: (one["kept"], one["open"], one["due"], one["rate"])
        for one in send("GET", "/promise-tally")[1]
    }
    assert tally == {"ours": (0, 0, 0, None), "theirs": (1, 0, 1, 1.0), "between": (0, 1, 0, None)}
    assert send("DELETE", f"{where}/outcome")[1]["state"] == "open"
    assert send("DELETE", f"{where}/outcome")[0] == 422
    assert send("DELETE", where)[0] == 403
    assert asks(alice)("DELETE", where)[0] == 204
    assert Commitment.objects.count() == 1


def test_what_a_promise_serves_may_go_and_the_promise_still_changes(asks, pantry, alice, bob):
    project, today = add_project(by=alice, name="Kitchens", kind="infrastructure"), timezone.localdate()
    given = {"direction": "theirs", "organisation": str(pantry.uuid), "what": "Forty boxes"}
    given |= {"due_on": (today + timedelta(days=9)).isoformat(), "cites": f"projects.project:{project.pk}"}
    status, made = asks(bob)("POST", "/promises", given)
    assert (status, made["cites"]) == (201, given["cites"])
    remove_project(project, by=alice)
    where = f"/promises/{made['id']}"
    assert asks(bob)("PATCH", where, {"detail": "On pallets"})[0] == 200
    status, problem = asks(bob)("PATCH", where, {"cites": "projects.project:999"})
    assert (status, problem["errors"][0]["field"]) == (422, "cites")


def test_an_address_with_a_number_that_no_row_has_answers_not_found(alice, logged_in):
    browser = logged_in(alice)
    assert browser.get(f"/trace/projects.project:{10**30}/").status_code == 404
    for form in (
        "/what/promises/note/",
        "/what/concerns/note/",
        "/what/meetings/plan/",
        "/what/events/plan/",
    ):
        assert browser.get(f"{form}?for=projects.project:{10**30}").status_code == 200, form
