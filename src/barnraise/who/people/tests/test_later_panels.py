"""Panels of a profile that come later: announced on the page, a page of their own, fetched without their frame."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from barnraise.foundation.policy import leads, team
from barnraise.plumbing.ui.sockets import Panel
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import add_role, register_person
from barnraise.who.people.sockets import panels

PART = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def ana(bob):
    return register_person(PersonDocument(given_name="Ana", family_name="Ruiz"), by=bob)


def test_the_profile_announces_it_and_its_own_page_brings_it(logged_in, vera, ana):
    browser = logged_in(vera)
    page = browser.get(ana.get_absolute_url()).content.decode()
    address = f"{ana.get_absolute_url()}panels/mail/"
    assert page.count(f'hx-get="{address}"') == page.count(f'<a href="{address}">') == 1
    assert ">Mails</h2>" in page
    assert "No mail has been written to them here." not in page
    alone = browser.get(address)
    assert "No mail has been written to them here." in alone.content.decode()
    assert f'<a href="{ana.get_absolute_url()}" translate="no">Ana Ruiz</a>' in alone.content.decode()
    assert alone.content.decode().count("<h1>Mails</h1>") == 1
    part = browser.get(address, **PART)
    assert part.content.decode().strip().startswith("<p>No mail has been written to them here.</p>")
    assert "<html" not in part.content.decode()
    assert "<html" in browser.get(address, **PART, HTTP_HX_BOOSTED="true").content.decode()
    assert "HX-Request" in part["Vary"]
    assert "HX-Request" in alone["Vary"]


def _posts(actor, thing):
    rows = list(thing.roles.all())
    return {"thing": thing, "mails": [], "has_more": False} if rows else None


def _panel(title, policy=team, select=_posts, **how):
    return Panel(title, policy, "people/mails_panel.html", select, is_later=True, **how)


def test_one_with_nothing_to_show_is_not_announced(logged_in, vera, bob, ana):
    browser, address = logged_in(vera), f"{ana.get_absolute_url()}panels/posts/"
    with panels.plugged(
        "posts", _panel("Posts", held_by=(("people.Leadership", "person"), ("people.Role", "person")))
    ):
        assert address not in browser.get(ana.get_absolute_url()).content.decode()
        part = browser.get(address, **PART)
        assert (part.status_code, part.content) == (204, b""), "the page that fetches takes the place away"
        alone = browser.get(address)
        assert (alone.status_code, "There is nothing here now." in alone.content.decode()) == (200, True)
        mill = register_organisation(OrganisationDocument(name="Mill"), by=bob)
        add_role(ana, organisation=mill, title="Miller", by=bob)
        assert address in browser.get(ana.get_absolute_url()).content.decode()
        assert browser.get(address, **PART).status_code == 200


def test_each_asks_the_policy_of_the_thing_and_its_own(logged_in, vera, alice, petra, client, ana):
    mails, inner = f"{ana.get_absolute_url()}panels/mail/", f"{ana.get_absolute_url()}panels/inner/"
    assert client.get(mails)["Location"].startswith("/account/login/")
    assert client.get(mails, **PART).status_code == 401
    assert logged_in(petra).get(mails).status_code == 403
    said = _panel("Inner", leads, lambda actor, thing: {"thing": thing})
    with panels.plugged("inner", said):
        assert logged_in(vera).get(inner).status_code == 403
        assert inner not in logged_in(vera).get(ana.get_absolute_url()).content.decode()
        assert logged_in(alice).get(inner).status_code == 200
        assert inner in logged_in(alice).get(ana.get_absolute_url()).content.decode()
    assert logged_in(alice).get(inner).status_code == 404
    assert logged_in(vera).get(f"{ana.get_absolute_url()}panels/partnerships/").status_code == 404, (
        "it is there at once"
    )


def test_all_are_asked_for_in_one_question(logged_in, vera, ana):
    browser = logged_in(vera)
    browser.get(ana.get_absolute_url())
    held_by = (("people.Role", "person"), ("people.Leadership", "person"))

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as found:
            assert browser.get(ana.get_absolute_url()).status_code == 200
        return [query["sql"] for query in found]

    with panels.plugged("first", _panel("First", held_by=held_by)):
        one = asked()
        with panels.plugged("second", _panel("Second", held_by=held_by[:1])):
            two = asked()
    assert len(one) == len(two)
    (question,) = [sql for sql in two if sql.startswith("SELECT EXISTS(SELECT 1")]
    assert question.count("EXISTS(") > 3
