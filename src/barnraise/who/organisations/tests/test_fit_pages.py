"""Who fits our asks, as people see it: the ranking, its filters and file, the best for each ask, the panel, the API."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.plumbing.ui.sockets import sample
from barnraise.who.communities.models import Community
from barnraise.who.communities.services import register_community
from barnraise.who.organisations.documents import OrganisationDocument, Place
from barnraise.who.organisations.exchanges import ExchangeDocument
from barnraise.who.organisations.models import Exchange, Organisation
from barnraise.who.organisations.selectors import fitting
from barnraise.who.organisations.selectors.exchanges import owned_by
from barnraise.who.organisations.selectors.fitting import Wanted
from barnraise.who.organisations.services import (
    change_exchange,
    close_organisation,
    register_exchange,
    register_organisation,
    remove_exchange,
    set_exchange_status,
    set_own,
)

URL = reverse("organisations:fit")
MEALS = ExchangeDocument("seeks", "in_kind", "Warm meals", amount=100, unit="meals", per="week")
SOUP = ExchangeDocument("gives", "in_kind", "Warm soup", amount=25, unit="meals", per="week")


def _somebody(by, name, *, lat=None, lon=None, gives=(SOUP,), **said):
    at = (Place(city="Riverbend", lat=lat, lon=lon),)
    row = register_organisation(OrganisationDocument(name=name, addresses=at, **said), by=by)
    for one in gives:
        register_exchange(row, one, by=by)
    return row


@pytest.fixture
def us(bob):
    row = _somebody(bob, "Riverbend Together", lat=40.0, lon=-82.0, gives=())
    set_own(row, by=bob)
    return row


@pytest.fixture
def ask(us, bob):
    return register_exchange(us, MEALS, by=bob)


@pytest.fixture
def town(ada):
    sample.get("communities").load(by=ada)
    sample.get("organisations").load(by=ada)


def _order(html):
    return re.findall(r'class="fit-who"><a href="[^"]*" translate="no">([^<]*)</a>', html)


def test_the_ranking_says_who_and_why(logged_in, vera, bob, ask):
    _somebody(bob, "Far Kitchen", lat=40.3, lon=-82.0)
    _somebody(bob, "Near Kitchen", lat=40.01, lon=-82.0)
    _somebody(bob, "Unknown Kitchen")
    _somebody(bob, "Bank", gives=(ExchangeDocument("gives", "money", "Grant"),), lat=40.0, lon=-82.0)
    html = logged_in(vera).get(URL).content.decode().replace("\xa0", " ")
    assert _order(html) == ["Near Kitchen", "Unknown Kitchen", "Far Kitchen"]
    for words in (
        "covers 25 % of 100 meals each week",
        "1.1 km away",
        "33 km away",
        "in season now",
        "in common: “warm”",
    ):
        assert words in html
    assert "Distance (it has no coordinates)" in html
    assert "3 gives were weighed." in html
    # 30 * 0.25 + 30 * 0.5 + 10 of 70 points that are known
    assert '<strong class="number">46</strong>' in html


def test_it_says_what_is_missing_before_there_is_a_ranking(logged_in, bob, vera):
    assert "Say first who we are" in logged_in(vera).get(URL).content.decode()
    us = _somebody(bob, "We", gives=())
    set_own(us, by=bob)
    page = logged_in(bob).get(URL).content.decode()
    assert "We ask for nothing now" in page
    assert reverse("organisations:add_seek", args=[us.uuid]) in page
    later = timezone.localdate() + timedelta(days=9)
    register_exchange(us, ExchangeDocument("seeks", "space", "Room", valid_from=later), by=bob)
    assert "1 ask waits for its season or its first day." in logged_in(bob).get(URL).content.decode()
    register_exchange(us, MEALS, by=bob)
    assert "Nobody fits" in logged_in(bob).get(URL).content.decode()


def test_partners_and_strangers_see_nothing(logged_in, petra, ask):
    assert logged_in(petra).get(URL).status_code == 403
    assert logged_in(None).get(URL).status_code == 302


def test_only_what_is_open_and_only_who_works_counts(logged_in, vera, bob, ask):
    paused = _somebody(bob, "Paused")
    set_exchange_status(paused.exchanges.get(), status="paused", by=bob)
    over = timezone.localdate() - timedelta(days=1)
    _somebody(bob, "Over", gives=(ExchangeDocument("gives", "in_kind", "Soup", valid_until=over),))
    close_organisation(_somebody(bob, "Closed"), by=bob)
    _somebody(bob, "Open")
    assert _order(logged_in(vera).get(URL).content.decode()) == ["Open"]
    set_exchange_status(ask, status="ended", by=bob)
    assert "We ask for nothing now" in logged_in(vera).get(URL).content.decode()


def test_it_is_narrowed_by_ask_kind_community_and_distance(logged_in, vera, bob, us, ask):
    town = register_community(name="Riverbend", by=bob)
    mill = register_community(name="Old Mill", parent=town, by=bob)
    room = register_exchange(us, ExchangeDocument("seeks", "space", "Room for meetings"), by=bob)
    hall = ExchangeDocument("gives", "space", "Hall")
    _somebody(bob, "Church", kind="faith", communities=(mill.pk,), gives=(SOUP, hall), lat=40.0, lon=-82.0)
    _somebody(bob, "School", kind="school", gives=(hall,), lat=40.2, lon=-82.0)
    _somebody(bob, "Shop", kind="business", communities=(town.pk,))
    browser = logged_in(vera)
    for query, names in (
        ({"ask": room.pk}, {"Church", "School"}),
        ({"kind": ["business", "school"]}, {"Shop", "School"}),
        ({"community": town.pk}, {"Church", "Shop"}),
        ({"community": mill.pk}, {"Church"}),
        ({"within": 10}, {"Church"}),
        ({"within": 30, "ask": room.pk}, {"Church", "School"}),
        ({"ask": ask.pk, "kind": "school"}, set()),
    ):
        assert set(_order(browser.get(URL, query).content.decode())) == names, query
    assert (
        "1 give is left out, since nobody knows how far away it is."
        in browser.get(URL, {"within": 10}).content.decode()
    )
    strange = browser.get(URL, {"ask": 999_999}).content.decode()
    assert "That ask is not open now; all of them are shown." in strange
    assert len(_order(strange)) == 3


def test_the_best_for_each_ask_and_asks_nobody_fits(logged_in, vera, bob, us, ask):
    register_exchange(us, ExchangeDocument("seeks", "reach", "Spread the word"), by=bob)
    for number in range(7):
        _somebody(bob, f"Kitchen {number}", lat=40.0 + number / 50, lon=-82.0)
    html = logged_in(vera).get(URL, {"as": "asks"}).content.decode()
    assert _order(html) == [f"Kitchen {number}" for number in range(5)]
    assert "Show all 7 that fit" in html
    assert "Nobody gives anything of this kind yet." in html


def test_the_file_holds_every_fit_with_its_terms(logged_in, vera, bob, us, ask):
    _somebody(bob, "=Kitchen", lat=40.0, lon=-82.0)
    _somebody(bob, "Nowhere")
    answer = logged_in(vera).get(URL, {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["rank"], row["organisation"], row["ask"]) for row in rows] == [
        ("1", "'=Kitchen", "Warm meals"), ("2", "Nowhere", "Warm meals"),
    ]  # fmt: skip
    points = [float(row[name]) for row in rows[:1] for name in row if name.endswith("_points") and row[name]]
    assert sum(points) == pytest.approx(float(rows[0]["score"]), abs=0.3)
    assert rows[1]["distance_why"] == "left out: it has no coordinates"


def test_the_page_of_an_organisation_says_how_it_fits(logged_in, vera, bob, us, ask):
    kitchen = _somebody(bob, "Kitchen")
    nobody = _somebody(bob, "Nobody", gives=())
    browser = logged_in(vera)

    def fit(of: Any) -> Any:
        return browser.get(f"{of.get_absolute_url()}panels/fit/")

    page = fit(kitchen).content.decode().replace("\xa0", " ")
    assert "Fits our asks" in page
    assert "covers 25 % of 100 meals each week" in page
    assert "It gives nothing yet that fits our 1 ask." in fit(nobody).content.decode()
    assert "There is nothing here now." in fit(us).content.decode()
    assert "panels/fit/" in browser.get(kitchen.get_absolute_url()).content.decode()
    assert "panels/fit/" not in browser.get(us.get_absolute_url()).content.decode(), "it is our own"
    remove_exchange(ask, by=bob)
    assert "panels/fit/" not in browser.get(kitchen.get_absolute_url()).content.decode(), "we ask for nothing"


def test_asks_of_a_community_are_near_to_its_centre(bob, us):
    square = {
        "type": "Polygon",
        "coordinates": [[[-83, 41], [-83, 41.2], [-82.8, 41.2], [-82.8, 41], [-83, 41]]],
    }
    place = register_community(name="Lakeside", boundary=square, by=bob)
    register_exchange(us, ExchangeDocument("seeks", "in_kind", "Meals", communities=(place.pk,)), by=bob)
    (found,) = fitting.our_asks(timezone.localdate()).asks
    centre = Community.objects.get()
    assert found.places == [(centre.centre_lat, centre.centre_lon)]
    assert found.touching == {place.pk: frozenset({place.pk})}


def test_asks_without_community_or_sector_take_those_we_have(bob):
    place = register_community(name="Old Mill", by=bob)
    us = _somebody(bob, "We", gives=(), communities=(place.pk,))
    set_own(us, by=bob)
    row = register_exchange(us, MEALS, by=bob)
    (found,) = fitting.our_asks(timezone.localdate()).asks
    assert (list(found.touching), found.sectors, found.places) == ([place.pk], (), [])
    change_exchange(row, by=bob, sectors=(("SDG", "2"),))
    assert fitting.our_asks(timezone.localdate()).asks[0].sectors == (("SDG", "2"),)


def _weighed(wanted=None):
    today = timezone.localdate()
    return fitting.weighed(fitting.our_asks(today), wanted or Wanted(), today)


def test_of_too_many_gives_the_near_and_the_newest_unplaced_are_weighed(monkeypatch, bob, us, ask):
    monkeypatch.setattr(fitting, "MOST", 6)
    monkeypatch.setattr(fitting, "UNPLACED", 2)
    for number in range(5):
        _somebody(bob, f"Near {number}", lat=40.0 + number / 1000, lon=-82.0)
    for number in range(5):
        _somebody(bob, f"Far {number}", lat=40.3, lon=-82.0)
    for number in range(4):
        _somebody(bob, f"Nowhere {number}")
    found = _weighed()
    names = {row.name for row in fitting.organisations_of(found.standings).values()}
    assert names == {*(f"Near {number}" for number in range(5)), "Nowhere 2", "Nowhere 3"}
    assert (found.radius_km, found.gives) == (30, 7)
    assert _weighed(Wanted(within_km=5)).radius_km is None


def test_as_many_queries_for_few_as_for_many(bob, us, ask):
    counts = []
    for size in (3, 30):
        for number in range(size):
            _somebody(bob, f"Kitchen {size} {number}", lat=40.0, lon=-82.0)
        with CaptureQueriesContext(connection) as seen:
            assert _weighed().standings
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_index_of_gives_is_used(bob, us, ask):
    if connection.vendor != "sqlite":
        pytest.skip("plans of small tables say nothing there")
    today = timezone.localdate()
    rows = Exchange.objects.filter(fitting._open_gives(fitting.our_asks(today).asks, today))
    plan = fitting._inside(rows, fitting.box_around([(40.0, -82.0)]), 10).explain()
    assert "organisations_given_at (direction=? AND status=? AND kind=? AND lat>? AND lat<?)" in plan
    unplaced = rows.filter(kind="in_kind", lat__isnull=True, lon__isnull=True).order_by("-pk").explain()
    assert "organisations_given_at (direction=? AND status=? AND kind=? AND lat=? AND lon=?)" in unplaced
    assert "TEMP B-TREE" not in unplaced
    owned = owned_by(us, Q(direction="seeks", status="open")).explain()
    assert "INDEX organisations_exchange" in owned
    assert "(organisation_id=?)" in owned


def test_the_sample_town_has_something_for_every_ask(logged_in, vera, town):
    html = logged_in(vera).get(URL, {"as": "asks"}).content.decode()
    assert html.count('<section class="panel">') == Exchange.objects.filter(
        direction="seeks", organisation__is_own=True, status="open"
    ).count() == 8  # fmt: skip
    assert "Nobody gives anything of this kind yet." not in html
    assert len(_weighed().standings) > 40


def test_programs_get_the_ranking_with_its_terms(alice, bob, us, ask):
    _somebody(bob, "Near", lat=40.0, lon=-82.0)
    _somebody(bob, "Nowhere")
    _token, secret = add_token(account=alice, scope="read", name="test", by=None)

    def get(path):
        answer = Client().get(f"/api/v1{path}", HTTP_AUTHORIZATION=f"Bearer {secret}")
        return answer.status_code, json.loads(answer.content)

    status, found = get("/fit")
    assert (status, found["weighed"], found["radius_km"]) == (200, 2, None)
    assert [one["name"] for one in found["items"]] == ["Near", "Nowhere"]
    (fit,) = found["items"][0]["fits"]
    assert fit["ask"] == str(ask.uuid)
    assert sum(term["points"] for term in fit["terms"]) == pytest.approx(fit["score"], abs=0.01)
    left_out = [term for term in found["items"][1]["fits"][0]["terms"] if term["value"] is None]
    assert {term["name"]: term["why"] for term in left_out} == {
        "communities": "ask", "distance": "giver", "sector": "ask",
    }  # fmt: skip
    assert [one["name"] for one in get("/fit?within_km=3")[1]["items"]] == ["Near"]
    assert len(get("/fit?limit=1")[1]["items"]) == 1
    assert get(f"/fit?ask={Organisation.objects.first().uuid}")[0] == 404
