"""Outcomes and the register are listed, narrowed and walked by programs."""

from __future__ import annotations

from uuid import uuid4

import pytest

from barnraise.sowhat.roi.services import add_outcome

pytestmark = pytest.mark.django_db


def _names(answer):
    status, found = answer
    assert status == 200, found
    return [one["name"] for one in found["items"]]


def test_outcomes_are_listed_narrowed_and_read_alone(asks, valued, breakfasts, bob, vera, petra):
    other = add_outcome(valued, by=bob, name="Sleeps well", about="Told by parents")
    ask, where = asks(vera), "/valued-outcomes"
    assert asks(petra)("GET", where)[0] == 403
    assert _names(ask("GET", where)) == ["Eats every day", "Sleeps well"]
    for narrowed, names in (
        (f"valuation={valued.uuid}", ["Eats every day", "Sleeps well"]),
        (f"valuation={uuid4()}", []),
        (f"indicator={breakfasts.uuid}", ["Eats every day"]),
        ("counted=true", ["Eats every day"]),
        ("counted=false", ["Sleeps well"]),
        ("name=SLEEPS", ["Sleeps well"]),
        (f"updated_since={other.updated_at.isoformat().replace('+00:00', 'Z')}", ["Sleeps well"]),
    ):
        assert _names(ask("GET", f"{where}?{narrowed}")) == names, narrowed
    first = ask("GET", f"{where}?limit=1")[1]
    assert _names(ask("GET", f"{where}?limit=1&cursor={first['next']}")) == ["Sleeps well"]
    eats = first["items"][0]
    assert (eats["valuation"], eats["indicator"]) == (str(valued.uuid), str(breakfasts.uuid))
    status, alone = ask("GET", f"{where}/{eats['id']}")
    assert (status, alone["quantity"], alone["valuation"]) == (200, "100", str(valued.uuid))
    assert {one["kind"] for one in alone["assumptions"]} >= {"proxy", "deadweight"}
    assert float(alone["low"]) < float(alone["base"]) < float(alone["high"])
    assert ask("GET", f"{where}/{uuid4()}")[0] == 404
    assert ask("GET", f"{where}?valuation=nothing")[0] == 422


def test_the_register_is_listed_and_narrowed(asks, valued, bob, vera, petra):
    send, ask, where = asks(bob), asks(vera), "/assumptions"
    given = {"kind": "hour_value", "low": "19", "base": "19", "high": "19"}
    assert send("PUT", f"/valuations/{valued.uuid}/assumptions", given)[0] == 200
    assert asks(petra)("GET", where)[0] == 403
    outcome = valued.outcomes.get()

    def kinds(narrowed):
        status, found = ask("GET", f"{where}?{narrowed}")
        assert status == 200, found
        return {one["kind"] for one in found["items"]}

    of_outcome = {"proxy", "deadweight", "displacement", "attribution", "dropoff", "duration"}
    assert kinds("") == of_outcome | {"rate", "hour_value"}
    assert kinds(f"outcome={outcome.uuid}") == of_outcome
    assert kinds(f"valuation={uuid4()}") == set()
    assert kinds("sourced=false") == {"hour_value"}
    assert "hour_value" not in kinds(f"valuation={valued.uuid}&sourced=true")
    line = ask("GET", f"{where}?kind=proxy")[1]["items"]
    assert [(one["outcome"], one["valuation"], one["base"]) for one in line] == [
        (str(outcome.uuid), str(valued.uuid), "50")
    ]
    status, no = ask("GET", f"{where}?kind=luck")
    assert (status, no["errors"][0]["field"]) == (422, "kind")
