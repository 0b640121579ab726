"""The calendar feed: a secret address, well-formed, fresh, ended when it is renewed."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone

from barnraise.who.interactions import public, selectors
from barnraise.who.interactions.models import CalendarFeed, NextStep
from barnraise.who.interactions.services import (
    add_next_step,
    change_next_step,
    finish_next_step,
    open_feed,
    remove_next_step,
    renew_feed,
)
from barnraise.who.people.services import change_person

JUNE = date(2026, 6, 1)


def _path(feed):
    return selectors.address_of(feed).removeprefix("http://testserver")


@pytest.fixture
def feed(bob):
    return open_feed(account=bob, by=bob)


def test_it_holds_the_owners_steps_on_their_days(ana, alice, bob, feed, client):
    long = "Ask whether the small kitchen behind the hall can be had in the evening, and für wen, and for how long"
    step = add_next_step(by=bob, text=long, person=ana, due_on=JUNE)
    add_next_step(by=bob, text="Some day", person=ana)
    add_next_step(by=alice, text="Hers", person=ana, due_on=JUNE)
    answer = client.get(_path(feed))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    body = answer.content
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert b"X-PUBLISHED-TTL:PT1H" in lines
    calendar = icalendar.Calendar.from_ical(body)
    (event,) = calendar.walk("VEVENT")
    assert event["summary"] == f"{long} (Ana Ruiz)"
    assert (event["dtstart"].dt, event["dtend"].dt) == (JUNE, JUNE + timedelta(days=1))
    assert event["uid"] == f"{step.uuid}@testserver"
    assert event["dtstamp"].to_ical().endswith(b"Z")
    assert event["url"].endswith(step.get_absolute_url())


def test_it_is_fresh_or_says_that_nothing_changed(ana, bob, feed, client):
    step = add_next_step(by=bob, text="Send", person=ana, due_on=JUNE)
    first = client.get(_path(feed))
    again = client.get(_path(feed), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    uid = icalendar.Calendar.from_ical(first.content).walk("VEVENT")[0]["uid"]
    change_next_step(step, by=bob, due_on=JUNE + timedelta(days=3))
    moved = client.get(_path(feed), headers={"If-None-Match": first["ETag"]})
    assert moved.status_code == 200
    event = icalendar.Calendar.from_ical(moved.content).walk("VEVENT")[0]
    assert (event["uid"], event["dtstart"].dt) == (uid, JUNE + timedelta(days=3))
    finish_next_step(step, by=bob)
    done = icalendar.Calendar.from_ical(client.get(_path(feed)).content).walk("VEVENT")[0]
    assert done["summary"] == "✓ Send (Ana Ruiz)"


def test_its_stamp_is_another_whenever_it_says_something_else(ana, bob, feed, client):
    step = add_next_step(by=bob, text="Send", person=ana, due_on=JUNE)
    other = add_next_step(by=bob, text="Bring; 2, or \\ 3", person=ana, due_on=JUNE)
    seen: dict[str, bytes] = {}

    def another() -> bool:
        found = client.get(_path(feed))
        is_new = found["ETag"] not in seen
        assert is_new or seen[found["ETag"]] == found.content, "one stamp, one answer"
        seen[found["ETag"]] = found.content
        return is_new

    assert (another(), another()) == (True, False)
    change_person(ana, by=bob, display_name="Ana María Ruiz")
    assert another(), "a name"
    assert (
        "Ana María Ruiz"
        in icalendar.Calendar.from_ical(client.get(_path(feed)).content).walk("VEVENT")[0]["summary"]
    )
    change_next_step(step, by=bob, text="Send\nboth")
    assert another()
    finish_next_step(step, by=bob)
    assert another()
    NextStep.objects.filter(pk=step.pk).update(done_at=timezone.now() - timedelta(days=70))
    assert another(), "done long ago, it is gone"
    remove_next_step(other, by=bob)
    assert another()
    assert b"VEVENT" not in client.get(_path(feed)).content
    bob.name = "Roberto"
    bob.save(update_fields=["name"])
    assert another(), "its name"


def test_what_is_written_is_read_the_same(bob, feed, ana, client):
    texts = [
        "a;b,c\\d",
        "ñ" * 200,
        "x" * 149,
        "日本語" * 40,
        "end\\",
        "x" * 66 + "é" + "y" * 80,
    ]
    for text in texts:
        add_next_step(by=bob, text=text, person=ana, due_on=JUNE)
    body = client.get(_path(feed)).content
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    read = [str(event["summary"]) for event in icalendar.Calendar.from_ical(body).walk("VEVENT")]
    assert read == [f"{text} (Ana Ruiz)" for text in texts]


def test_renewing_ends_the_old_address_and_it_can_be_shown_again(bob, feed, client, logged_in):
    old = _path(feed)
    browser = logged_in(bob)
    shown = reverse("interactions:feed")
    assert selectors.address_of(feed) in browser.get(shown).content.decode()
    browser.post(reverse("interactions:renew_feed"))
    new = _path(CalendarFeed.objects.get())
    assert new != old
    assert [client.get(path).status_code for path in (old, new)] == [404, 200]
    assert selectors.address_of(CalendarFeed.objects.get()) in browser.get(shown).content.decode()
    browser.post(reverse("interactions:close_feed"))
    assert client.get(new).status_code == 404
    browser.post(reverse("interactions:open_feed"))
    assert client.get(new).status_code == 404


def test_nothing_that_opens_it_is_kept(bob, feed):
    secret = _path(feed).rpartition("/")[2].removesuffix(".ics")[32:]
    row = CalendarFeed.objects.filter(pk=feed.pk).values().get()
    assert secret not in str(row)


def test_a_wrong_or_dead_secret_opens_nothing(bob, feed, client):
    right = _path(feed)
    for wrong in (right.replace(".ics", "0.ics"), right[:-6] + "00.ics", "/who/interactions/calendar/x.ics"):
        assert client.get(wrong).status_code == 404
    assert client.post(right).status_code in {403, 405}
    bob.is_active = False
    bob.save(update_fields=["is_active"])
    assert client.get(right).status_code == 404


def test_too_many_requests_wait(bob, feed, client, monkeypatch):
    from django.core.cache import cache

    # a few, so that they are made within one minute on any machine
    monkeypatch.setattr(public, "MOST", 3)

    cache.clear()
    for _count in range(3):
        assert client.get(_path(feed)).status_code == 200
    answer = client.get(_path(feed))
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


def test_renewed_by_service_counts_up(bob, feed):
    assert renew_feed(feed=feed, by=bob).epoch == 2
    assert open_feed(account=bob, by=bob).epoch == 2
