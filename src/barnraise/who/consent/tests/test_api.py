"""Consents and purposes for programs."""

from __future__ import annotations

import pytest

from barnraise.who.consent.models import Consent, Purpose, Standing

pytestmark = pytest.mark.django_db


def test_purposes_and_consents_by_api(asks, ana, alice, bob, vera):
    send, record = asks(alice), asks(bob)
    given = {"name": "Newsletter", "channels": ["email"], "texts": {"en": "Monthly."}}
    assert record("POST", "/consent-purposes", given)[0] == 403
    for wrong in (
        {"channels": []},
        {"channels": ["pigeon"]},
        {"texts": {}},
        {"name": "a\x00b"},
        {"texts": {"english": "x"}, "name": ""},
    ):
        status, problem = send("POST", "/consent-purposes", {**given, **wrong})
        assert (status, bool(problem["errors"])) == (422, True), wrong
    assert not Purpose.objects.exists()
    status, purpose = send("POST", "/consent-purposes", given)
    assert (status, purpose["version"], purpose["texts"]) == (201, 1, {"en": "Monthly."})
    where = f"/people/{ana.uuid}/reachable?purpose={purpose['id']}&channel=email"
    status, reach = record("GET", where)
    assert (status, reach["is_reachable"], reach["reason"]) == (200, False, "never_asked")
    line = {
        "person": str(ana.uuid),
        "purpose": purpose["id"],
        "channel": "email",
        "is_given": True,
        "source": "form",
    }
    for wrong in (
        {"channel": "post"},
        {"person": purpose["id"]},
        {"purpose": str(ana.uuid)},
        {"happened_at": "2999-01-01T00:00:00Z"},
    ):
        assert record("POST", "/consents", {**line, **wrong})[0] == 422, wrong
    assert asks(vera)("POST", "/consents", line)[0] == 403
    assert not Consent.objects.exists()
    status, made = record(
        "POST", "/consents", {**line, "happened_at": "2025-03-01T10:00:00Z", "expires_on": "2990-01-01"}
    )
    assert (status, made["version"], made["happened_at"]) == (201, 1, "2025-03-01T10:00:00Z")
    assert record("GET", f"/consents/{made['id']}")[1] == made
    assert record("GET", f"/consents?person={ana.uuid}")[1]["items"] == [made]
    assert record("GET", "/consents?updated_since=2999-01-01T00:00:00Z")[1]["items"] == []
    assert record("GET", where)[1]["is_reachable"] is True
    (stands,) = record("GET", f"/consents-standing?purpose={purpose['id']}&is_given=true")[1]["items"]
    assert (stands["person"], stands["since_at"], stands["expires_on"]) == (
        str(ana.uuid),
        "2025-03-01T10:00:00Z",
        "2990-01-01",
    )
    assert record("DELETE", f"/consents/{made['id']}")[0] == 405, "lines are only added"
    assert send("DELETE", f"/consent-purposes/{purpose['id']}")[0] == 409
    status, changed = send(
        "PATCH", f"/consent-purposes/{purpose['id']}", {"texts": {"en": "Weekly."}, "is_ended": True}
    )
    assert (status, changed["version"], changed["ended_at"] is None) == (200, 2, False)
    assert record("GET", where)[1]["reason"] == "ended"
    assert record("POST", "/consents", line)[0] == 422
    assert record("POST", "/consents", {**line, "is_given": False})[0] == 201
    assert Standing.objects.get().is_given is False
    assert record("GET", "/consent-purposes")[1]["items"] == [changed]
