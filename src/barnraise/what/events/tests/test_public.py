"""Residents register on the event's page, wait, move up, cancel by their own link, and take the date with them."""

from __future__ import annotations

import re
import threading
import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from barnraise.plumbing.mail.models import Message
from barnraise.plumbing.mail.services import suppress
from barnraise.what.events.models import Event, Registration
from barnraise.what.events.services import (
    Newcomer,
    cancel_event,
    cancel_registration,
    change_event,
    plan_event,
    register,
)
from barnraise.what.events.signing import address

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def states():
    return list(Registration.objects.order_by("pk").values_list("name", "state"))


def sign_up(event, name, email):
    return Client().post(f"/what/events/at/{event.uuid}/", {"name": name, "email": email})


def test_registered_until_full_then_waiting_in_order(supper, ana):
    page = Client().get(f"/what/events/at/{supper.uuid}/")
    assert "2 places are free." in text(page)
    assert not Registration.objects.exists(), "opening the page registers nobody"
    done = sign_up(supper, " Ana  Ruiz ", "ANA@example.org")
    assert "You have a place." in text(done)
    row = Registration.objects.get()
    assert (row.name, row.email, row.person, row.way) == ("Ana Ruiz", "ana@example.org", ana, "page")
    again = sign_up(supper, "Ana Ruiz", "ana@example.org")
    assert (again.status_code, "You are registered already." in text(again)) == (200, True)
    assert "You have a place." not in text(again)
    assert str(address(row)) not in again.content.decode(), "the page of whoever is registered stays theirs"
    for wrong in (("", "b@example.org"), ("Ben", ""), ("Ben", "nowhere"), ("a\x00b", "b@example.org")):
        assert sign_up(supper, *wrong).status_code == 422, wrong
    assert Registration.objects.count() == 1
    sign_up(supper, "Ben", "ben@example.org")
    assert "All places are taken." in text(Client().get(f"/what/events/at/{supper.uuid}/"))
    assert "you are on the waitlist" in text(sign_up(supper, "Cai", "cai@example.org"))
    sign_up(supper, "Dov", "dov@example.org")
    cancel_registration(row, by=None)
    expected = [("Ana Ruiz", "cancelled"), ("Ben", "place"), ("Cai", "place"), ("Dov", "waiting")]
    assert states() == expected
    sign_up(supper, "Eve", "eve@example.org")
    change_event(supper, by=None, capacity=4)
    assert states() == [*expected[:3], ("Dov", "place"), ("Eve", "place")]
    change_event(supper, by=None, capacity=1)
    assert states()[3:] == [("Dov", "place"), ("Eve", "place")], "a place once given is not taken away"


def test_programs_that_fill_in_everything_and_crowds_are_turned_away(supper):
    sent = {"name": "Bot", "email": "bot@example.org", "website": "x"}
    assert Client().post(f"/what/events/at/{supper.uuid}/", sent).status_code == 200
    assert not Registration.objects.exists()
    answers = [sign_up(supper, "", "").status_code for _ in range(21)]
    assert answers[18:] == [422, 429, 429]


def test_closed_when_it_begins_is_cancelled_or_has_no_page(supper, alice):
    change_event(supper, by=alice, closes_at=timezone.now() - timedelta(minutes=1))
    assert "Registration is closed." in text(Client().get(f"/what/events/at/{supper.uuid}/"))
    assert sign_up(supper, "Ben", "ben@example.org").status_code == 422
    change_event(supper, by=alice, closes_at=None)
    cancel_event(supper, by=alice, reason="Storm")
    assert "Storm" in text(Client().get(f"/what/events/at/{supper.uuid}/"))
    with pytest.raises(ValidationError):
        register(supper, Newcomer("Ben"), by=alice)
    change_event(supper, by=alice, is_public=False)
    assert Client().get(f"/what/events/at/{supper.uuid}/").status_code == 302
    assert not Registration.objects.exists()


def test_their_own_page_confirms_cancels_and_registers_anew(supper):
    first = register(supper, Newcomer("Ben", "ben@example.org"), by=None, way="page")
    where = address(first).removeprefix("http://testserver")
    page = Client().get(where)
    assert "Ben" in text(page)
    assert "<svg" in page.content.decode()
    assert Registration.objects.get().confirmed_at is None, "opening it changes nothing"
    assert Client().post(where, {"answer": "come"}).status_code == 200
    assert Registration.objects.get().confirmed_at is not None
    register(supper, Newcomer("Cai"), by=None)
    register(supper, Newcomer("Dov"), by=None)
    Client().post(where, {"answer": "cancel"})
    assert states() == [("Ben", "cancelled"), ("Cai", "place"), ("Dov", "place")]
    Client().post(where, {"answer": "come"})
    assert states()[3] == ("Ben", "waiting"), "at the end of the line"
    assert "On the waitlist" in text(Client().get(where))
    Client().post(where, {"answer": "nonsense"})
    assert states()[3] == ("Ben", "waiting")
    cancel_event(supper, by=None, reason="Storm")
    assert Client().get(where).status_code == 410


def test_the_file_for_calendars(supper, alice):
    answer = Client().get(f"/what/events/at/{supper.uuid}/event.ics")
    lines = answer.content.decode().split("\r\n")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"UID:{supper.uuid}@testserver" in lines
    assert f"DTSTART:{supper.starts_at.strftime('%Y%m%dT%H%M%SZ')}" in lines
    assert {"SUMMARY:Supper", "LOCATION:Elm Street 4", "STATUS:CONFIRMED"} <= set(lines)
    cancel_event(supper, by=alice, reason="Storm")
    assert b"STATUS:CANCELLED" in Client().get(f"/what/events/at/{supper.uuid}/event.ics").content


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_never_get_the_same_place():
    begin = timezone.now() + timedelta(days=1)
    event = plan_event(
        by=None, title="One place", kind="workshop", starts_at=begin, ends_at=begin + timedelta(hours=1),
        capacity=1, is_public=True,
    )  # fmt: skip
    start = threading.Barrier(4)

    def come(name):
        start.wait(timeout=20)
        for _attempt in range(2000):
            try:
                register(event, Newcomer(name, f"{name}@example.org"), by=None, way="page")
                break
            except OperationalError:  # SQLite in memory, as tests use it, does not wait for a lock
                time.sleep(0.005)
        connection.close()

    threads = [threading.Thread(target=come, args=(name,)) for name in "abcd"]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=60)
    assert sorted(state for _name, state in states()) == ["place", "waiting", "waiting", "waiting"]
    first = Registration.objects.get(state="place")
    cancel_registration(first, by=None)
    waiting = Registration.objects.exclude(pk=first.pk).order_by("pk").values_list("state", flat=True)
    assert list(waiting) == ["place", "waiting", "waiting"]
    assert Event.objects.get().capacity == 1


def test_they_are_told_by_mail_in_their_language(supper, alice):
    change_event(supper, by=alice, capacity=1)
    first = register(supper, Newcomer("Ana", "ana@example.org", language="es"), by=None, way="page")
    register(supper, Newcomer("Ben", "ben@example.org"), by=None, way="page")
    register(supper, Newcomer("Cai"), by=alice)

    def told():
        rows = Message.objects.order_by("pk").values_list("to_address", "body__subject")
        return [f"{address}: {subject}" for address, subject in rows]

    assert told() == [
        "ana@example.org: Tiene un lugar: Supper",
        "ben@example.org: You are on the waitlist: Supper",
    ]
    assert "/l/act/" in Message.objects.order_by("pk")[0].body.text
    cancel_registration(first, by=None)
    assert told()[2:] == ["ben@example.org: You have a place now: Supper"]
    suppress("ben@example.org", reason="asked", by=alice)
    change_event(supper, by=alice, place="Library")
    assert told()[3:] == [], "nothing is sent to an address that asked for it"
    register(supper, Newcomer("Dov", "dov@example.org"), by=alice)
    change_event(supper, by=alice, place="Town hall", capacity=5)
    cancel_event(supper, by=alice, reason="Storm")
    assert told()[3:] == [
        "dov@example.org: You are on the waitlist: Supper",
        "dov@example.org: You have a place now: Supper",
        "dov@example.org: Something has changed: Supper",
        "dov@example.org: Cancelled: Supper",
    ]
    assert "Storm" in Message.objects.order_by("-pk")[0].body.text
