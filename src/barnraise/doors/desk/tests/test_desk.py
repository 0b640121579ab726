"""Today, search, the palette, health, and what people set for themselves."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from barnraise.doors.desk import public
from barnraise.foundation.policy import admins, team
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import work
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.profile.services import change_installation, finish_wizard
from barnraise.plumbing.ui.sockets import Card, SamplePart, cards, sample
from barnraise.who.communities.models import Community
from barnraise.who.communities.services import register_community
from barnraise.who.organisations.selectors import own

pytestmark = pytest.mark.django_db


def test_today_shows_the_cards_one_may_see_that_have_something(alice, vera, logged_in):
    shown = Card("Barns", team, "desk/palette.html", lambda actor, now: {"offers": [], "asked": actor.name})
    empty = Card("Empty", team, "desk/palette.html", lambda actor, now: None)
    secret = Card("Secret", admins, "desk/palette.html", lambda actor, now: {})
    with cards.plugged("t.a", shown), cards.plugged("t.b", empty), cards.plugged("t.c", secret):
        page = logged_in(vera).get("/").content.decode()
    assert ">Barns</h2>" in page
    assert ">Empty</h2>" not in page
    assert ">Secret</h2>" not in page


def test_today_of_a_new_partnership_says_what_it_is_for(vera, logged_in):
    page = logged_in(vera).get("/").content.decode()
    assert "Nothing here yet" in page
    assert "Start here" not in page


def test_the_first_steps_are_ticked_as_they_are_done(ada, bob, logged_in):
    before = logged_in(bob).get("/").content.decode()
    assert "Say which communities you serve" in before
    assert 'class="is-done"' not in before
    register_community(name="Riverbend", by=bob)
    assert logged_in(bob).get("/").content.decode().count('class="is-done"') == 1


def test_strangers_go_to_the_login_page(logged_in):
    for address in ("/", "/search?q=x", "/palette", "/settings/", "/welcome/", "/welcome/name/", "/keys/"):
        answer = logged_in(None).get(address)
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/login/")


def test_an_admin_lands_in_the_first_run_until_it_is_done_or_put_off(ada, alice, logged_in):
    browser = logged_in(ada)
    assert browser.get("/").url == "/welcome/"
    assert browser.get("/welcome/").url == "/welcome/name/"
    assert logged_in(alice).get("/").status_code == 200
    assert browser.post("/welcome/later").url == "/"
    assert "Go on with the first run" in browser.get("/").content.decode()
    finish_wizard(by=ada)
    assert logged_in(ada).get("/").status_code == 200


def test_the_first_run_from_name_to_first_records(ada, logged_in):
    browser = logged_in(ada)
    answers = [
        ("name", {"network_name": "Riverbend Together"}, "place"),
        ("place", {"place": "Riverbend", "kind": "town"}, "language"),
        ("language", {"default_language": "es"}, "time_zone"),
        ("time_zone", {"skip": "1"}, "currency"),
        ("currency", {"currency": "EUR"}, "start"),
    ]
    for step, given, following in answers:
        # the wizard speaks the language that was just chosen
        word = "Step" if step in {"name", "place", "language"} else "Paso"
        assert word in browser.get(f"/welcome/{step}/").content.decode()
        assert browser.post(f"/welcome/{step}/", given).url == f"/welcome/{following}/"
    facts = installation()
    assert (facts.network_name, facts.place, facts.default_language) == (
        "Riverbend Together",
        "Riverbend",
        "es",
    )
    assert (facts.time_zone, facts.currency, facts.wizard_step) == ("UTC", "EUR", "start")
    assert facts.wizard_skipped == ["time_zone"]
    community = Community.objects.get()
    assert (community.name, community.kind) == ("Riverbend", "town")
    ours = own()
    assert ours is not None
    assert ours.name == "Riverbend Together"
    assert logged_in(ada).get("/").url == "/welcome/"
    assert logged_in(ada).get("/welcome/").url == "/welcome/start/"
    assert browser.post("/welcome/finish").url == "/"
    assert browser.get("/").status_code == 200
    assert installation().wizard_done_at is not None


def test_going_back_makes_no_second_community(ada, logged_in):
    browser = logged_in(ada)
    browser.post("/welcome/name/", {"network_name": "Riverbend Together"})
    browser.post("/welcome/place/", {"place": "Riverbend", "kind": "town"})
    browser.post("/welcome/place/", {"place": "Riverbend", "kind": "county"})
    assert Community.objects.count() == 1


def test_a_wrong_answer_stays_on_its_step(ada, logged_in):
    answer = logged_in(ada).post("/welcome/currency/", {"currency": "ADP"})
    assert answer.status_code == 422
    assert installation().currency == "USD"
    assert logged_in(ada).get("/welcome/nonsense/").status_code == 404


def test_only_admins_walk_the_first_run(alice, bob, petra, logged_in):
    for actor in (alice, bob, petra):
        browser = logged_in(actor)
        assert browser.get("/welcome/name/").status_code == 403
        assert browser.post("/welcome/name/", {"network_name": "Taken over"}).status_code == 403
        assert browser.post("/welcome/finish").status_code == 403
        assert browser.post("/settings/sample/add").status_code == 403
    assert installation().network_name == ""
    assert Job.objects.count() == 0


def test_the_palette_offers_pages_actions_and_records(ada, alice, logged_in):
    with transaction.atomic():
        register_community(name="Juniper Hill", by=alice)
    browser = logged_in(alice)
    journal = browser.get("/palette", {"q": "jour"}).content.decode()
    assert '<ul role="listbox"' in journal
    assert 'href="/journal/"' in journal
    records = browser.get("/palette", {"q": "junip"}).content.decode()
    assert "Juniper Hill" in records
    assert "Nothing found" in browser.get("/palette", {"q": "xyzzyq"}).content.decode()


def test_search_groups_by_kind_and_forgives(alice, petra, logged_in):
    with transaction.atomic():
        register_community(name="Peña Blanca", by=alice)
    page = logged_in(alice).get("/search", {"q": "pena"}).content.decode()
    assert "Peña Blanca" in page
    assert "Nothing found" in logged_in(alice).get("/search", {"q": "xyzzyq"}).content.decode()
    assert "One box over everything" in logged_in(alice).get("/search").content.decode()
    assert logged_in(petra).get("/search", {"q": "pena"}).status_code == 403


def test_language_and_appearance_are_kept_by_post_only(bob, logged_in):
    browser = logged_in(bob)
    assert browser.get("/language").status_code == 405
    assert browser.post("/language", {"language": "es", "next": "/journal/"}).url == "/journal/"
    assert browser.post("/theme", {"theme": "dark"}).status_code == 302
    bob.refresh_from_db()
    assert (bob.language, bob.theme, bob.name) == ("es", "dark", "Bob")
    assert browser.post("/theme", {"theme": "pink"}).status_code == 422
    assert browser.post("/language", {"language": "xx"}).status_code == 422
    assert browser.post("/language", {"language": "en", "next": "https://elsewhere.example/"}).url == "/"


def test_a_stranger_keeps_a_language_in_a_cookie(logged_in):
    browser = logged_in(None)
    browser.post("/language", {"language": "es"})
    assert browser.cookies["django_language"].value == "es"


def test_health_says_ok_only_when_the_database_answers(client, monkeypatch):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")

    def silent():
        raise DatabaseError("gone")

    monkeypatch.setattr(public, "database_answers", silent)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"The database does not answer.\n")


def test_robots_mark_and_manifest(client, ada):
    change_installation(by=ada, network_name="Riverbend Together")
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert client.get("/favicon.ico").status_code == 302
    manifest = client.get("/manifest.webmanifest")
    assert manifest.json()["name"] == "Barnraise"
    assert manifest["Content-Type"] == "application/manifest+json"


def test_a_missing_page_says_so(vera, logged_in):
    answer = logged_in(vera).get("/no/such/page/")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_sample_town_is_loaded_and_removed_part_by_part(ada, logged_in, monkeypatch):
    monkeypatch.setattr(sample, "_plugs", {})
    did = []

    def part(name):
        return SamplePart(
            load=lambda *, by: did.append(f"+{name}") or {name: 2},
            remove=lambda *, by: did.append(f"-{name}") or {name: 2},
        )

    with (
        sample.plugged("t.houses", part("houses"), order=1),
        sample.plugged("t.barns", part("barns"), order=2),
    ):
        browser = logged_in(ada)
        assert browser.post("/settings/sample/add").url == "/settings/sample/"
        assert browser.post("/settings/sample/add", {"then": "start"}).url == "/welcome/start/"
        job = Job.objects.get()
        assert "hx-get" in browser.get("/settings/sample/state").content.decode()
        work(job.pk)
        job.refresh_from_db()
        assert (job.state, job.result, did) == ("done", {"houses": 2, "barns": 2}, ["+houses", "+barns"])
        assert "Remove the sample town" in browser.get("/settings/sample/").content.decode()
        browser.post("/settings/sample/remove")
        work(Job.objects.latest("id").pk)
    assert did[2:] == ["-barns", "-houses"]
    assert list(Entry.objects.filter(room="desk").order_by("id").values_list("verb", "via")) == [
        ("desk.sample_added", "sample"),
        ("desk.sample_removed", "sample"),
    ]
    assert "Load the sample town" in browser.get("/settings/sample/").content.decode()


def test_settings_lists_what_one_may_open(ada, vera, logged_in):
    assert "/settings/profile/" in logged_in(ada).get("/settings/").content.decode()
    viewer = logged_in(vera).get("/settings/").content.decode()
    assert "/settings/profile/" not in viewer
    assert "Use this language" in viewer
    assert "⌘ K" in logged_in(vera).get("/keys/").content.decode()


def test_what_is_set_is_read_by_leads_and_changed_by_admins(ada, alice, bob, logged_in):
    assert logged_in(alice).get("/settings/profile/").status_code == 200
    assert logged_in(bob).get("/settings/profile/").status_code == 403
    given = {
        "network_name": "Riverbend",
        "place": "",
        "default_language": "en",
        "languages": ["en", "es"],
        "time_zone": "America/Denver",
        "currency": "USD",
        "fiscal_year_start_month": "7",
        "disclosure_threshold": "2",
    }
    refused = logged_in(ada).post("/settings/profile/change/", given)
    assert refused.status_code == 422
    assert "The threshold must be at least 3." in refused.content.decode()
    assert logged_in(alice).post("/settings/profile/change/", given).status_code == 403
    assert installation().network_name == ""
    kept = logged_in(ada).post("/settings/profile/change/", {**given, "disclosure_threshold": "11"})
    assert kept.url == "/settings/profile/"
    facts = installation()
    assert (facts.fiscal_year_start_month, facts.disclosure_threshold, facts.languages) == (
        7,
        11,
        ["en", "es"],
    )
