"""Interactions and next steps for programs."""

from __future__ import annotations

import pytest
from django.test import Client

from barnraise.plumbing.accounts.services.tokens import add_token
from barnraise.who.interactions.models import Interaction, MailProposal, NextStep
from barnraise.who.interactions.services import log_interaction


def test_every_verb_of_interactions(ana, pantry, mill, bob, asks):
    send = asks(bob)
    given = {
        "kind": "call",
        "text": "Called.\nTwice.",
        "happened_at": "2026-05-03T14:00:00Z",
        "people": [str(ana.uuid)],
        "organisations": [str(pantry.uuid)],
        "tags": ["River"],
    }
    status, made = send("POST", "/interactions", given)
    assert status == 201
    assert {name: made[name] for name in given} == given
    assert (made["by"], made["community"], made["visibility"]) == (str(bob.uuid), str(mill.uuid), "team")
    status, changed = send(
        "PATCH", f"/interactions/{made['id']}", {"text": "Once.", "people": [], "community": None}
    )
    assert (status, changed["text"], changed["people"], changed["community"]) == (200, "Once.", [], None)
    assert changed["organisations"] == [str(pantry.uuid)]
    assert send("GET", f"/interactions?organisation={pantry.uuid}")[1]["items"] == [changed]
    assert send("GET", f"/interactions?person={ana.uuid}")[1]["items"] == []
    assert send("GET", "/interactions?kind=visit")[1]["items"] == []
    assert send("DELETE", f"/interactions/{made['id']}") == (204, None)
    assert send("GET", f"/interactions/{made['id']}")[0] == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x", "kind": "shout"}, "kind"),
        ({"text": "x", "people": ["00000000-0000-0000-0000-000000000000"]}, "people"),
        ({"text": "x", "community": "00000000-0000-0000-0000-000000000000"}, "community"),
        ({"text": "x", "happened_at": "2199-01-01T00:00:00Z"}, "happened_at"),
    ],
)
def test_bad_values_are_named_and_nothing_is_kept(bob, asks, given, field):
    status, problem = asks(bob)("POST", "/interactions", given)
    assert (status, problem["errors"][0]["field"]) == (422, field)
    assert Interaction.objects.count() == 0


def test_every_verb_of_next_steps(ana, alice, bob, asks):
    send = asks(bob)
    status, made = send(
        "POST", "/next-steps", {"text": "Send", "person": str(ana.uuid), "due_on": "2026-06-01"}
    )
    assert (status, made["owner"], made["person"], made["due_on"]) == (
        201,
        str(bob.uuid),
        str(ana.uuid),
        "2026-06-01",
    )
    status, told = send("PATCH", f"/next-steps/{made['id']}", {"owner": str(alice.uuid), "is_done": True})
    assert (status, told["owner"], told["is_done"], told["done_by"]) == (
        200,
        str(alice.uuid),
        True,
        str(bob.uuid),
    )
    assert send("GET", "/next-steps?is_done=false")[1]["items"] == []
    assert send("PATCH", f"/next-steps/{made['id']}", {"is_done": False})[1]["done_at"] is None
    assert send("POST", "/next-steps", {"text": "About nobody"})[0] == 422
    assert send("DELETE", f"/next-steps/{made['id']}")[0] == 204
    assert NextStep.objects.count() == 0


def test_a_viewer_and_another_contributor_change_nothing(ana, alice, bob, vera, asks):
    row = log_interaction(by=alice, text="Hers", people=[ana])
    assert asks(vera)("POST", "/interactions", {"text": "x", "people": [str(ana.uuid)]})[0] == 403
    assert asks(bob)("PATCH", f"/interactions/{row.uuid}", {"text": "Mine"})[0] == 403
    assert asks(bob)("DELETE", f"/interactions/{row.uuid}")[0] == 403
    row.refresh_from_db()
    assert (row.text, Interaction.objects.count()) == ("Hers", 1)


RAW = """From: Ana Ruiz <ana@example.org>
To: bob@example.org, Noor <noor@example.net>, Max <max@example.net>, lists@example.net
Subject: Benches
Message-ID: <benches@example.org>

Twelve benches are free.
"""


def _give(account, content, kind="message/rfc822", scope="write", query=""):
    _token, secret = add_token(account=account, scope=scope, name="mails", by=None)
    return Client().generic(
        "POST", f"/api/v1/mails{query}", content, kind, HTTP_AUTHORIZATION=f"Bearer {secret}"
    )


def test_a_mail_is_given_and_its_unknown_addresses_are_decided(ana, pantry, bob, asks):
    made = _give(bob, RAW)
    assert made.status_code == 201, made.content
    told = made.json()
    assert {**told, "interaction": ""} == {
        "interaction": "",
        "is_new": True,
        "reason": "",
        "proposed": 3,
        "refused": [],
    }
    send = asks(bob)
    mail = send("GET", f"/interactions/{told['interaction']}")[1]
    assert (mail["kind"], mail["subject"], mail["text"]) == ("mail", "Benches", "Twelve benches are free.")
    assert (mail["people"], mail["organisations"]) == ([str(ana.uuid)], [str(pantry.uuid)])
    again = _give(bob, RAW)
    assert (again.status_code, again.json()["is_new"], again.json()["interaction"]) == (
        200,
        False,
        told["interaction"],
    )
    waiting = {one["address"]: one for one in send("GET", "/unknown-addresses?state=waiting")[1]["items"]}
    assert sorted(waiting) == ["lists@example.net", "max@example.net", "noor@example.net"]
    noor = waiting["noor@example.net"]
    assert send("GET", f"/unknown-addresses/{noor['id']}") == (200, noor)

    def decide(name, body):
        return send("POST", f"/unknown-addresses/{waiting[name]['id']}/decision", body)

    new = {"given_name": "Noor", "family_name": "Haddad"}
    assert decide("noor@example.net", {"person": str(ana.uuid), "new_person": new})[0] == 422
    status, linked = decide("noor@example.net", {"person": None, "new_person": new})
    assert (status, linked["state"]) == (200, "linked")
    person = send("GET", f"/people/{linked['person']}")[1]
    assert (person["display_name"], person["contacts"][0]["value"]) == ("Noor Haddad", "noor@example.net")
    assert decide("max@example.net", {"person": str(ana.uuid)})[1]["person"] == str(ana.uuid)
    assert decide("lists@example.net", {"person": None})[1]["state"] == "nobody"
    assert decide("lists@example.net", {"person": str(ana.uuid)})[0] == 422
    assert len(send("GET", f"/interactions/{told['interaction']}")[1]["people"]) == 2


def test_a_mail_that_is_none_to_file_says_why_and_leaves_nothing(bob, vera, alice, ana, settings):
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"mail_limit_mb": 1})
    absent = _give(bob, "Auto-Submitted: auto-replied\n" + RAW)
    assert (absent.status_code, absent.json()["interaction"]) == (200, None)
    assert "machine" in absent.json()["reason"]
    for answer, status in (
        (_give(bob, RAW, "application/json"), 415),
        (_give(bob, "Dear diary,\n\nnothing happened."), 422),
        (_give(bob, RAW + "x" * 1_100_000), 413),
        (_give(bob, RAW, query="?visibility=everybody"), 422),
        (_give(bob, RAW, scope="read"), 403),
        (_give(vera, RAW), 403),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (Interaction.objects.count(), MailProposal.objects.count()) == (0, 0)
    # What somebody else filed for coordinators only is not handed out by giving the same mail again.
    assert _give(alice, RAW, query="?visibility=coordinators").status_code == 201
    seen = _give(bob, RAW).json()
    assert (seen["interaction"], seen["is_new"]) == (None, False)
    assert _give(alice, RAW).json()["interaction"] is not None
