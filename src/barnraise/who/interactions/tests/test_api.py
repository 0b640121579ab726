"""Interactions and next steps for programs."""

from __future__ import annotations

import pytest

from barnraise.who.interactions.models import Interaction, NextStep
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
