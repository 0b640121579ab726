"""The way through the house, so what: a number that moves by itself, one that a partner reports, and who is not written to."""

from __future__ import annotations

import re
import urllib.request

from .walk import Walk, facts, fill, last_month, link_of, month, press, send, table, today, until
from .walk_what import INVITATION
from .walk_why import INDICATOR

FUEL, TRIAL, AGAIN = "Litres of fuel", "Trial ride", "The second ride"


def moves(walk: Walk) -> None:
    """Nobody typed it: two people came. From the objective to the number to its rows to a person in three clicks."""
    page = walk.desk("alice")
    page.goto(walk.at["indicator"])
    until(page, f"{month(today())} 2 people")
    page.goto(walk.at["objective"])
    press(page, INDICATOR)
    press(page, month(today()))
    assert "2 people" in facts(page)
    assert sorted(line[1] for line in table(page)) == ["Ana Ruiz", "Cleo Marsh"]
    press(page, "Ana Ruiz")
    assert "ana@example.net" in facts(page)


def report(walk: Walk) -> None:
    """The library reports its own number by the link of a mail."""
    page = walk.desk("alice")
    page.goto(walk.at["objective"])
    press(page, "Add an indicator")
    fill(page, name=FUEL, unit="litres", direction="down", frequency="Every year")
    press(page, "Save")
    press(page, "Ask a partner for a number")
    fill(page, organisation="Oak Hill Library")
    press(page, "Save")
    press(page, "Ask by mail")
    press(page, "Send to omar@oakhill.example")
    mail = walk.mail.wait("omar@oakhill.example", f"We ask you for a number: {FUEL}")
    partner = walk.phone("omar")
    partner.goto(link_of(mail))
    fill(partner, value="many", signed_by="Omar Shaw")
    send(partner)
    assert "“many” is not a number." in facts(partner)
    fill(partner, value="118.5")
    send(partner)
    page.goto(walk.at["objective"])
    press(page, FUEL)
    assert "118.5" in facts(page)
    press(page, today()[:4])
    assert "1 row" in facts(page)
    assert "Oak Hill Library" in facts(page)


def restated(walk: Walk) -> None:
    """Last month is locked; then dan turns up on the list of the trial ride: the number says what it was before."""
    hand = walk.hand("bob")
    hand.goto(walk.at["project"])
    press(hand, "Plan an event")
    day = last_month(15)
    fill(hand, title=TRIAL, kind="Gathering", starts_at=f"{day}T18:00", ends_at=f"{day}T19:00")
    press(hand, "Save")
    here(walk, "Ben Oak")
    page = walk.desk("alice")
    page.goto(walk.at["indicator"])
    until(page, f"{month(day)} 1 people")
    press(page, month(day))
    locked = page.url
    press(page, "Lock the number")
    assert "Locked" in facts(page)
    here(walk, "Dan Field")
    page.goto(locked)
    until(page, "1 → 2")
    assert "rows: 1 came, 0 went" in facts(page)
    assert "2 people" in facts(page)


def here(walk: Walk, name: str) -> None:
    """Somebody of the directory who has not registered is checked in on bob's phone."""
    hand = walk.hand("bob")
    press(hand, "Check in")
    hand.fill("#q", name)
    press(hand, "Find")
    press(hand, re.compile(f"Check in.*{name}"))
    assert name in facts(hand)
    press(hand, TRIAL)


def left_out(walk: Walk) -> None:
    """Ana's mail program unsubscribes with one click, cleo takes her ticks away: the next invitation goes to ben alone."""
    address = str(walk.mail.wait("ana@example.net", INVITATION)["List-Unsubscribe"]).strip("<> ")
    asked = urllib.request.Request(address, data=b"List-Unsubscribe=One-Click")  # noqa: S310 - the house of this test
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        assert answer.status == 200
    page = walk.desk("alice")
    page.goto("/who/people/")
    press(page, "Cleo Marsh")
    press(page, "All they said")
    press(page, "Their own page")
    cleo = walk.phone("cleo")
    cleo.goto(page.locator("input[readonly]").input_value())
    for box in cleo.locator("main input[type=checkbox]:checked").all():
        box.uncheck()
    send(cleo)
    page.goto(walk.at["campaign"])
    press(page, "Make a copy")
    press(page, "Change")
    fill(page, name=AGAIN, subject=AGAIN)
    press(page, "Save")
    press(page, "Ask for approval")
    lead = walk.desk("ada")
    lead.goto(page.url)
    press(lead, "Approve")
    assert "Consent for “Invitations” by E-mail was withdrawn. 2" in facts(lead)
    press(lead, "Send to 1 person")
    walk.mail.wait("ben@example.net", AGAIN)
    until(lead, "Handed over 1")
    assert [to for to, mail in walk.mail.got if AGAIN in str(mail["subject"])] == ["ben@example.net"]
