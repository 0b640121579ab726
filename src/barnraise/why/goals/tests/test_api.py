"""Goals, objectives, indicators and endorsements for programs."""

from __future__ import annotations

import pytest

from barnraise.why.goals.models import Goal, Objective

pytestmark = pytest.mark.django_db


def test_from_goal_to_endorsement_by_api(asks, hunger, mill, alice, bob, vera):
    lead, write, read = asks(alice), asks(bob), asks(vera)
    assert read("POST", "/goals", {"name": "Every child eats"})[0] == 403
    for wrong in (
        {"name": ""},
        {"name": "a\x00b"},
        {"name": "x", "starts_on": "2026-02-01", "ends_on": "2026-01-01"},
    ):
        status, problem = write("POST", "/goals", wrong)
        assert (status, bool(problem["errors"])) == (422, True), wrong
    assert not Goal.objects.exists()
    status, goal = write("POST", "/goals", {"name": "Every child eats", "ends_on": "2027-12-31"})
    assert (status, goal["state"], goal["cites"]) == (201, "draft", [])
    where = f"/goals/{goal['id']}"
    assert write("PATCH", where, {"state": "agreed"})[0] == 403
    for wrong in ({"cites": ["needs.need:99"]}, {"cites": ["need"]}, {"name": None}, {"state": "reached"}):
        assert lead("PATCH", where, {"about": "Changed?", **wrong})[0] == 422, wrong
    assert read("GET", where)[1] == goal, "a refused change changes nothing"
    status, goal = lead("PATCH", where, {"cites": [str(hunger)], "state": "agreed"})
    assert (goal["state"], goal["cites"]) == ("agreed", [str(hunger)])
    status, objective = write(
        "POST", "/objectives", {"goal": goal["id"], "name": "Breakfast in four schools"}
    )
    assert (status, objective["smart"]) == (201, "···R·")
    there = f"/objectives/{objective['id']}"
    status, problem = lead("PATCH", there, {"state": "agreed", "due_on": "2026-12-31"})
    assert status == 422
    assert Objective.objects.get().due_on is None, "nothing of a refused request is kept"
    given = {"name": "Children", "objective": objective["id"], "unit": "children"}
    for wrong in (
        {"rule": "median"},
        {"objective": goal["id"]},
        {"source": "dreams"},
        {"baseline_value": "NaN"},
    ):
        assert write("POST", "/indicators", {**given, **wrong})[0] == 422, wrong
    status, indicator = write("POST", "/indicators", {**given, "baseline_value": 120, "target_value": 400})
    assert (status, indicator["direction"], indicator["rule"]) == (201, "up", "sum")
    status, objective = lead("PATCH", there, {"owner": "alice@example.org", "due_on": "2026-12-31"})
    assert (objective["smart"], objective["missing"], objective["owner"]) == (
        "SMART",
        [],
        "alice@example.org",
    )
    assert lead("PATCH", there, {"state": "agreed"})[1]["state"] == "agreed"
    assert read("GET", f"/objectives?goal={goal['id']}")[1]["items"][0]["smart"] == "SMART"
    asked = {"goal": goal["id"], "organisation": str(mill.uuid)}
    assert write("POST", "/goal-endorsements", {**asked, "state": "endorsed"})[0] == 422
    assert read("GET", "/goal-endorsements")[1]["items"] == []
    status, said = write("POST", "/goal-endorsements", {**asked, "state": "endorsed", "signed_by": "Rosa"})
    assert (status, said["state"], said["signed_by"]) == (201, "endorsed", "Rosa")
    for path in (where, there):
        assert lead("DELETE", path)[0] == 409, path
    assert lead("PATCH", f"/indicators/{indicator['id']}", {"is_ended": True, "reason": "Done"})[1][
        "ended_on"
    ]
    assert lead("DELETE", f"/indicators/{indicator['id']}")[0] == 204
    assert lead("DELETE", there)[0] == 204
    assert (
        lead("PATCH", where, {"state": "dropped", "reason": "Others do it."})[1]["end_reason"]
        == "Others do it."
    )
    assert read("GET", "/goals?updated_since=2999-01-01T00:00:00Z")[1]["items"] == []
