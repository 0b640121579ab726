"""The team plans, checks in at the door, counts, closes out; what came of it is found everywhere."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import threads
from barnraise.what.events import selectors
from barnraise.what.events.models import Event, Registration
from barnraise.what.events.personal import drawn
from barnraise.what.events.services import (
    Newcomer,
    change_event,
    check_in,
    plan_event,
    register,
    walk_in,
)
from barnraise.what.events.signing import address
from barnraise.what.projects.services import add_project
from barnraise.who.audiences.selectors import members
from barnraise.who.audiences.services import Given, make_audience
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.models import Person

pytestmark = pytest.mark.django_db
PAGE = "/what/events/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def form(begin, **more):
    local = timezone.localtime(begin)
    return {
        "title": "Clean-up",
        "kind": "volunteer",
        "starts_at": local.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (local + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M"),
        **more,
    }


def begun(event, ago=timedelta(hours=1)):
    """Let it have begun."""
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(starts_at=now - ago, ends_at=now - ago + timedelta(hours=3))
    event.refresh_from_db()


def test_planned_changed_filtered_refused_cancelled_and_removed(alice, bob, vera, logged_in):
    browser, soon = logged_in(bob), timezone.now() + timedelta(days=2)
    for wrong, reason in (
        ({"title": ""}, "This field is required."),
        ({"ends_at": "2020-01-01T10:00"}, "It would end before it begins."),
        ({"kind": "party"}, "Select a valid choice"),
        ({"capacity": "0"}, "greater than or equal to 1"),
    ):
        page = browser.post(f"{PAGE}plan/", form(soon, **wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}plan/", form(soon)).status_code == 403
    assert not Event.objects.exists()
    browser = logged_in(bob)
    where = browser.post(f"{PAGE}plan/", form(soon, owner=bob.pk, capacity=10)).url
    event = Event.objects.get()
    assert (event.owner, event.capacity, event.is_public) == (bob, 10, False)
    browser.post(f"{where}change/", form(soon, title="River clean-up", owner=bob.pk, is_public="on"))
    assert "River clean-up" in text(browser.get(f"{PAGE}?kind=volunteer&state=planned&title=river"))
    assert where not in browser.get(f"{PAGE}?kind=booth").content.decode()
    lines = browser.get(f"{PAGE}?kind=volunteer&export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "Title,Begins,Kind,State,Place,Registered,Came"
    assert lines[1].startswith("River clean-up,")
    assert "River clean-up" in text(browser.get("/search?q=river"))
    assert "River clean-up" in text(browser.get("/")), "near"
    page = browser.post(f"{where}cancel/", {"reason": " "})
    assert page.status_code == 422
    assert Event.objects.get().cancelled_at is None
    browser.post(f"{where}cancel/", {"reason": "Flood"})
    assert "Flood" in text(browser.get(where))
    assert where in browser.get(f"{PAGE}?state=cancelled&kind=").content.decode()
    browser.post(f"{where}reopen/")
    assert browser.post(f"{where}remove/").status_code == 403
    logged_in(alice).post(f"{where}remove/")
    assert not Event.objects.exists()


def test_check_in_by_name_by_code_without_registration_and_undo(supper, ana, alice, bob, vera, logged_in):
    begun(supper)
    seat = register(supper, Newcomer("Ana Ruiz", "ana@example.org"), by=alice)
    other = register(supper, Newcomer("Ben Oak", "ben@example.org"), by=alice)
    late = register(supper, Newcomer("Cai Elm"), by=alice)
    assert late.state == "waiting"
    browser, door = logged_in(bob), f"{PAGE}{supper.uuid}/door/"
    assert logged_in(vera).get(door).status_code == 403
    page = text(browser.get(f"{door}?q=oak"))
    assert ("Ben Oak" in page, "Ana Ruiz" in page) == (True, False)
    scan = f"{PAGE}door/{seat.uuid}/"
    assert "Ana Ruiz" in text(browser.get(scan))
    assert not Registration.objects.filter(came_at__isnull=False).exists(), "scanning alone checks nobody in"
    own = Client().get(address(seat).removeprefix("http://testserver")).content.decode()
    assert drawn(f"http://testserver{scan}") in own, "the code of their own page"
    browser.post(scan)
    browser.post(scan)
    seat.refresh_from_db()
    assert (seat.person, seat.came_at is None) == (ana, False)
    browser.post(f"{PAGE}door/{other.uuid}/", {"q": "oak"})
    other.refresh_from_db()
    assert (other.person.display_name, other.person.kind, other.person.has_email) == (
        "Ben Oak",
        "resident",
        True,
    )
    browser.post(f"{PAGE}door/{late.uuid}/")
    late.refresh_from_db()
    assert (late.state, late.came_at is None) == ("place", False), "who stands at the door comes in"
    people = Person.objects.count()
    page = browser.post(door, {"name": "", "email": "x"})
    assert page.status_code == 422
    browser.post(door, {"name": "Dov Ash", "email": ""})
    assert Person.objects.count() == people + 1
    walked = Registration.objects.get(name="Dov Ash")
    assert (walked.way, walked.state, walked.came_at is None) == ("door", "place", False)
    page = browser.post(door, {"known": str(ana.pk)}, follow=True)
    assert "They are registered already." in text(page)
    page = browser.post(f"{PAGE}door/{walked.uuid}/undo/", follow=True)
    assert "Dov Ash is no longer checked in." in text(page)
    walked.refresh_from_db()
    assert (walked.came_at, walked.state) == (None, "place")
    assert selectors.counts_of([supper.pk])[supper.pk].came == 3
    page = text(browser.get(f"{PAGE}registrations/?event={supper.uuid}&came=1"))
    assert ("Ana Ruiz" in page, "Dov Ash" in page) == (True, False)
    assert "Came to Supper" in text(browser.get(ana.get_absolute_url()))
    audience = make_audience(by=alice, name="Guests", rules=[Given("attended", [str(supper.pk)])])
    assert set(members(audience)) == {seat.person, other.person, late.person}
    assert set(members(make_audience(by=alice, name="Any", rules=[Given("attended", ["any"])]))) == set(
        members(audience)
    )


def test_hours_outputs_costs_shares_and_close_out(alice, bob, logged_in):
    now = timezone.now()
    event = plan_event(
        by=alice, title="Garden day", kind="volunteer", starts_at=now - timedelta(hours=5),
        ends_at=now - timedelta(hours=1), owner=bob,
    )  # fmt: skip
    first = walk_in(event, Newcomer("Ana"), by=bob)
    second = walk_in(event, Newcomer("Ben"), by=bob)
    assert (first.minutes, second.minutes) == (240, 240), "a volunteer day's own length"
    browser, where = logged_in(bob), event.get_absolute_url()
    assert "Garden day" in text(browser.get("/")), "to be closed out"
    browser.post(f"{PAGE}registrations/{first.uuid}/hours/", {"hours": "2.5"})
    assert selectors.counts_of([event.pk])[event.pk].minutes == 390
    assert browser.post(f"{PAGE}registrations/{first.uuid}/hours/", {"hours": "-1"}).status_code == 422
    for name in ("Oak Hill Pantry", "Library"):
        register_organisation(OrganisationDocument(name=name), by=alice)
    for wrong, reason in (
        ({"outputs": "120 bags\nmany trees"}, "Line 2: write how many and of what"),
        ({"outputs": "1 bag\n2 bag"}, "Each thing is counted once."),
        ({"costs": "Gloves 10.005"}, "Line 1: write what for and how much"),
        (
            {"hosts": "Oak Hill Pantry 60\nLibrary 30"},
            "The shares make 90 percent together; they have to make 100.",
        ),
        ({"hosts": "Oak Hill Pantry 60\nNobody 40"}, "Line 2: there is no organisation “Nobody”."),
        ({"hosts": "Oak Hill Pantry 50\noak hill pantry 50"}, "Each organisation stands there once."),
    ):
        page = browser.post(f"{where}made/", {"outputs": "", "costs": "", "hosts": "", **wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert (event.outputs.count(), event.costs.count(), event.hosts.count()) == (0, 0, 0)
    sent = {
        "outputs": "120 bags of litter",
        "costs": "Gloves 45.50",
        "hosts": "Oak Hill Pantry 60\nLibrary 40%",
    }
    browser.post(f"{where}made/", sent)
    assert [(host.organisation.name, float(part)) for host, part in selectors.credit_of(event, 2)] == [
        ("Oak Hill Pantry", 1.2), ("Library", 0.8),
    ]  # fmt: skip
    assert (event.costs.get().amount, event.outputs.get().unit) == (4550, "bags of litter")
    kept = browser.get(f"{where}made/").content.decode()
    assert "Gloves 45.5" in kept
    pantry = event.hosts.get(share=60).organisation
    assert "Hosted Garden day" in text(browser.get(pantry.get_absolute_url()))
    assert browser.post(f"{where}close/", {"outcome": ""}).status_code == 422
    assert Event.objects.get().closed_at is None
    browser.post(f"{where}close/", {"outcome": "A clean bank."})
    assert "A clean bank." in text(browser.get(where))
    assert where not in browser.get(f"{PAGE}?state=over").content.decode()
    assert where in browser.get(f"{PAGE}?state=closed").content.decode()
    assert browser.post(f"{PAGE}registrations/{first.uuid}/hours/", {"hours": "9"}).status_code == 422
    browser.post(f"{PAGE}door/{second.uuid}/undo/")
    assert selectors.counts_of([event.pk])[event.pk].came == 2, "who came is fixed"
    browser.post(f"{where}reopen/")
    browser.post(f"{PAGE}door/{second.uuid}/undo/")
    assert selectors.counts_of([event.pk])[event.pk].came == 1


def test_not_closed_before_it_begins_nor_cancelled_after_people_came(supper, alice, logged_in):
    browser, where = logged_in(alice), supper.get_absolute_url()
    assert "It has not begun yet." in text(browser.post(f"{where}close/", {"outcome": "Fine"}))
    begun(supper)
    check_in(register(supper, Newcomer("Ana"), by=alice), by=alice)
    assert "People came to it." in text(browser.post(f"{where}cancel/", {"reason": "Flood"}))
    browser.post(f"{where}remove/")
    assert Event.objects.get().state(timezone.now()) == "now"


def test_it_serves_an_objective_and_stands_in_its_thread(supper, alice, bob, logged_in):
    ref = str(Ref.to(add_project(name="Clean rivers", kind="environment", by=alice)))
    change_event(supper, by=alice, cites=ref)
    assert list(threads.get("events.event").upstream(Ref.to(supper))) == [Ref.parse(ref)]
    assert list(threads.get("projects.project@events").downstream(Ref.parse(ref))) == [Ref.to(supper)]
    assert "Clean rivers" in text(logged_in(bob).get(supper.get_absolute_url()))
    with pytest.raises(ValidationError):
        change_event(supper, by=alice, cites="people.person:1")
    assert Event.objects.get().cites == ref
