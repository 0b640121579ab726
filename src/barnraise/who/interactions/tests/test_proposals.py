"""Unknown addresses of filed mail: proposed, linked, made into people, or nobody."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from barnraise.who.interactions.models import Heard, Interaction, MailProposal
from barnraise.who.interactions.services import (
    decide_nobody,
    link_proposal,
    log_interaction,
    propose,
)
from barnraise.who.people.models import Person
from barnraise.who.people.selectors import by_addresses


@pytest.fixture
def mails(ana, bob):
    """Two mails that name the same stranger."""
    rows = [
        log_interaction(by=bob, kind="mail", subject=f"No {n}", text="x", people=[ana], message_id=f"m{n}@x")
        for n in range(2)
    ]
    for row in rows:
        assert propose(row, unknown=[("Joy@Example.net", "Joy Okafor", "cc")], by=bob) == 1
    return rows


def test_linking_brings_all_mails_and_the_address(mails, bert, bob):
    waiting = MailProposal.objects.order_by("pk")
    assert [(row.address, row.state) for row in waiting] == [("joy@example.net", "waiting")] * 2
    assert link_proposal(waiting[0], person=bert, by=bob) == 2
    assert {row.state for row in MailProposal.objects.all()} == {"linked"}
    assert Heard.objects.get(person=bert).count == 2
    assert by_addresses(["joy@example.net"]) == {"joy@example.net": [bert.pk]}
    with pytest.raises(ValidationError):
        link_proposal(waiting[1], person=bert, by=bob)
    assert Heard.objects.get(person=bert).count == 2


def test_nobody_is_not_asked_about_again(mails, ana, bob):
    assert decide_nobody(MailProposal.objects.order_by("pk")[0], by=bob) == 2
    later = log_interaction(by=bob, kind="mail", text="x", people=[ana])
    assert propose(later, unknown=[("joy@example.net", "", "to"), ("new@example.net", "", "to")], by=bob) == 1
    assert MailProposal.objects.get(interaction=later).address == "new@example.net"


def test_the_pages(mails, bert, bob, vera, logged_in):
    row = MailProposal.objects.order_by("pk")[0]
    address = reverse("interactions:proposal", args=[row.uuid])
    browser = logged_in(bob)
    assert "address of filed mail belongs to nobody we know." in browser.get("/").content.decode()
    assert "joy@example.net" in browser.get(reverse("interactions:proposals")).content.decode()
    page = browser.get(address, {"find": "bert"}).content.decode()
    assert str(bert.uuid) in page
    assert "1 more mail has this address." in page
    assert logged_in(vera).post(reverse("interactions:nobody", args=[row.uuid])).status_code == 403
    browser.post(reverse("interactions:link_proposal", args=[row.uuid]), {})
    assert MailProposal.objects.filter(state="waiting").count() == 2
    browser.post(
        reverse("interactions:make_person", args=[row.uuid]), {"given_name": "Joy", "family_name": "Okafor"}
    )
    joy = Person.objects.get(given_name="Joy")
    assert (joy.display_name, Heard.objects.get(person=joy).count) == ("Joy Okafor", 2)
    assert "It has been decided" in browser.get(address).content.decode()


def test_a_person_without_a_name_is_refused_and_nothing_decided(mails, bob, logged_in):
    row = MailProposal.objects.order_by("pk")[0]
    before = Person.objects.count()
    logged_in(bob).post(reverse("interactions:make_person", args=[row.uuid]), {"given_name": " "})
    assert Person.objects.count() == before
    assert MailProposal.objects.filter(state="waiting").count() == 2


def test_an_address_of_a_restricted_mail_is_not_shown(ana, alice, bob, logged_in, asks):
    mail = log_interaction(by=alice, kind="mail", text="x", people=[ana], visibility="coordinators")
    propose(mail, unknown=[("secret@example.net", "", "cc")], by=alice)
    row = MailProposal.objects.get()
    assert logged_in(bob).get(reverse("interactions:proposal", args=[row.uuid])).status_code == 403
    for address in ("/", reverse("interactions:proposals"), "/journal/"):
        assert "secret@example.net" not in logged_in(bob).get(address).content.decode()
    assert asks(bob)("GET", "/unknown-addresses")[1]["items"] == []
    assert asks(bob)("POST", f"/unknown-addresses/{row.uuid}/decision", {"person": None})[0] == 404
    assert MailProposal.objects.get().state == "waiting"


def test_programs_decide_too(mails, bert, bob, asks):
    send = asks(bob)
    status, page = send("GET", "/unknown-addresses?state=waiting")
    assert (status, [one["address"] for one in page["items"]]) == (200, ["joy@example.net"] * 2)
    status, told = send(
        "POST", f"/unknown-addresses/{page['items'][0]['id']}/decision", {"person": str(bert.uuid)}
    )
    assert (status, told["state"], told["person"]) == (200, "linked", str(bert.uuid))
    assert send("POST", f"/unknown-addresses/{page['items'][1]['id']}/decision", {"person": None})[0] == 422
    assert Interaction.objects.filter(people__person=bert).count() == 2
