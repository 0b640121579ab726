"""Endorsements and logic models by programs and from files; goals, objectives and indicators filtered, changed and ended by programs."""

from __future__ import annotations

import pytest

from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.tests.importing import command, taken_back_in, write
from barnraise.why.goals.models import Endorsement, LogicArrow, LogicStep
from barnraise.why.goals.services import add_goal, add_indicator, add_objective, ask, cite

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path, capsys):
    """`take(noun, text)`: the import of a file of that text, as the command line says it."""

    def run(noun, rows):
        file = write(tmp_path / f"{noun}.csv", rows)
        return command(capsys, "import", file, "--kind", noun, "--date-order", "ymd")

    return run


def told(done):
    (created,), (updated,) = done["created"].values(), done["updated"].values()
    return created, updated, sorted((one["row"], one["column"]) for one in done["refused"])


def test_endorsements_are_changed_taken_back_and_filtered_by_api(asks, fed, mill, alice, bob, vera):
    record, read = asks(bob), asks(vera)
    other = add_goal(name="Nobody is alone", by=alice)
    row, second = ask(fed, organisation=mill, by=alice), ask(other, organisation=mill, by=alice)
    here = f"/goal-endorsements/{row.uuid}"
    said = {"state": "endorsed", "signed_by": "Rosa Vega"}
    assert read("PATCH", here, said)[0] == 403
    for wrong in ({"state": "asked"}, {"signed_by": ""}, {"state": "withdrawn"}, {"words": "x" * 1001}):
        assert record("PATCH", here, {**said, **wrong})[0] == 422, wrong
    changed = record("PATCH", here, said)[1]
    assert (changed["state"], changed["signed_by"], changed["words"]) == ("endorsed", "Rosa Vega", "")
    assert record("PATCH", here, {"words": "With our ovens."})[1]["words"] == "With our ovens."
    for query, ids in (
        ("", [row, second]),
        (f"?goal={fed.uuid}", [row]),
        ("?state=asked", [second]),
        (f"?organisation={mill.uuid}&state=endorsed", [row]),
        (f"?organisation={fed.uuid}", []),
    ):
        found = read("GET", f"/goal-endorsements{query}")[1]["items"]
        assert sorted(one["id"] for one in found) == sorted(str(one.uuid) for one in ids), query
    assert record("PATCH", here, {"state": "withdrawn"})[1]["state"] == "withdrawn"
    assert record("DELETE", here)[0] == 409, "they have answered"
    there = f"/goal-endorsements/{second.uuid}"
    assert read("DELETE", there)[0] == 403
    assert record("DELETE", there)[0] == 204
    assert list(Endorsement.objects.all()) == [row]


def test_endorsements_come_change_and_are_taken_back_by_files(
    fed, mill, take, capsys, alice, vera, logged_in, tmp_path
):
    for name in ("Library", "Pantry on Elm"):
        register_organisation(OrganisationDocument(name=name), by=alice)
    asked = ask(fed, organisation=mill, by=alice)
    head = "goal,organisation,state,words,signed by\n"
    done = take(
        "endorsements",
        f"{head}every child eats,Mill Bakery,endorsed,With our ovens.,Rosa Vega\n"
        "Every child eats,Library,Asked,,\nEvery child eats,Pantry on Elm,declined,,\n"
        "No goal,Library,asked,,\nEvery child eats,Nobody,asked,,\n"
        "Every child eats,Pantry on Elm,withdrawn,,Ana\n",
    )
    assert told(done)[:2] == (1, 1)
    assert {column for _row, column in told(done)[2]} >= {"signed_by", "goal", "organisation"}
    rows = Endorsement.objects.order_by("pk").values_list("organisation__name", "state", "signed_by")
    both = [("Mill Bakery", "endorsed", "Rosa Vega"), ("Library", "asked", "")]
    assert list(rows.all()) == both
    browser = logged_in(vera)
    for query, names in (
        ("state=asked", ["Library"]),
        ("organisation=Mill Bakery&goal=Every child eats", ["Mill Bakery"]),
    ):
        sheet = browser.get(f"/why/goals/endorsements/?export=csv&{query}").getvalue().decode("utf-8-sig")
        assert [line.split(",")[0] for line in sheet.splitlines()[1:]] == names, query
    again = taken_back_in(
        capsys, logged_in(vera), "/why/goals/endorsements/", tmp_path / "e.csv", "endorsements"
    )
    assert (told(again)[0], told(again)[2], list(rows.all())) == (0, [], both)
    gone = take(
        "endorsements",
        f"{head}Every child eats,Mill Bakery,Taken away,,\nEvery child eats,Library,taken_away,,\n",
    )
    assert told(gone) == (0, 1, [(2, "state")])
    assert list(rows.all()) == both[:1]
    assert command(capsys, "imports", "undo", gone["import"])["undone"] == 1
    assert list(rows.all()) == both
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    asked.refresh_from_db()
    assert (asked.state, asked.signed_by, asked.answered_at, Endorsement.objects.count()) == (
        "asked",
        "",
        None,
        1,
    )


def test_a_logic_model_by_api(asks, fed, breakfast, alice, bob, vera):
    record, read = asks(bob), asks(vera)
    here = f"/goals/{fed.uuid}/logic"
    assert read("POST", f"{here}/steps", {"stage": "input", "text": "Kitchens"})[0] == 403
    for wrong in ({"stage": "dream"}, {"text": ""}, {"objective": str(breakfast.uuid)}):
        assert record("POST", f"{here}/steps", {"stage": "input", "text": "Kitchens", **wrong})[0] == 422, (
            wrong
        )
    made = [
        record("POST", f"{here}/steps", {"stage": stage, "text": words})[1]
        for stage, words in (("input", "Kitchens"), ("activity", "Cook"), ("outcome", "Children eat"))
    ]
    arrows = [
        record(
            "POST", f"{here}/arrows", {"start": made[at]["id"], "end": made[at + 1]["id"], "assumption": "So"}
        )[1]
        for at in (0, 1)
    ]
    loop = {"start": made[2]["id"], "end": made[0]["id"]}
    status, problem = record("POST", f"{here}/arrows", loop)
    assert (status, problem["errors"][0]["field"]) == (422, "end")
    other = add_goal(name="Nobody is alone", by=alice)
    assert record("POST", f"/goals/{other.uuid}/logic/arrows", loop)[0] == 404
    changed = record(
        "PATCH", f"/goal-logic-steps/{made[2]['id']}", {"text": "They eat", "objective": str(breakfast.uuid)}
    )[1]
    assert (changed["text"], changed["objective"]) == ("They eat", str(breakfast.uuid))
    assert record("PATCH", f"/goal-logic-steps/{made[0]['id']}", {"stage": "dream"})[0] == 422
    assert read("GET", here)[1] == {"steps": [*made[:2], changed], "arrows": arrows}
    assert record("DELETE", f"/goal-logic-arrows/{arrows[0]['id']}")[0] == 204
    assert read("DELETE", f"/goal-logic-steps/{made[0]['id']}")[0] == 403
    assert record("DELETE", f"/goal-logic-steps/{made[2]['id']}")[0] == 204
    assert (LogicStep.objects.count(), LogicArrow.objects.count()) == (2, 0)


def test_a_logic_model_comes_changes_and_goes_by_files(
    fed, breakfast, take, capsys, alice, vera, logged_in, tmp_path
):
    head = "goal,column,step,objective,leads to,state\n"
    done = take(
        "logic_steps",
        f"{head}Every child eats,input,Kitchens,,Cook,\nevery child eats,activity,Cook,,meals; Jobs,\n"
        "Every child eats,output,Meals,,Children eat,\nEvery child eats,output,Jobs,,,\n"
        "Every child eats,outcome,Children eat,Breakfast in four schools,,\n"
        "Every child eats,output,Loop,,Kitchens; Loop,\nEvery child eats,output,Lost,,Nowhere,\n"
        "Every child eats,output,Goalless,Breakfast in four schools,,\nNo goal,output,x,,,\n"
        "Every child eats,outcome,y,No objective,,\nEvery child eats,output,z,,,Taken away\n",
    )
    assert told(done) == (
        5, 0,
        [(7, "leads_to"), (8, "leads_to"), (9, "objective"), (10, "goal"), (11, "objective"), (12, "state")],
    )  # fmt: skip

    def drawn():
        return sorted(
            f"{one.start.text}>{one.end.text}" for one in LogicArrow.objects.select_related("start", "end")
        )

    assert drawn() == ["Cook>Jobs", "Cook>Meals", "Kitchens>Cook", "Meals>Children eat"]
    assert LogicStep.objects.get(stage="outcome").objective == breakfast
    browser = logged_in(vera)
    sheet = (
        browser.get("/why/goals/logic/?export=csv&stage=activity&goal=Every child eats")
        .getvalue()
        .decode("utf-8-sig")
    )
    assert (
        sheet.splitlines()[1:] == ["Cook,Every child eats,Activities,,Meals; Jobs"] or "Jobs; Meals" in sheet
    )
    again = taken_back_in(capsys, logged_in(vera), "/why/goals/logic/", tmp_path / "l.csv", "logic_steps")
    assert told(again) == (0, 0, [])
    second = take(
        "logic_steps",
        f"{head}Every child eats,activity,Cook,,Meals,\nEvery child eats,output,Jobs,,,Taken away\n"
        "Every child eats,outcome,Children eat,,Kitchens,\n",
    )
    assert told(second) == (0, 2, [(4, "leads_to")])
    assert "loop" in second["refused"][0]["reason"]
    assert drawn() == ["Cook>Meals", "Kitchens>Cook", "Meals>Children eat"]
    command(capsys, "imports", "undo", second["import"])
    assert drawn() == ["Cook>Jobs", "Cook>Meals", "Kitchens>Cook", "Meals>Children eat"]
    command(capsys, "imports", "undo", done["import"])
    assert not LogicStep.objects.exists()
    assert not LogicArrow.objects.exists()


def test_goals_objectives_and_indicators_are_filtered_changed_and_ended_by_api(
    asks, fed, breakfast, children, hunger, alice, bob, vera
):
    lead, read = asks(alice), asks(vera)
    other = add_goal(name="Nobody is alone", by=alice)
    visits = add_objective(other, name="Visits", by=alice)
    add_indicator(name="Visits made", objective=visits, unit="visits", by=alice)
    cite(fed, ref=hunger, by=alice)
    lead("PATCH", f"/goals/{other.uuid}", {"state": "dropped", "reason": "Others do it."})
    for path, names in (
        ("/goals", ["Every child eats", "Nobody is alone"]),
        ("/goals?state=dropped", ["Nobody is alone"]),
        (f"/goals?cites={hunger}", ["Every child eats"]),
        (f"/goals?cites={hunger}&state=dropped", []),
        (f"/objectives?goal={other.uuid}", ["Visits"]),
        ("/objectives?state=draft", ["Breakfast in four schools", "Visits"]),
        (f"/indicators?objective={visits.uuid}", ["Visits made"]),
    ):
        assert sorted(one["name"] for one in read("GET", path)[1]["items"]) == names, path
    assert read("GET", "/goals?cites=need")[0] == 422
    here = f"/objectives/{breakfast.uuid}"
    assert asks(bob)("PATCH", here, {"state": "dropped", "reason": "x"})[0] == 403
    assert lead("PATCH", here, {"state": "dropped"})[0] == 422
    ended = lead("PATCH", here, {"state": "dropped", "reason": "No kitchens"})[1]
    assert (ended["state"], ended["end_reason"]) == ("dropped", "No kitchens")
    assert lead("PATCH", here, {"state": "draft"})[1]["state"] == "draft"
    there = f"/indicators/{children.uuid}"
    for wrong in ({"rule": "median"}, {"unit": None}, {"target_value": "much"}):
        assert lead("PATCH", there, wrong)[0] == 422, wrong
    changed = lead("PATCH", there, {"name": "Children fed", "target_value": 500, "unit": "pupils"})[1]
    assert (changed["name"], changed["target_value"], changed["unit"]) == (
        "Children fed",
        "500.0000",
        "pupils",
    )
