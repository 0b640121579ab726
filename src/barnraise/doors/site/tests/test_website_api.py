"""Public numbers are made, changed, refused and ended by programs; pages of the website are read."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from barnraise.doors.site.models import ContentPage, PublicNumber
from barnraise.plumbing.journal.models import Entry
from barnraise.what.projects.services import add_project
from barnraise.why.goals.models import Indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(db):
    now = timezone.now()
    return Indicator.objects.create(
        name="Children at breakfast", name_folded="children at breakfast", created_at=now, updated_at=now
    )


def test_numbers_are_made_public_changed_refused_and_ended(opened, indicator, alice, bob, asks, client):
    ask, writer = asks(alice), asks(bob)
    given = {"indicator": str(indicator.uuid), "about": "Breakfast before school."}
    assert writer("POST", "/public-numbers", given)[0] == 403
    assert ask("POST", "/public-numbers", {"indicator": str(uuid4())})[0] == 422
    assert ask("POST", "/public-numbers", {**given, "about": "x" * 1001})[0] == 422
    assert not PublicNumber.objects.exists()
    status, made = ask("POST", "/public-numbers", given)
    assert (status, made["name"], made["by"]) == (201, "Children at breakfast", alice.email)
    status, no = ask("POST", "/public-numbers", given)
    assert (status, no["errors"][0]["field"]) == (422, "indicator")
    assert [one["id"] for one in writer("GET", "/public-numbers")[1]] == [made["id"]]
    assert ask("GET", f"/public-numbers?indicator={uuid4()}")[1] == []
    assert [one["id"] for one in ask("GET", f"/public-numbers?indicator={indicator.uuid}")[1]] == [made["id"]]
    path = f"/public-numbers/{made['id']}"
    assert writer("PATCH", path, {"about": "Mine"})[0] == 403
    assert ask("PATCH", path, {"about": "Every school day."})[1]["about"] == "Every school day."
    assert ask("GET", path)[1]["about"] == "Every school day."
    address = made["address"].removeprefix("http://testserver")
    assert "Every school day." in client.get(address).content.decode()
    assert writer("DELETE", path)[0] == 403
    assert PublicNumber.objects.count() == 1
    assert ask("DELETE", path)[0] == 204
    assert (ask("GET", path)[0], client.get(address).status_code) == (404, 404)
    verbs = Entry.objects.filter(verb__startswith="site.number").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["site.number_published", "site.number_changed", "site.number_withdrawn"]


def test_what_a_public_number_says_is_changed_on_its_page(opened, indicator, alice, bob, logged_in):
    logged_in(alice).post("/site/numbers/add/", {"indicator": str(indicator.uuid), "about": "Breakfast."})
    row = PublicNumber.objects.get()
    path = f"/site/numbers/{row.uuid}/change/"
    assert "Breakfast." in logged_in(alice).get(path).content.decode()
    assert logged_in(bob).post(path, {"about": "Mine"}).status_code == 403
    assert logged_in(alice).post(path, {"about": "x" * 1001}).status_code == 422
    row.refresh_from_db()
    assert row.about == "Breakfast."
    assert logged_in(alice).post(path, {"about": "Every school day."}).url == "/site/"
    row.refresh_from_db()
    assert row.about == "Every school day."


def test_pages_are_read_with_language_address_and_state(opened, page_with, alice, vera, petra, asks):
    project = add_project(name="The bus", kind="infrastructure", by=alice)
    page_with(title="Ride", cites=f"projects.project:{project.pk}")
    opened.add_child(instance=ContentPage(title="Not yet", live=False))
    ask = asks(vera)
    found = {one["title"]: one for one in ask("GET", "/website-pages?language=en")[1]}
    assert {one["language"] for one in found.values()} == {"en"}
    ride, draft = found["Ride"], found["Not yet"]
    assert (ride["is_live"], ride["address"]) == (True, "http://testserver/en/ride/")
    assert (ride["kind"], ride["visits"]) == ("contentpage", 0)
    assert ride["cites"] == f"projects.project:{project.pk}"
    assert (draft["is_live"], draft["address"]) == (False, "")
    assert [one["title"] for one in ask("GET", "/website-pages?live=false")[1]] == ["Not yet"]
    assert {one["language"] for one in ask("GET", "/website-pages")[1]} == {"en", "es"}
    last = max(one["number"] for one in ask("GET", "/website-pages")[1])
    assert ask("GET", f"/website-pages?after={last}")[1] == []
    assert asks(petra)("GET", "/website-pages")[0] == 403
