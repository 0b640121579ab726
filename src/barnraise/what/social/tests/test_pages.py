"""The team writes messages, approves them, posts by hand, and notes what they reached."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.foundation.periods import parse
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import threads
from barnraise.what.projects import reaching
from barnraise.what.projects.services import add_project
from barnraise.what.social.models import Message, Reach, SocialAccount, Variant
from barnraise.what.social.services import (
    add_account,
    approve,
    change_message,
    change_variant,
    end_account,
    note_reach,
    post_by_hand,
)
from barnraise.what.social.sockets import Origin, origins
from barnraise.why.goals.sockets import sources

pytestmark = pytest.mark.django_db
PAGE = "/what/posts/"
SIX = ["facebook", "x", "instagram", "linkedin", "mastodon", "bluesky"]
POST = "https://x.com/us/status/1"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def said(**more):
    first = {
        "name": "Night bus",
        "text": "It runs until ten.",
        "link": "",
        "language": "en",
        "cites": "",
        "owner": "",
    }
    return {**first, "networks": SIX, **more}


def test_created_changed_and_refused_with_a_reason(alice, bob, vera, logged_in):
    browser = logged_in(bob)
    assert "No posts yet" in text(browser.get(PAGE))
    for wrong, reason in (
        ({"text": " "}, "This field is required."),
        ({"link": "example"}, "This is no web address."),
        ({"networks": []}, "This field is required."),
        ({"networks": ["myspace"]}, "Select a valid choice."),
        ({"cites": "Nothing known"}, "There is no project, objective, goal or need of this name."),
    ):
        page = browser.post(f"{PAGE}write/", said(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}write/", said()).status_code == 403
    assert not Message.objects.exists()
    project = add_project(by=alice, name="Night Bus", kind="empowerment")
    browser = logged_in(bob)
    answer = browser.post(
        f"{PAGE}write/", said(cites="night bus", link="https://example.org/bus", owner=bob.pk)
    )
    row = Message.objects.get()
    assert (answer.url, row.cites, row.owner) == (row.get_absolute_url(), str(Ref.to(project)), bob)
    drafts = {one.network: one for one in row.variants.all()}
    assert sorted(drafts) == sorted(SIX)
    assert {one.text for one in drafts.values()} == {"It runs until ten.\n\nhttps://example.org/bus"}
    page = text(browser.get(row.get_absolute_url()))
    assert "Counts 43 of at most 280." in page
    assert "Links in a caption cannot be followed" in page
    change_variant(drafts["instagram"], by=bob, text="It runs until ten. Link in bio.")
    browser.post(f"{PAGE}{row.uuid}/change/", said(text="It runs until eleven.", cites="Night Bus"))
    texts = {one.network: one.text for one in row.variants.all()}
    assert (texts["x"], texts["instagram"]) == ("It runs until eleven.", "It runs until ten. Link in bio.")
    where = f"{PAGE}variants/{drafts['x'].uuid}/"
    page = browser.post(f"{where}change/", {"text": ""})
    assert (page.status_code, "This field is required." in text(page)) == (422, True)
    browser.post(f"{where}change/", {"text": "a" * 281})
    assert "It counts 281 of at most 280: 1 too many." in text(browser.get(where))


def test_approved_posted_by_hand_with_its_address_and_taken_down(message, variant, alice, bob, logged_in):
    long = change_variant(variant("bluesky"), by=bob, text="a" * 301)
    where = f"{PAGE}variants/{variant('x').uuid}/"
    assert logged_in(bob).post(f"{where}approve/").status_code == 403
    browser = logged_in(alice)
    page = browser.post(f"{PAGE}{message.uuid}/approve/", follow=True)
    assert "Bluesky: It counts 301 of at most 300: 1 too many." in text(page)
    states = dict(Variant.objects.values_list("network", "state"))
    assert states.pop("bluesky") == "draft"
    assert set(states.values()) == {"approved"}
    page = text(browser.get(where))
    assert "Open X : the text is filled in there already" in page
    assert "We cannot post there by ourselves" in text(browser.post(f"{where}post/", follow=True))
    assert "Posts to be posted" in text(browser.get("/"))
    for wrong, reason in (("", "This field is required."), ("x.com", "Paste the address of the post")):
        page = browser.post(f"{where}by-hand/", {"address": wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert variant("x").state == "approved"
    logged_in(bob).post(f"{where}by-hand/", {"address": POST})
    assert (variant("x").state, variant("x").address) == ("by_hand", POST)
    assert "Bob posted the message Open day by hand" in text(browser.get(message.get_absolute_url()))
    browser.post(f"{PAGE}variants/{variant('linkedin').uuid}/unapprove/")
    assert variant("linkedin").state == "draft"
    change_variant(variant("facebook"), by=bob, text="Other words")
    assert variant("facebook").state == "draft", "other words are to be approved anew"
    page = browser.post(f"{PAGE}{message.uuid}/remove/", follow=True)
    assert ("take it down there and say so first" in text(page), Message.objects.count()) == (True, 1)
    browser.post(f"{where}down/")
    assert variant("x").state == "down"
    assert logged_in(bob).post(f"{PAGE}{message.uuid}/remove/").status_code == 403
    logged_in(alice).post(f"{PAGE}{message.uuid}/remove/")
    assert not Variant.objects.filter(pk=long.pk).exists()


def test_filtered_and_taken_out_as_csv(message, variant, alice, bob, logged_in):
    browser = logged_in(alice)
    browser.post(f"{PAGE}write/", said(networks=["x"]))
    post_by_hand(approve(variant("x"), by=alice), by=alice, address=POST)
    names = ("Open day", "Night bus")
    for query, shown in (
        (f"owner={alice.pk}", ["Open day"]),
        ("name=bus", ["Night bus"]),
        (f"owner={bob.pk}", []),
    ):
        listed = browser.get(f"{PAGE}?{query}").content.decode()
        assert [name for name in names if f">{name}<" in listed] == shown, query
    lines = browser.get(f"{PAGE}?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Name,What to say,Where it stands,Who sees to it,Changed")
    for query, many in (
        ("state=by_hand", 1),
        ("state=draft&network=x", 1),
        ("network=x", 2),
        ("network=bluesky", 1),
    ):
        lines = browser.get(f"{PAGE}variants/?export=csv&{query}").getvalue().decode("utf-8-sig").splitlines()
        assert len(lines) == many + 1, query
    assert lines[1].startswith("Open day,Bluesky,Draft,")


def test_reach_is_noted_and_shown_on_today_in_trace_timeline_and_search(
    message, variant, alice, bob, logged_in
):
    browser, today = logged_in(bob), timezone.localdate()
    where = f"{PAGE}variants/{variant('x').uuid}/"
    approve(variant("x"), by=alice)
    page = browser.post(f"{where}reach/", {"on": today.isoformat(), "reached": 5})
    assert (page.status_code, "It was not posted yet." in text(page)) == (422, True)
    post_by_hand(variant("x"), by=bob, address=POST)
    for wrong, reason in (
        ({"on": (today + timedelta(days=1)).isoformat()}, "This day has not come yet."),
        ({"on": (today - timedelta(days=1)).isoformat()}, "This is before it was posted."),
        ({"reached": -1}, "greater than or equal to 0"),
    ):
        page = browser.post(f"{where}reach/", {"on": today.isoformat(), "reached": 5, **wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert not Reach.objects.exists()
    browser.post(f"{where}reach/", {"on": today.isoformat(), "reached": 400})
    browser.post(f"{where}reach/", {"on": today.isoformat(), "reached": 420, "engaged": 12})
    assert list(Reach.objects.values_list("reached", "engaged")) == [(420, 12)]
    assert "People reached: 420" in text(browser.get(message.get_absolute_url()))
    mine, post = Ref.to(message), Ref.to(variant("x"))
    assert post in threads.get("social.message").downstream(mine).refs
    assert list(threads.get("social.variant").upstream(post)) == [mine]
    assert "Open day, X" in text(browser.get(f"/trace/{mine}/"))
    assert "noted that a post of the message Open day reached 420" in text(browser.get(where))
    assert "Open day" in text(browser.get("/search?q=along on Saturday"))
    assert browser.get(f"{PAGE}key/{message.pk}/").url == message.get_absolute_url()
    browser.post(f"{PAGE}reach/{Reach.objects.get().uuid}/remove/")
    assert not Reach.objects.exists()


def test_accounts_are_added_changed_and_ended(alice, bob, logged_in):
    new = {
        "network": "facebook",
        "name": "Us on Facebook",
        "address": "https://facebook.com/us",
        "server": "",
    }
    assert logged_in(bob).post(f"{PAGE}accounts/add/", new).status_code == 403
    browser = logged_in(alice)
    for wrong, reason in (
        ({"address": "us"}, "This is no web address."),
        ({"network": "mastodon"}, "beginning with https://"),
        ({"network": "mastodon", "server": "http://mastodon.example"}, "beginning with https://"),
    ):
        page = browser.post(f"{PAGE}accounts/add/", {**new, **wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert not SocialAccount.objects.exists()
    browser.post(f"{PAGE}accounts/add/", new)
    row = SocialAccount.objects.get()
    where = f"{PAGE}accounts/{row.uuid}/"
    browser.post(f"{where}change/", {**new, "name": "We"})
    page = browser.post(f"{where}connect/", {"secret": "x"})
    assert (page.status_code, "We cannot post there by ourselves" in text(page)) == (422, True)
    assert "We" in text(browser.get(where))
    browser.post(f"{where}end/")
    row.refresh_from_db()
    assert (row.name, row.is_connected, row.ended_at is not None) == ("We", False, True)
    assert "This account has ended." in text(browser.post(f"{where}end/", follow=True))


def test_posts_are_a_channel_of_the_one_reach_of_a_project(message, variant, alice, vera, logged_in):
    project = add_project(name="The bus", kind="infrastructure", by=alice)
    today = timezone.localdate()
    assert reaching.panel(alice, project) is None
    change_message(message, by=alice, cites=str(Ref.to(project)))
    for network, many in (("facebook", 400), ("bluesky", 20)):
        approve(variant(network), by=alice)
        post_by_hand(variant(network), by=alice, address=f"https://{network}.example/1")
        note_reach(variant(network), by=alice, on=today, reached=many)
    found = reaching.panel(alice, project)
    assert [(one.title, one.many, str(label)) for label, one in found["reached"]] == [
        ("Open day, Bluesky", 20, "Posts"),
        ("Open day, Facebook", 400, "Posts"),
    ]
    assert found["total"] == 420
    for reader in (alice, vera):
        page = logged_in(reader).get(project.get_absolute_url()).content.decode()
        assert "Open day, Facebook" in page
    options, period = {"project": project.pk}, parse(f"{today:%Y-%m}")
    rows = list(sources.get("projects.reach").rows(options, period))
    assert sum(row.value for row in rows) == 420
    assert list(sources.get("projects.reached_people").rows(options, period)) == []
    before = sources.get("projects.reach").stamp(options, period)
    note_reach(variant("bluesky"), by=alice, on=today, reached=30)
    assert sources.get("projects.reach").stamp(options, period) != before
    assert sum(row.value for row in sources.get("projects.reach").rows(options, period)) == 430


def test_today_offers_to_post_only_what_may_be_told(message, variant, alice, logged_in):
    browser = logged_in(alice)
    browser.post(f"{PAGE}{message.uuid}/approve/")
    post_by_hand(variant("facebook"), by=alice, address=POST)
    Message.objects.update(drawn_from="things.thing:1")
    may = Origin("Thing", choices=list, drafted=lambda key, language: None)
    with origins.plugged("things.thing", may):
        page = text(browser.get("/"))
        assert ("Posts to be posted" in page, "Posts to take down" in page) == (True, False)
    with origins.plugged(
        "things.thing", replace(may, hindrances=lambda refs: dict.fromkeys(refs, "It is told no more."))
    ):
        page = text(browser.get("/"))
        assert ("Posts to be posted" in page, "Posts to take down" in page) == (False, True)


def test_accounts_are_filtered_in_their_list_and_by_api(alice, bob, logged_in, asks):
    ours, old = (
        add_account(by=alice, network=network, name=name, address=f"https://{network}.example/us")
        for network, name in (("facebook", "Us on Facebook"), ("linkedin", "Us on LinkedIn"))
    )
    end_account(old, by=alice)
    browser, send = logged_in(bob), asks(bob)
    for query, asked, shown in (
        ("", "", {ours.name, old.name}),
        ("network=facebook", "network=facebook", {ours.name}),
        ("ended=1", "ended=true", {old.name}),
        ("ended=0", "ended=false", {ours.name}),
    ):
        page = browser.get(f"{PAGE}accounts/?{query}").content.decode()
        assert {name for name in (ours.name, old.name) if f">{name}<" in page} == shown, query
        items = send("GET", f"/social-accounts?{asked}")[1]["items"]
        assert {one["name"] for one in items} == shown, asked


def test_a_page_shows_how_each_post_looks(variant, bob, logged_in):
    row = change_variant(
        variant("bluesky"), by=bob, text="We open at nine.\nCome: https://open.example/day <b>"
    )
    page = logged_in(bob).get(row.get_absolute_url()).content.decode()
    assert "How it looks" in page
    assert (
        '<p translate="no">We open at nine.<br>Come: <span class="counted">https://open.example/day</span> &lt;b&gt;</p>'
        in page
    )
    whole = logged_in(bob).get(row.message.get_absolute_url()).content.decode()
    assert "We open at nine.<br>Come:" in whole
