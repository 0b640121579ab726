"""The team looks for partners: the ranking, a decision, one click into the pipeline."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.discovery.models import Candidate
from barnraise.nowwhat.discovery.services import approach, judge, propose
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.sockets import threads
from barnraise.who.organisations.services import close_organisation
from barnraise.who.partnerships.models import Partnership
from barnraise.who.partnerships.services import begin_partnership, change_partnership

from .conftest import body

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/candidates/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().replace("\xa0", " ")).split())


def order(answer):
    return re.findall(r'class="fit-who"><a href="[^"]*" translate="no">([^<]*)</a>', answer.content.decode())


def soon(days):
    return timezone.localdate() + timedelta(days=days)


def test_the_ranking_says_who_why_and_what_nobody_knows(town, vera, alice, logged_in):
    browser = logged_in(vera)
    page = browser.get(PAGE)
    assert order(page) == ["Licking Food Bank", "Fresh Bread", "Coast Food Pantry"]
    said = text(page)
    assert "3 candidates" in said
    assert "in common with “Families lack fresh food”: “food”" in said
    assert "works in: Food programmes" in said
    assert "gives something for our ask: “A van for deliveries”" in said
    assert "100 km away" in said
    assert "no partner of ours works in: Food, farming and nutrition" in said
    assert (
        "Left out, since nobody knows it: Our asks (nobody has noted what it gives), Distance (it has no coordinates), "
        "Network gap (nobody works with us yet)." in said
    )
    assert "Of 1 nobody knows where it is" in said
    assert "Begin a partnership" not in said
    assert "Begin a partnership" in text(logged_in(alice).get(PAGE))
    for query, names in (
        ("kind=business", ["Fresh Bread"]),
        ("within=50", ["Licking Food Bank"]),
        ("sector=NTEE:A", ["Clay Museum"]),
        (f"for={Ref.to(town['need'])}", ["Licking Food Bank", "Fresh Bread", "Coast Food Pantry"]),
    ):
        assert order(browser.get(f"{PAGE}?{query}")) == names, query
    assert "Select a valid choice" in text(browser.get(f"{PAGE}?for=needs.need:99999"))
    lines = list(csv.DictReader(io.StringIO(browser.get(f"{PAGE}?export=csv").content.decode())))
    assert (lines[0]["rank"], lines[0]["organisation"]) == ("1", "Licking Food Bank")
    assert lines[1]["distance_why"] == "left out: it has no coordinates"
    where = town["bank"].source.name
    type(town["bank"]).objects.filter(pk=town["bank"].pk).update(city=where)
    assert f"{where} · {where}" not in text(browser.get(PAGE))
    begin_partnership(town["bank"], by=alice)
    close_organisation(town["far"], by=alice)
    assert order(browser.get(PAGE)) == ["Fresh Bread"]


def test_who_has_no_field_is_weighed_by_its_words(town, vera, alice, logged_in):
    body(alice, "Open Larder", at=None, mission="Fresh food for families")
    body(alice, "Bird Club", at=None, mission="We count herons")
    browser = logged_in(vera)
    found = order(browser.get(PAGE))
    assert "Open Larder" in found
    assert "Bird Club" not in found
    assert "Open Larder" not in order(browser.get(f"{PAGE}?sector=NTEE:K"))
    assert "Open Larder" not in order(browser.get(f"{PAGE}?within=50")), "nobody knows where it is"


def test_nothing_is_weighed_where_nothing_is_needed(alice, logged_in):
    assert "Say first what is needed" in text(logged_in(alice).get(PAGE))


def test_not_now_is_refused_remembered_changed_and_taken_back(town, alice, bob, vera, logged_in):
    bank, browser = town["bank"], logged_in(bob)
    where = f"{PAGE}organisation/{bank.uuid}/decide/"
    good = {"verdict": "not_now", "reason": "Their board is new", "until": soon(30).isoformat()}
    good["cites"] = "families lack fresh food"
    for wrong, reason in (
        ({"reason": ""}, "Say why not now"),
        ({"until": ""}, "Say until when"),
        ({"until": soon(-1).isoformat()}, "This day is over."),
        ({"verdict": "watch"}, "Only “not now” has an end."),
        ({"verdict": "never"}, "Select a valid choice"),
        ({"cites": "No such need"}, "There is no project, objective, goal or need of this name."),
    ):
        page = browser.post(where, {**good, **wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(where, good).status_code == 403
    own = browser.post(
        f"{PAGE}organisation/{town['us'].uuid}/decide/", {**good, "verdict": "watch", "until": ""}
    )
    assert "nobody is a partner of their own" in text(own)
    assert not Candidate.objects.exists()
    assert browser.post(where, good).status_code == 302
    row = Candidate.objects.get()
    assert (row.organisation, row.verdict, row.until, row.judged_by) == (bank, "not_now", soon(30), bob)
    assert (row.cites, row.score > 50, [term["name"] for term in row.terms][:3]) == (
        str(Ref.to(town["need"])), True, ["need", "sector", "asks"],
    )  # fmt: skip
    assert order(browser.get(PAGE)) == ["Fresh Bread", "Coast Food Pantry"]
    page = text(browser.get(row.get_absolute_url()))
    assert "Their board is new" in page
    assert f"The score then: {row.score} of 100" in page
    assert "Families lack fresh food" in page
    browser.post(where, {"verdict": "watch", "reason": "Their director called", "until": "", "cites": ""})
    row.refresh_from_db()
    assert (row.verdict, row.reason, row.until) == ("watch", "Their director called", None)
    assert "Kept in view Their director called" in text(browser.get(PAGE))
    undo = ChangeSet.objects.get(verb="discovery.watch")
    browser.post(f"/journal/changes/{undo.pk}/undo/")
    row.refresh_from_db()
    assert (row.verdict, row.reason, row.until) == ("not_now", "Their board is new", soon(30))
    browser.post(f"{PAGE}{row.uuid}/forget/")
    assert not Candidate.objects.exists()
    assert order(browser.get(PAGE))[0] == "Licking Food Bank"
    browser.post(f"/journal/changes/{ChangeSet.objects.get(verb='discovery.forgotten').pk}/undo/")
    assert Candidate.objects.get().reason == "Their board is new"


def test_one_click_begins_a_partnership_and_another_takes_it_back(town, alice, vera, logged_in):
    bank, need = town["bank"], str(Ref.to(town["need"]))
    where = f"{PAGE}organisation/{bank.uuid}/begin/"
    assert logged_in(vera).post(where, {"for": need}).status_code == 403
    assert not Partnership.objects.exists()
    browser = logged_in(alice)
    answer = browser.post(where, {"for": need})
    made = Partnership.objects.get()
    assert (answer.url, made.organisation, made.stage, made.owner) == (
        made.get_absolute_url(),
        bank,
        "prospect",
        alice,
    )
    assert made.about.startswith("For: Families lack fresh food\nProposed because: in common with")
    row = Candidate.objects.get()
    assert (row.verdict, row.cites) == ("approached", need)
    assert "There is a partnership with them already." in text(browser.post(where, {}, follow=True))
    assert "They were approached" in text(browser.post(f"{PAGE}{row.uuid}/forget/", follow=True))
    browser.post(f"/journal/changes/{ChangeSet.objects.get(verb='discovery.approached').pk}/undo/")
    assert (Partnership.objects.count(), Candidate.objects.count()) == (0, 0)
    _made, done = approach(bank, by=alice)
    change_partnership(Partnership.objects.get(), by=alice, about="We met them")
    browser.post(f"/journal/changes/{done.pk}/undo/")
    assert (Partnership.objects.get().about, Candidate.objects.get().verdict) == ("We met them", "approached")


def test_listed_filtered_and_taken_out_as_csv(town, alice, bob, logged_in):
    browser = logged_in(alice)
    assert "Nobody was looked at yet" in text(browser.get(f"{PAGE}decided/"))
    judge(town["bank"], by=bob, verdict="watch", reason="Near us")
    judge(town["far"], by=alice, verdict="not_now", reason="Too far", until=soon(9))
    judge(town["lost"], by=alice, verdict="not_now", reason="Ask in spring", until=soon(0))
    Candidate.objects.filter(organisation=town["lost"]).update(until=soon(-1))
    approach(town["museum"], by=alice)
    names = ("Licking Food Bank", "Coast Food Pantry", "Fresh Bread", "Clay Museum")
    for query, shown in (
        ("state=watch", [0]),
        ("state=not_now", [1]),
        ("state=again", [2]),
        ("state=approached", [3]),
        ("state=again&state=watch", [0, 2]),
        (f"by={bob.pk}", [0]),
        ("organisation=coast food pantry", [1]),
        (f"until_from={soon(1).isoformat()}", [1]),
    ):
        page = browser.get(f"{PAGE}decided/?{query}").content.decode()
        assert [at for at, name in enumerate(names) if f">{name}<" in page] == shown, query
    assert "Nobody decided about “Nobody”." in text(browser.get(f"{PAGE}decided/?organisation=Nobody"))
    out = browser.get(f"{PAGE}decided/?export=csv&state=not_now").getvalue().decode("utf-8-sig").splitlines()
    assert out[0].startswith("Organisation,Decision,Why,Not before,Score then,Decided on")
    assert out[1].startswith(f"Coast Food Pantry,Not now,Too far,{soon(9).isoformat()},")
    assert len(out) == 2


def test_shown_on_today_on_the_profile_in_trace_timeline_and_search(town, alice, bob, logged_in):
    need = Ref.to(town["need"])
    browser = logged_in(bob)
    assert propose(now=timezone.now()) == 3
    assert propose(now=timezone.now()) == 0, "safe to run twice"
    today = text(browser.get("/"))
    assert "Candidates to look at Licking Food Bank" in today
    proposed = Candidate.objects.get(organisation=town["bank"])
    assert "Proposed on" in text(browser.get(proposed.get_absolute_url()))
    judge(town["far"], by=alice, verdict="not_now", reason="Moving house", until=soon(0), cites=str(need))
    Candidate.objects.filter(organisation=town["far"]).update(until=soon(-1))
    judge(town["lost"], by=alice, verdict="watch")
    today = text(browser.get("/"))
    assert re.search(
        r"Candidates to look at Coast Food Pantry To look at again Moving house .* Licking Food Bank Proposed",
        today,
    )
    assert "Fresh Bread Kept" not in today
    browser.post(f"{PAGE}organisation/{town['bank'].uuid}/begin/", {"for": str(need), "next": "/"})
    assert "Licking Food Bank Proposed" not in text(browser.get("/"))
    row = Candidate.objects.get(organisation=town["bank"])
    partner = Ref.to(Partnership.objects.get())
    assert need in threads.get("discovery.candidate").upstream(Ref.to(row))
    assert list(threads.get("discovery.candidate").downstream(Ref.to(row))) == [partner]
    walk = browser.get(f"/trace/{need}/").content.decode()
    assert f"/trace/{Ref.to(row)}/" in walk
    assert f"/trace/{partner}/" in walk
    assert f"?for={need}" in browser.get(town["need"].get_absolute_url()).content.decode()
    assert row.get_absolute_url() in browser.get(f"{PAGE}key/{row.pk}/").url
    panel = f"{town['far'].get_absolute_url()}panels/discovery/"
    assert f'hx-get="{panel}"' in browser.get(town["far"].get_absolute_url()).content.decode()
    assert "Moving house" in text(browser.get(panel))
    assert "Alice put Coast Food Pantry off as a partner until" in text(
        browser.get(town["far"].get_absolute_url())
    )
    assert "Coast Food Pantry" in text(browser.get("/search?q=moving+house"))
