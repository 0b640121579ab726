"""The way through the house, what: a project, an invitation by mail, and an event with a waitlist and a door."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from .walk import Walk, facts, fill, link_of, press, said, send, until

PROJECT, EVENT, INVITATION = (
    "The evening bus",
    "First ride of the evening bus",
    "Come along on the first ride",
)


def project(walk: Walk) -> None:
    """Begun from its objective, with two partners and a budget."""
    page = walk.desk("alice")
    page.goto(walk.at["objective"])
    press(page, "Begin a project")
    fill(page, name=PROJECT, starts_on=datetime.now(UTC).date().isoformat())
    press(page, "Save")
    walk.at["project"] = page.url
    for name in ("Mill Bakery", "Oak Hill Library"):
        press(page, "Add a partner")
        fill(page, organisation=name)
        press(page, "Save")
    for name, amount in (("Driver", "12000"), ("Fuel", "3500.50")):
        press(page, "Add a budget line")
        fill(page, name=name, planned=amount)
        press(page, "Save")
    assert "$15,500.50" in facts(page), facts(page)


def event(walk: Walk) -> None:
    """Planned from its project: two places, people register by themselves."""
    page = walk.desk("bob")
    page.goto(walk.at["project"])
    press(page, "Plan an event")
    begins = datetime.now(UTC) + timedelta(minutes=20)
    fill(
        page,
        title=EVENT,
        kind="Gathering",
        starts_at=begins.strftime("%Y-%m-%dT%H:%M"),
        ends_at=(begins + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
        place="Bus stop at the library",
        is_public=True,
        capacity=2,
    )
    press(page, "Save")
    walk.at["event"] = page.url
    assert PROJECT in facts(page)


def invitation(walk: Walk) -> None:
    """To an audience, approved by somebody else, handed over by the worker; who never agreed does not get it."""
    page = walk.desk("bob")
    page.goto("/who/audiences/make/")
    fill(page, name="Residents of Riverbend", purpose="Invitations", channel="E-mail")
    press(page, "Save")
    walk.at["audience"] = page.url
    fill(page, criterion="Is a")
    press(page, "Choose its values")
    fill(page, values=["resident"])
    press(page, "Save")
    assert "People: 4" in facts(page), facts(page)
    page.goto(walk.at["event"])
    press(page, "Invite people by mail")
    fill(page, subject=INVITATION, audience="Residents of Riverbend", purpose="Invitations")
    press(page, "Save")
    walk.at["campaign"] = page.url
    assert PROJECT in facts(page), "what it serves is known from the event"
    press(page, "Text")
    fill(page, text="Dear {{given_name}}, ride with us.")
    press(page, "Save")
    press(page, "Do you come?")
    press(page, "Save")
    press(page, "Ask for approval")
    lead = walk.desk("alice")
    lead.goto(walk.at["campaign"])
    press(lead, "Approve")
    assert "No recorded consent for “Invitations” by E-mail. 1" in facts(lead), "dan never agreed"
    press(lead, "Send to 3 people")
    for name in ("ana", "ben", "cleo"):
        mail = walk.mail.wait(f"{name}@example.net", INVITATION)
        assert f"Dear {name.title()}, ride with us." in said(mail)
    assert walk.mail.to("dan@example.net") == []
    until(lead, "Handed over 3")


def registering(walk: Walk) -> None:
    """By the button of the mail and by the public page: two have a place, one waits and moves up when another cancels."""
    ana = walk.phone("ana")
    ana.goto(link_of(walk.mail.wait("ana@example.net", INVITATION)))
    send(ana)
    assert "You have a place" in said(walk.mail.wait("ana@example.net", "You have a place"))
    for name, whole, words in (("ben", "Ben Oak", "You have a place."), ("cleo", "Cleo Marsh", "waitlist")):
        phone = walk.phone(name)
        phone.goto(link_of(walk.mail.wait(f"{name}@example.net", INVITATION), "?c=mail"))
        assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
        fill(phone, name=whole, email=f"{name}@example.net")
        send(phone)
        assert words in facts(phone)
    walk.mail.wait("cleo@example.net", "You are on the waitlist")
    ben = walk.phone("ben")
    ben.goto(link_of(walk.mail.wait("ben@example.net", "You have a place")))
    fill(ben, answer="cancel")
    send(ben)
    walk.mail.wait("cleo@example.net", "You have a place now")


def door(walk: Walk) -> None:
    """Bob checks in with a phone and notes how long they stayed."""
    hand = walk.hand("bob")
    hand.goto(walk.at["event"])
    press(hand, "Check in")
    assert hand.evaluate("() => document.documentElement.scrollWidth") <= 390
    for name in ("Ana Ruiz", "Cleo Marsh"):
        words = re.compile(rf"Check in.*{name}")
        button = hand.get_by_role("button", name=words)
        box = button.bounding_box()
        assert box["height"] >= 44, "a thumb finds it"
        press(hand, words)
    assert "Came: 2" in facts(hand)
    hand.goto(walk.at["event"])
    for name, hours in (("Cleo Marsh", "1.5"), ("Ana Ruiz", "1")):
        hand.locator("main").get_by_role("link", name=re.compile(rf"^Hours\W+{name}")).click()
        hand.wait_for_url("**/hours/")
        fill(hand, hours=hours)
        press(hand, "Save")
    assert "2.5 hours" in facts(hand), facts(hand)
