"""An audience is made, ruled, counted, taken as CSV and ended in the browser, and by programs."""

from __future__ import annotations

import re

import pytest

from barnraise.who.audiences.models import Audience, Rule
from barnraise.who.audiences.selectors import glance
from barnraise.who.audiences.services import Given, make_audience
from barnraise.who.audiences.sockets import Fact, facts

pytestmark = pytest.mark.django_db
PAGE = "/who/audiences/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_made_ruled_counted_filtered_and_ended(folk, newsletter, alice, bob, vera, logged_in):
    browser = logged_in(bob)
    page = browser.post(f"{PAGE}make/", {"name": "", "mode": "all"})
    assert page.status_code == 422
    assert logged_in(vera).post(f"{PAGE}make/", {"name": "Choir", "mode": "all"}).status_code == 403
    assert not Audience.objects.exists()
    sent = {"name": "Choir", "mode": "all", "purpose": newsletter.pk, "channel": "email"}
    browser = logged_in(bob)
    where = browser.post(f"{PAGE}make/", sent).url
    assert "There is no rule yet, so nobody belongs to it." in text(browser.get(where))
    assert "There is an audience of this name already." in text(browser.post(f"{PAGE}make/", sent))
    page = browser.post(f"{where}rules/add/?criterion=kind", {"values": ["pirate"]})
    assert page.status_code == 422
    assert not Rule.objects.exists()
    assert browser.get(f"{where}rules/add/?criterion=shoe_size").status_code == 404
    browser.post(f"{where}rules/add/?criterion=kind", {"values": ["staff"], "is_not": "1"})
    page = browser.get(where)
    shown = text(page)
    assert "Is a: not Our team" in shown
    assert "People: 3" in shown
    assert "May be contacted 1" in shown
    assert "There is no address for this channel. 1" in shown
    assert "No recorded consent for “Newsletter” by E-mail. 1" in shown
    reached, no_address, never = re.findall(r'<td class="number"><a href="([^"]+)"', page.content.decode())
    for href, name in ((reached, "Ana Oak"), (no_address, "Cai Oak"), (never, "Ben Oak")):
        listed = text(browser.get(href.replace("&amp;", "&")))
        assert [one for one in ("Ana Oak", "Ben Oak", "Cai Oak", "Dov Oak") if one in listed] == [name]
    rule = Rule.objects.get()
    browser.post(f"{PAGE}rules/{rule.uuid}/change/", {"values": ["resident"], "is_not": ""})
    assert "People: 2" in text(browser.get(where))
    browser.post(f"{where}change/", {**sent, "name": "Singers", "purpose": "", "channel": ""})
    assert "Singers" in text(browser.get(f"{PAGE}?ended=0"))
    assert "Is a: Resident" in text(browser.get(f"{PAGE}?ended=0"))
    browser.post(f"{where}end/")
    assert where not in browser.get(f"{PAGE}?ended=0").content.decode()
    assert where in browser.get(f"{PAGE}?ended=1").content.decode()
    browser.post(f"{where}reopen/")
    browser.post(f"{PAGE}rules/{rule.uuid}/remove/")
    assert not Rule.objects.exists()
    assert browser.post(f"{where}remove/").status_code == 403
    assert "Bob changed the rules of the audience" in text(browser.get(where))
    assert "Singers" in text(browser.get("/search?q=singers"))
    logged_in(alice).post(f"{where}remove/")
    assert not Audience.objects.exists()


def test_people_of_an_audience_as_a_list_with_facts_and_as_csv(folk, alice, bob, logged_in):
    audience = make_audience(by=alice, name="Residents", rules=[Given("kind", ["resident"])])
    browser = logged_in(bob)
    assert "2 people" in text(browser.get(f"{PAGE}people/?audience={audience.uuid}"))
    with facts.plugged("test.letters", Fact("Letters", lambda keys: {folk["Ana"].pk: "three"})):
        sheet = browser.get(f"{PAGE}people/?audience={audience.uuid}&export=csv")
        lines = sheet.getvalue().decode("utf-8-sig").splitlines()
    assert lines == [
        "Name,Kind,City,E-mail,Letters",
        "Ana Oak,Resident,,ana@example.org,three",
        "Cai Oak,Resident,,,",
    ]
    sheet = browser.get(f"{PAGE}?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[1].startswith("Residents,Is a: Resident")
    assert "is not a purpose, a channel and a reason" in text(browser.get(f"{PAGE}people/?reach=1:pigeon:"))


def test_of_very_many_the_reasons_are_counted_when_somebody_asks(
    folk, newsletter, alice, logged_in, monkeypatch
):
    monkeypatch.setitem(glance.__globals__, "FEW", 1)
    audience = make_audience(
        by=alice, name="Residents", rules=[Given("kind", ["resident"])], purpose=newsletter, channel="email"
    )
    browser = logged_in(alice)
    page = text(browser.get(audience.get_absolute_url()))
    assert ("Count all of them" in page, "Count them now" in page, "May be contacted 1" in page) == (
        True,
        True,
        False,
    )
    page = text(browser.get(f"{audience.get_absolute_url()}?for={newsletter.pk}:email&count=1"))
    assert ("People: 2" in page, "May be contacted 1" in page) == (True, True)


def test_audiences_by_api(asks, folk, newsletter, alice, bob, vera):
    send = asks(bob)
    rules = [{"criterion": "kind", "values": ["staff"], "is_not": True}]
    given = {"name": "Choir", "rules": rules, "purpose": str(newsletter.uuid), "channel": "email"}
    assert asks(vera)("POST", "/audiences", given)[0] == 403
    for wrong in (
        {"name": ""},
        {"mode": "some"},
        {"purpose": str(folk["Ana"].uuid)},
        {"rules": [{"criterion": "kind", "values": ["pirate"]}]},
        {"rules": [{"criterion": "kind", "values": []}]},
    ):
        status, problem = send("POST", "/audiences", {**given, **wrong})
        assert (status, bool(problem["errors"])) == (422, True), wrong
    assert not Audience.objects.exists()
    status, made = send("POST", "/audiences", given)
    assert (status, made["rules"], made["mode"]) == (201, rules, "all")
    where = f"/audiences/{made['id']}"
    people = send("GET", f"{where}/people?limit=2")[1]
    assert [one["name"] for one in people["items"]] == ["Ana Oak", "Ben Oak"]
    rest = send("GET", f"{where}/people?limit=2&cursor={people['next']}")[1]
    assert [one["name"] for one in rest["items"]] == ["Cai Oak"]
    reach = send("GET", f"{where}/reach?purpose={newsletter.uuid}&channel=email")[1]
    assert reach == {
        "audience": made["id"], "people": 3, "reachable": 1, "reasons": {"never_asked": 1, "no_address": 1},
    }  # fmt: skip
    status, changed = send("PATCH", where, {"mode": "any", "rules": [], "is_ended": True})
    assert (status, changed["mode"], changed["rules"], changed["ended_at"] is None) == (200, "any", [], False)
    assert send("GET", "/audiences?is_ended=true")[1]["items"] == [changed]
    assert send("GET", "/audiences?is_ended=false")[1]["items"] == []
    offered = {one["name"]: one for one in send("GET", "/audience-criteria")[1]}
    assert offered["kind"]["values"][0] == {"value": "resident", "label": "Resident"}
    assert send("DELETE", where)[0] == 403
    assert asks(alice)("DELETE", where)[0] == 204
