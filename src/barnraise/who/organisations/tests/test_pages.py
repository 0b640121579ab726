"""Pages of organisations and communities: who may open what, what a form does, what is refused."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.ui.sockets import sample
from barnraise.who.communities.models import Community, Headcount
from barnraise.who.communities.services import register_community
from barnraise.who.organisations.documents import Contact, Id, OrganisationDocument, Place
from barnraise.who.organisations.exchanges import ExchangeDocument
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.selectors import documents
from barnraise.who.organisations.services import register_exchange, register_organisation

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [0, 2], [2, 2], [2, 0], [0, 0]]]}


@pytest.fixture
def pantry(bob):
    return register_organisation(
        OrganisationDocument(
            name="Mill Street Pantry", kind="nonprofit", identifiers=(Id("EIN", "001234567"),)
        ),
        by=bob,
    )


@pytest.fixture
def town(ada):
    sample.get("communities").load(by=ada)
    sample.get("organisations").load(by=ada)


def test_a_stranger_and_a_partner_see_nothing(logged_in, petra, pantry):
    for url in (
        reverse("organisations:list"), pantry.get_absolute_url(), reverse("organisations:points"), reverse("communities:list"),
        reverse("communities:outlines"),
    ):  # fmt: skip
        assert logged_in(None).get(url).status_code == 302
        assert logged_in(petra).get(url).status_code == 403


def test_a_viewer_reads_and_changes_nothing(logged_in, vera, pantry):
    browser = logged_in(vera)
    assert browser.get(pantry.get_absolute_url()).status_code == 200
    before = (Organisation.objects.get(), Entry.objects.count())
    for name in ("change", "remove", "close", "reopen", "set_own"):
        assert browser.post(reverse(f"organisations:{name}", args=[pantry.uuid]), {}).status_code == 403
    assert browser.post(reverse("organisations:create"), {"name": "New"}).status_code == 403
    after = Organisation.objects.get()
    assert (after.updated_at, after.status, Entry.objects.count()) == (
        before[0].updated_at,
        "active",
        before[1],
    )


def test_nobody_becomes_a_business_because_nothing_was_chosen(logged_in, bob):
    browser, url = logged_in(bob), reverse("organisations:create")
    assert 'value="" selected>Choose a kind' in browser.get(url).content.decode()
    assert browser.post(url, {"name": "Oak", "kind": ""}).status_code == 422
    assert Organisation.objects.count() == 0


def test_what_matters_stands_above_the_timeline(logged_in, bob, vera):
    place = register_community(name="Old Mill", by=bob)
    row = register_organisation(
        OrganisationDocument(
            name="Mill Bakery",
            mission="Bread from four in the morning.",
            communities=(place.pk,),
            addresses=(Place(city="Riverbend", region="OH", country="US"),),
            contacts=(
                Contact("phone", "+17405550100"),
                Contact("email", "hello@mill.example"),
                Contact("website", "https://mill.example"),
            ),
        ),
        by=bob,
    )
    log_note = reverse("interactions:create")
    for what, status in (("Warm meals", "open"), ("Old ovens", "ended")):
        said = ExchangeDocument(direction="gives", kind="in_kind", what=what, status=status)
        register_exchange(row, said, by=bob)
    page = logged_in(vera).get(row.get_absolute_url()).content.decode()
    above = page[: page.index('id="time-title"')]
    for words in ("Bread from four", "Riverbend, OH", "Old Mill", "Warm meals", 'href="tel:+17405550100"',
                  'href="mailto:hello@mill.example"', 'href="https://mill.example'):  # fmt: skip
        assert words in above, words
    assert "Old ovens" not in above
    assert log_note not in above  # a viewer writes nothing down


def test_the_form_writes_every_part(logged_in, bob):
    place = register_community(name="Old Mill", by=bob)
    answer = logged_in(bob).post(
        reverse("organisations:create"),
        {
            "name": " Canal  Row Gardens ", "kind": "grassroots", "communities": [str(place.pk)], "tags": "Food, Green",
            "street": "1 Canal Row", "city": "Riverbend", "region": "OH", "postcode": "43099", "country": "us",
            "coordinates": "40.06, -82.42", "contacts": "(740) 555-0100 | shed\nhello@gardens.example.org",
            "identifiers": "EIN 00-1234567", "sectors": "NTEE C42\nSDG 15", "income": "1200.50", "currency": "usd",
            "income_year": "2024",
        },
    )  # fmt: skip
    row = Organisation.objects.get()
    assert answer.url == row.get_absolute_url()
    said = documents([row.pk])[row.pk]
    assert (said.name, said.income_amount, said.communities, said.tags) == (
        "Canal Row Gardens", 120_050, (place.pk,), ("Food", "Green"),
    )  # fmt: skip
    assert said.addresses == (
        Place("physical", "1 Canal Row", "Riverbend", "OH", "43099", "US", 40.06, -82.42),
    )
    assert said.contacts == (
        Contact("phone", "+17405550100", "shed"),
        Contact("email", "hello@gardens.example.org"),
    )
    assert said.identifiers == (Id("EIN", "001234567"),)


def test_opening_and_keeping_the_form_changes_nothing(logged_in, alice, town):
    row = Organisation.objects.get(name="Riverbend Public Library")
    before = documents([row.pk])[row.pk]
    url = reverse("organisations:change", args=[row.uuid])
    browser = logged_in(alice)
    form = browser.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    posted = {name: value for name, value in values.items() if value is not None}
    assert browser.post(url, posted).status_code == 302
    assert documents([row.pk])[row.pk] == before
    assert Organisation.objects.get(pk=row.pk).updated_at == row.updated_at


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"identifiers": "EIN 12"}, "identifiers", "nine digits"),
        ({"sectors": "SDG 18"}, "sectors", "no such code"),
        ({"contacts": "not a phone"}, "contacts", "web address"),
        ({"coordinates": "95, 0"}, "street", "not a place on earth"),
        ({"parent": "Nobody"}, "parent", "no organisation of this name"),
        ({"identifiers": "EIN 001234567"}, "identifiers", "belongs to Mill Street Pantry"),
    ],
)
def test_the_form_refuses_at_the_field(logged_in, bob, pantry, given, field, reason):
    before = (Organisation.objects.count(), Entry.objects.count())
    answer = logged_in(bob).post(reverse("organisations:create"), {"name": "New", "kind": "other", **given})
    assert answer.status_code == 422
    assert any(reason in text for text in answer.context["form"].errors[field])
    assert (Organisation.objects.count(), Entry.objects.count()) == before


def test_one_with_branches_is_not_removed(logged_in, alice, pantry):
    register_organisation(OrganisationDocument(name="East", parent=pantry.pk), by=alice)
    answer = logged_in(alice).post(reverse("organisations:remove", args=[pantry.uuid]))
    assert answer.status_code == 409
    assert "It has 1 branch." in answer.content.decode()
    assert Organisation.objects.count() == 2


def test_close_and_reopen(logged_in, bob, pantry):
    browser = logged_in(bob)
    browser.post(reverse("organisations:close", args=[pantry.uuid]))
    assert Organisation.objects.get().status == "closed"
    browser.post(reverse("organisations:reopen", args=[pantry.uuid]))
    assert Organisation.objects.get().status == "active"
    assert browser.get(reverse("organisations:close", args=[pantry.uuid])).status_code == 405


def test_a_name_is_escaped(logged_in, bob):
    row = register_organisation(OrganisationDocument(name="<script>alert(1)</script>"), by=bob)
    for url in (row.get_absolute_url(), reverse("organisations:list")):
        assert "<script>alert" not in logged_in(bob).get(url).content.decode()


def test_list_costs_the_same_for_2_and_20(logged_in, alice, town, django_assert_max_num_queries):
    browser = logged_in(alice)
    counts = []
    for size in (2, 20):
        keys = list(Organisation.objects.order_by("pk").values_list("pk", flat=True)[size:])
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from barnraise.who.organisations.lists import organisations

        rows = list(organisations.rows(alice).exclude(pk__in=keys))
        with CaptureQueriesContext(connection) as seen:
            organisations.prepare(rows)
            said = [str(column.cell(row)) for column in organisations.columns for row in rows]
        counts.append(len(seen))
        assert len(said) == len(organisations.columns) * size
    # Sectors, communities, tags, identifiers, contact points, addresses, sources; no row has a parent here.
    assert counts[0] == counts[1]
    assert counts[0] <= 8
    assert browser.get(reverse("organisations:list")).status_code == 200


def test_points_count_what_lies_together(logged_in, vera, town):
    url = reverse("organisations:points")
    browser = logged_in(vera)
    far = browser.get(url, {"box": "39,-84,41,-81", "zoom": 2}).json()["features"]
    near = browser.get(url, {"box": "39,-84,41,-81", "zoom": 18}).json()["features"]
    assert (
        sum(one["properties"].get("count", 1) for one in far)
        == Organisation.objects.exclude(lat=None).count()
        == 52
    )
    assert sum(one["properties"].get("count", 1) for one in near) == 52
    assert len(far) < len(near)
    schools = browser.get(url, {"box": "39,-84,41,-81", "zoom": 18, "kind": "school"}).json()["features"]
    assert {one["properties"].get("kind", "School") for one in schools} == {"School"}
    assert browser.get(url, {"box": "nowhere"}).status_code == 400


def test_the_map_counts_those_beside_it(logged_in, vera, town):
    answer = logged_in(vera).get(reverse("organisations:list"), {"as": "map"})
    assert (
        '<span class="number">8</span> organisations of this list have no coordinates.'
        in answer.content.decode()
    )
    beside = logged_in(vera).get(reverse("organisations:list"), {"placed": "0"})
    assert beside.status_code == 200


def test_community_form_takes_a_boundary_and_says_what_is_wrong(logged_in, bob):
    browser = logged_in(bob)
    url = reverse("communities:create")
    given = {"name": "Old Mill", "kind": "town", "boundary": json.dumps(SQUARE)}
    assert browser.post(url, given).status_code == 302
    row = Community.objects.get()
    assert row.box == [0.0, 0.0, 2.0, 2.0]
    assert (row.centre_lat, row.centre_lon) == (1.0, 1.0)
    open_ring = {"type": "Polygon", "coordinates": [[[0, 0], [0, 2], [2, 2], [2, 0]]]}
    answer = browser.post(url, {**given, "name": "B", "boundary": json.dumps(open_ring)})
    assert answer.status_code == 422
    assert "must equal the first" in answer.context["form"].errors["boundary"][0]
    assert Community.objects.count() == 1


def test_a_community_that_is_served_is_only_removed_by_moving(logged_in, alice, bob):
    old = register_community(name="Old", by=bob)
    new = register_community(name="New", by=bob)
    row = register_organisation(OrganisationDocument(name="Pantry", communities=(old.pk,)), by=bob)
    url = reverse("communities:remove", args=[old.uuid])
    assert "1 organisation serves it" in logged_in(alice).get(url).content.decode()
    assert logged_in(alice).post(url, {}).status_code == 422
    assert Community.objects.count() == 2
    assert logged_in(bob).post(url, {"move_to": new.pk}).status_code == 403
    assert logged_in(alice).post(url, {"move_to": new.pk}).status_code == 302
    assert documents([row.pk])[row.pk].communities == (new.pk,)


def test_headcounts_are_added_changed_removed_and_doubles_refused(logged_in, bob):
    place = register_community(name="Old Mill", by=bob)
    browser = logged_in(bob)
    add = reverse("communities:add_headcount", args=[place.uuid])
    given = {"group": "", "count": "4120", "year": "2024", "source": "Census"}
    assert browser.post(add, given).status_code == 302
    assert browser.post(add, given).status_code == 422
    row = Headcount.objects.get()
    assert (
        browser.post(
            reverse("communities:change_headcount", args=[row.uuid]), {**given, "count": "4121"}
        ).status_code
        == 302
    )
    assert Headcount.objects.get().count == 4121
    assert "4,121" in browser.get(place.get_absolute_url()).content.decode()
    assert browser.post(reverse("communities:remove_headcount", args=[row.uuid])).status_code == 302
    assert Headcount.objects.count() == 0


def test_a_circle_of_communities_is_refused(logged_in, bob):
    top = register_community(name="Top", by=bob)
    below = register_community(name="Below", parent=top, by=bob)
    url = reverse("communities:change", args=[top.uuid])
    answer = logged_in(bob).post(url, {"name": "Top", "kind": "town", "parent": below.pk})
    assert answer.status_code == 422
    assert Community.objects.get(pk=top.pk).parent is None


def test_pages_of_the_sample_open(logged_in, alice, town):
    browser = logged_in(alice)
    for row in Organisation.objects.all()[:12]:
        assert browser.get(row.get_absolute_url()).status_code == 200
        assert browser.get(reverse("organisations:by_key", args=[row.pk])).url == row.get_absolute_url()
    for place in Community.objects.all():
        assert browser.get(place.get_absolute_url()).status_code == 200
        assert browser.get(reverse("communities:change", args=[place.uuid])).status_code == 200
        assert (
            browser.get(reverse("communities:geojson", args=[place.uuid])).json()["geometry"]
            == place.boundary
        )
    assert browser.get(reverse("communities:tree")).status_code == 200
    assert browser.get(reverse("communities:list")).status_code == 200
    assert len(browser.get(reverse("communities:outlines")).json()["features"]) == 6
