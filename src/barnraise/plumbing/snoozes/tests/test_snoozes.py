"""A reminder waits until a day, for a reason; it wakes by hand or by itself; nobody reads what they may not see."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from barnraise.foundation.policy import admins
from barnraise.foundation.refs import Ref
from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.snoozes.models import Snooze
from barnraise.plumbing.snoozes.selectors import asleep, awake
from barnraise.plumbing.snoozes.services import follow, forget, purge, snooze
from barnraise.plumbing.tags.models import Tag
from barnraise.plumbing.tags.services import create
from barnraise.plumbing.ui.sockets import Card, cards

pytestmark = pytest.mark.django_db
CARD = "test.flags"


@pytest.fixture(autouse=True)
def card():
    """A card of tags, for the team."""
    from barnraise.foundation.policy import team

    with cards.plugged(CARD, Card("Flags", team, "desk/palette.html", lambda actor, now: None)):
        yield


@pytest.fixture
def red(alice):
    """Something that a card speaks of."""
    return create(name="Red", description="", by=alice)


def day(days):
    return timezone.localdate() + timedelta(days=days)


def test_the_page_snoozes_changes_and_wakes(red, bob, vera, logged_in):
    address = f"/today/snoozed/{CARD}/{Ref.to(red)}/"
    assert logged_in(vera).get(address).status_code == 403
    browser = logged_in(bob)
    shown = browser.get(address).content.decode()
    assert "Red" in shown
    assert day(7).isoformat() in shown
    for until, reason, why in (
        (day(-1), "Later", "This day has passed."),
        (day(400), "Later", "At most a year ahead."),
        (day(3), "   ", "This field is required."),
    ):
        answer = browser.post(address, {"until": until.isoformat(), "reason": reason})
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert Snooze.objects.count() == 0
    browser.post(address, {"until": day(3).isoformat(), "reason": "Ink is on order."})
    browser.post(address, {"until": day(5).isoformat(), "reason": "Still on order."})
    row = Snooze.objects.get()
    assert (row.until, row.reason, row.by) == (day(5), "Still on order.", bob)
    said = [entry.data["reason"] for entry in Entry.objects.filter(verb="snoozes.snoozed").order_by("pk")]
    assert said == ["Ink is on order.", "Still on order."]
    listed = logged_in(vera).get("/today/snoozed/?export=csv")
    text = b"".join(listed.streaming_content).decode() if listed.streaming else listed.content.decode()
    assert "Still on order." in text
    assert logged_in(vera).post(f"/today/snoozed/{row.uuid}/wake/").status_code == 403
    assert browser.get(f"/today/snoozed/{row.uuid}/wake/").status_code == 405
    assert "Wake it now" in browser.get(address).content.decode()
    browser.post(f"/today/snoozed/{row.uuid}/wake/")
    assert Snooze.objects.count() == 0
    assert Entry.objects.filter(verb="snoozes.woken").count() == 1


def test_what_is_not_there_or_not_for_one_is_not_snoozed(red, bob, logged_in):
    browser = logged_in(bob)
    for address in (
        f"no.card/{Ref.to(red)}",
        f"{CARD}/tags.tag:999999",
        f"{CARD}/nonsense",
        f"{CARD}/no.kind:1",
    ):
        assert browser.get(f"/today/snoozed/{address}/").status_code == 404
    with cards.plugged("test.secret", Card("Secret", admins, "desk/palette.html", lambda actor, now: None)):
        assert browser.get(f"/today/snoozed/test.secret/{Ref.to(red)}/").status_code == 403
        snooze("test.secret", Ref.to(red), by=None, until=day(3), reason="Hush.")
        assert "Hush." not in browser.get("/today/snoozed/").content.decode()
        assert "snoozed" not in browser.get("/").content.decode().partition("today-foot")[2]


def test_rows_sleep_up_to_and_including_their_day(red, bob):
    row = snooze(CARD, Ref.to(red), by=bob, until=day(2), reason="Later.")
    rows = Tag.objects.all()
    assert list(asleep(CARD, "tags.tag", day(2))) == [red.pk]
    assert list(awake(rows, CARD, day(2))) == []
    assert list(awake(rows, CARD, day(3))) == [red]
    assert list(awake(rows, "another.card", day(0))) == [red]
    Snooze.objects.filter(pk=row.pk).update(until=day(-31))
    assert purge(now=timezone.now()) == 1


def test_snoozes_follow_a_merge_and_go_with_the_thing(red, bob, alice):
    blue = create(name="Blue", description="", by=alice)
    snooze(CARD, Ref.to(blue), by=bob, until=day(2), reason="Blue waits.")
    follow(keep=Ref.to(red), absorb=Ref.to(blue))
    assert [(row.key, row.reason) for row in Snooze.objects.all()] == [(red.pk, "Blue waits.")]
    snooze(CARD, Ref.to(blue), by=bob, until=day(2), reason="Again.")
    follow(keep=Ref.to(red), absorb=Ref.to(blue))
    assert [row.reason for row in Snooze.objects.all()] == ["Blue waits."]
    forget(kind="tags.tag", keys=[red.pk])
    assert Snooze.objects.count() == 0


def test_programs_snooze_and_wake(red, bob):
    _token, secret = add_token(account=bob, scope="write", name="test", by=None)

    def send(method, path, body=None):
        sent = json.dumps(body) if body is not None else ""
        answer = Client().generic(
            method, f"/api/v1{path}", sent, "application/json", HTTP_AUTHORIZATION=f"Bearer {secret}"
        )
        return answer.status_code, json.loads(answer.content) if answer.content else None

    body = {"card": CARD, "ref": str(Ref.to(red)), "until": day(3).isoformat(), "reason": "Ink."}
    assert send("POST", "/snoozes", {**body, "reason": " "})[1]["errors"][0]["field"] == "reason"
    assert send("POST", "/snoozes", {**body, "card": "no.card"})[1]["errors"][0]["field"] == "card"
    assert send("POST", "/snoozes", {**body, "ref": "nonsense"})[1]["errors"][0]["field"] == "ref"
    assert Snooze.objects.count() == 0
    status, made = send("POST", "/snoozes", body)
    assert (status, made["title"], made["by"]) == (201, "Red", "Bob")
    assert [row["id"] for row in send("GET", "/snoozes")[1]["items"]] == [made["id"]]
    assert send("DELETE", f"/snoozes/{made['id']}")[0] == 204
    assert send("GET", "/snoozes")[1]["items"] == []
