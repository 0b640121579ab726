"""The way through the house, what: a project, an invitation by mail, and an event with a waitlist and a door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from .walk import Walk, facts, fill, press

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
    fill(page, criterion="Kind of person")
    press(page, "Choose its values")
    fill(page, values="Resident")
    press(page, "Save")
    assert "People: 4" in facts(page), facts(page)
    page.goto(walk.at["event"])
    press(page, "Invite people by mail")
    fill(page, audience="Residents of Riverbend", purpose="Invitations", cites=PROJECT)
    press(page, "Save")
    walk.at["campaign"] = page.url
    print(facts(page))


def registering(walk: Walk) -> None:
    """By the button of the mail and by the public page: two have a place, one waits and moves up when another cancels."""
    print([(to, str(m["subject"])) for to, m in walk.mail.got])


def door(walk: Walk) -> None:
    """Bob checks in with a phone and notes how long they stayed."""
