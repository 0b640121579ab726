"""Pages and public numbers stand in lists, narrowed and taken out as CSV; programs change what a page is called, serves, and who reads it."""

from __future__ import annotations

import pytest

from barnraise.doors.site import lists
from barnraise.doors.site.models import ContentPage, HomePage
from barnraise.plumbing.journal.models import Entry
from barnraise.what.projects.services import add_project
from barnraise.why.goals.services import add_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def bus(alice):
    """A project."""
    return add_project(name="The bus", kind="infrastructure", by=alice)


def test_pages_are_listed_narrowed_and_taken_out(
    opened, page_with, bus, alice, vera, petra, logged_in, exports
):
    ride = page_with(title="Ride", cites=f"projects.project:{bus.pk}")
    opened.add_child(instance=ContentPage(title="Not yet", live=False))
    ride.save_revision(user=alice)
    where = "/site/pages/"
    assert logged_in(petra).get(where).status_code == 403
    shown = logged_in(vera).get(where).content.decode()
    assert f'href="/site/pages/{ride.pk}/"' in shown
    rows = {row["Title"]: row for row in exports(where, lists.pages)}
    assert set(rows) == {"Ride", "Not yet", *HomePage.objects.values_list("title", flat=True)}
    assert (
        rows["Ride"]
        | {
            "Kind": "Page",
            "Language": "en",
            "State": "Changed since it was published",
            "Serves": "The bus",
            "Visits": "0",
            "Address": "http://testserver/en/ride/",
            "Number in the editor": str(ride.pk),
        }
        == rows["Ride"]
    )
    assert (rows["Not yet"]["State"], rows["Not yet"]["Address"]) == ("Draft", "")
    assert rows["Not yet"]["Visits"] == "", "visits are counted of pages that serve something"
    home = opened.content_type_id
    for query, titles in (
        ("live=0", {"Not yet"}),
        (f"kind={ride.content_type_id}", {"Ride", "Not yet"}),
        (f"kind={ride.content_type_id}&live=1", {"Ride"}),
        (f"language={opened.locale_id}&kind={home}", {opened.title}),
    ):
        assert {row["Title"] for row in exports(where, lists.pages, query)} == titles, query


def test_public_numbers_are_listed_narrowed_and_taken_out(
    opened, alice, vera, petra, logged_in, asks, exports
):
    meals, beds = (add_indicator(name=name, by=alice) for name in ("Suppers", "Beds"))
    for one in (meals, beds):
        made = asks(alice)("POST", "/public-numbers", {"indicator": str(one.uuid), "about": f"{one.name}!"})[
            1
        ]
    where = "/site/numbers/"
    assert logged_in(petra).get(where).status_code == 403
    assert "Suppers!" in logged_in(vera).get(where).content.decode()
    rows = {row["Indicator"]: row for row in exports(where, lists.numbers)}
    beds_row = rows["Beds"]
    assert set(rows) == {"Suppers", "Beds"}
    assert (beds_row["Id"], beds_row["Address"]) == (made["id"], made["address"])
    assert (beds_row["What it says, in plain words"], beds_row["Made public by"]) == ("Beds!", str(alice))
    for query in (f"indicator={meals.pk}", "name=SUPP"):
        assert [row["Indicator"] for row in exports(where, lists.numbers, query)] == ["Suppers"], query


def test_programs_change_publish_and_withdraw_a_page(opened, page_with, bus, alice, bob, vera, asks, client):
    ride = page_with(("text", "<p>Every hour.</p>"), title="Ride")
    path, cites = f"/website-pages/{ride.pk}", f"projects.project:{bus.pk}"
    lead, writer = asks(alice), asks(bob)
    assert asks(vera)("PATCH", path, {"title": "Mine"})[0] == 403
    assert asks(vera)("GET", path)[1]["title"] == "Ride"
    for wrong, field in (
        ({"title": " "}, "title"),
        ({"cites": "people.person:1"}, "cites"),
        ({"cites": "projects.project:0"}, "cites"),
        ({"cites": "the bus"}, "cites"),
    ):
        status, no = lead("PATCH", path, wrong)
        assert (status, no["errors"][0]["field"]) == (422, field), wrong
    before = ride.revisions.count()
    assert lead("PATCH", path, {"title": "Ride"})[1]["has_draft"] is False, "nothing changed"
    assert ride.revisions.count() == before
    status, drafted = writer("PATCH", path, {"title": "Ride with us", "cites": cites})
    assert (status, drafted["title"], drafted["has_draft"]) == (200, "Ride", True)
    assert "Ride with us" not in client.get("/en/ride/").content.decode()
    assert ride.revisions.count() == before + 1
    assert writer("PATCH", path, {"is_live": True})[0] == 403, "contributors publish nothing"
    status, published = lead("PATCH", path, {"is_live": True})
    assert (published["title"], published["cites"], published["has_draft"]) == ("Ride with us", cites, False)
    shown = client.get("/en/ride/").content.decode()
    assert "Ride with us" in shown
    assert "Every hour." in shown, "what stands on it is kept"
    assert writer("PATCH", path, {"is_live": False})[0] == 403
    status, gone = lead("PATCH", path, {"is_live": False})
    assert (gone["is_live"], gone["address"], client.get("/en/ride/").status_code) == (False, "", 404)
    status, back = lead("PATCH", path, {"title": "Ride along", "cites": "", "is_live": True})
    assert (back["title"], back["cites"], back["is_live"]) == ("Ride along", "", True)
    assert "Ride along" in client.get("/en/ride/").content.decode()
    verbs = Entry.objects.filter(verb__startswith="site.page").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "site.page_changed",
        "site.page_published",
        "site.page_withdrawn",
        "site.page_changed",
        "site.page_published",
    ]
    assert set(Entry.objects.filter(verb__startswith="site.page").values_list("via", flat=True)) == {"api"}
    assert lead("PATCH", "/website-pages/999999", {"title": "x"})[0] == 404


def test_a_page_that_was_never_published_and_one_that_serves_nothing(
    opened, bus, alice, bob, asks, logged_in
):
    draft = opened.add_child(instance=ContentPage(title="Not yet", live=False))
    ask, cites = asks(bob), f"projects.project:{bus.pk}"
    changed = ask("PATCH", f"/website-pages/{draft.pk}", {"title": "Soon", "cites": cites})[1]
    assert (changed["title"], changed["cites"], changed["is_live"]) == ("Soon", cites, False)
    assert "Soon" in logged_in(bob).get("/search?q=soon&kind=site.contentpage").content.decode()
    status, no = ask("PATCH", f"/website-pages/{opened.pk}", {"cites": cites})
    assert (status, no["errors"][0]["field"]) == (422, "cites")
    assert no["errors"][0]["reason"] == "Only pages and news serve something."
    assert ask("GET", "/website-pages?kind=homepage&language=en")[1][0]["number"] == opened.pk


def test_a_page_that_somebody_locked_in_the_editor_is_left_alone(page_with, alice, ada, asks):
    ride = page_with(title="Ride")
    ContentPage.objects.filter(pk=ride.pk).update(locked=True, locked_by=ada)
    status, no = asks(alice)("PATCH", f"/website-pages/{ride.pk}", {"title": "Mine"})
    assert status == 422
    assert "locked this page" in str(no)
    ride.refresh_from_db()
    assert (ride.title, ride.has_unpublished_changes) == ("Ride", False)
