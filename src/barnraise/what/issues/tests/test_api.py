"""Concerns for programs."""

from __future__ import annotations

import pytest

from barnraise.plumbing.mail.models import Message
from barnraise.what.issues.models import Issue

pytestmark = pytest.mark.django_db


def test_created_changed_filtered_refused_and_ended_by_api(asks, pantry, library, ana, alice, bob, vera):
    send = asks(bob)
    given = {"origin": "partner", "organisation": str(pantry.uuid), "what": "Nobody asked us"}
    given |= {"owner": "bob@example.org", "raised_at": "2026-01-05T10:00:00Z", "severity": "high"}
    assert asks(vera)("POST", "/concerns", given)[0] == 403
    for wrong, field in (
        ({"organisation": str(ana.uuid)}, "organisation"),
        ({"organisation": None}, "organisation"),
        ({"about": str(pantry.uuid)}, "about"),
        ({"person": str(pantry.uuid)}, "person"),
        ({"origin": "a bird"}, "origin"),
        ({"severity": "dread"}, "severity"),
        ({"owner": "nobody@example.org"}, "owner"),
        ({"raised_at": "2999-01-01T00:00:00Z"}, "raised_at"),
        ({"cites": "people.person:1"}, "cites"),
        ({"asker_email": "nobody"}, "asker_email"),
        ({"what": ""}, "what"),
    ):
        status, problem = send("POST", "/concerns", {**given, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Issue.objects.exists()
    status, made = send("POST", "/concerns", given)
    assert (status, made["state"], made["clock"], made["owner"]) == (201, "open", "over", "bob@example.org")
    where = f"/concerns/{made['id']}"
    status, changed = send("PATCH", where, {"about": str(library.uuid), "owner": None, "severity": "low"})
    assert (status, changed["about"], changed["owner"]) == (200, str(library.uuid), None)
    assert changed["answer_by"] > made["answer_by"]
    assert send("POST", f"{where}/outcome", {"outcome": "Done"})[0] == 422
    assert send("POST", f"{where}/answers", {"text": "Yes", "way": "mail"})[0] == 422
    assert Issue.objects.get().answered_at is None
    status, heard = send("POST", f"{where}/answers", {"text": "We talked", "way": "said"})
    assert (status, heard["state"], heard["clock"]) == (201, "answered", "late")
    (told,) = send("GET", f"{where}/answers")[1]
    assert (told["text"], told["by"], told["stops_clock"]) == ("We talked", "bob@example.org", True)
    status, ended = send("POST", f"{where}/outcome", {"outcome": "Turns agreed"})
    assert (status, ended["state"], ended["outcome"]) == (200, "resolved", "Turns agreed")
    assert send("GET", where)[1] == ended
    assert send("GET", "/concerns?state=resolved")[1]["items"] == [ended]
    assert send("GET", "/concerns?clock=late")[1]["items"] == [ended]
    assert send("GET", f"/concerns?organisation={library.uuid}")[1]["items"] == [ended]
    assert send("GET", "/concerns?state=gone")[0] == 422
    assert send("GET", "/concerns?clock=gone")[0] == 422
    assert send("GET", "/concerns?updated_since=2999-01-01T00:00:00Z")[1]["items"] == []
    assert send("POST", f"{where}/reopening", {"reason": ""})[0] == 422
    status, again = send("POST", f"{where}/reopening", {"reason": "It goes on"})
    assert (status, again["state"], again["rounds"], again["answered_at"]) == (200, "open", 2, None)
    status, declined = send("POST", f"{where}/decline", {"reason": "Not ours", "way": "said"})
    assert (status, declined["state"], declined["outcome"]) == (200, "declined", "Not ours")
    assert Message.objects.count() == 0
    assert send("DELETE", where)[0] == 403
    assert asks(alice)("DELETE", where)[0] == 204
    assert not Issue.objects.exists()
