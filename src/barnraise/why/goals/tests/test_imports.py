"""Goals, objectives and indicators come in as files, once; and the sample town has some."""

from __future__ import annotations

import pytest
from django.utils import timezone

from barnraise.who.organisations.models import Organisation
from barnraise.who.people.tests.importing import command, taken_back_in, write
from barnraise.why.goals import sample
from barnraise.why.goals.models import Endorsement, Goal, Indicator, LogicStep, Objective
from barnraise.why.goals.services import add_goal, add_indicator, add_objective, agree_goal, change_goal

pytestmark = pytest.mark.django_db


def test_lists_come_in_once_and_say_what_they_cannot_take(fed, tmp_path, capsys, alice):
    goals = write(
        tmp_path / "goals.csv",
        "goal,description,from,until\nClean river,No litter.,2026-01-01,2027-01-01\nevery CHILD eats,,,\nBackwards,,2027-01-01,2026-01-01\n",
    )
    done = command(capsys, "import", goals, "--kind", "goals", "--date-order", "ymd")
    assert (done["created"], [(one["row"], one["column"]) for one in done["refused"]]) == (
        {"goals": 1},
        [(4, "ends_on")],
    )
    steps = write(
        tmp_path / "steps.csv",
        "goal,objective,due\nClean river,Halve the litter,2026-12-31\nNo such goal,Plant trees,2026-12-31\n",
    )
    done = command(capsys, "import", steps, "--kind", "objectives", "--date-order", "ymd")
    assert (done["created"], done["refused"][0]["column"]) == ({"objectives": 1}, "goal")
    numbers = write(
        tmp_path / "numbers.csv",
        "indicator,objective,unit,baseline,target,direction\n"
        "Litter,Halve the litter,pieces,240,120,down\nTrees,Plant trees,trees,0,40,up\n",
    )
    took = command(capsys, "import", numbers, "--kind", "indicators", "--date-order", "ymd")
    assert (took["created"], took["refused"][0]["column"]) == ({"indicators": 1}, "objective")
    row = Indicator.objects.get()
    assert (row.objective.goal.name, row.unit, row.direction, row.baseline_value) == (
        "Clean river",
        "pieces",
        "down",
        240,
    )
    again = command(capsys, "import", numbers, "--kind", "indicators", "--date-order", "ymd")
    assert (again["created"], again["unchanged"], Indicator.objects.count()) == ({"indicators": 0}, 1, 1)
    undone = command(capsys, "imports", "undo", took["import"])
    assert (undone["undone"], Indicator.objects.count(), Objective.objects.count()) == (1, 0, 1)


def test_a_list_taken_in_again_changes_and_ends_what_is_there(tmp_path, capsys, alice):
    def take(noun, text):
        file = write(tmp_path / f"{noun}.csv", text)
        return command(capsys, "import", file, "--kind", noun, "--date-order", "ymd")

    take("goals", "goal,description,from,until\nClean river,No litter.,2026-01-01,2027-01-01\n")
    take("objectives", "goal,objective,due\nClean river,Halve the litter,2026-12-31\n")
    take(
        "indicators",
        "indicator,objective,unit,baseline,target,direction,rule\nLitter,Halve the litter,pieces,240,120.50,down,sum\n",
    )
    goals = take(
        "goals",
        "goal,description,until,how it ended,why\n"
        "CLEAN river,,2028-01-01,,\nOld one,,,dropped,Nobody came\nOther,,,dropped,\nClean river two,,2019-01-01,,said\n",
    )
    assert (goals["updated"], goals["created"]) == ({"goals": 1}, {"goals": 1})
    assert [(one["row"], one["column"]) for one in sorted(goals["refused"], key=lambda one: one["row"])] == [
        (4, "why"),
        (5, "how it ended"),
    ]
    river, old = Goal.objects.get(name="Clean river"), Goal.objects.get(name="Old one")
    assert (str(river.ends_on), river.about, river.state) == ("2028-01-01", "No litter.", "draft")
    assert (old.state, old.end_reason, old.ended_on is None) == ("dropped", "Nobody came", False)
    backwards = take("goals", "goal,until\nClean river,2025-01-01\n")
    assert (backwards["updated"], backwards["refused"][0]["column"]) == ({"goals": 0}, "ends_on")
    steps = take(
        "objectives",
        "goal,objective,due,how it ended,why\nClean river,Halve the litter,2027-06-30,reached,Done\n",
    )
    step = Objective.objects.get()
    assert (steps["updated"], step.state, str(step.due_on)) == ({"objectives": 1}, "reached", "2027-06-30")
    numbers = take(
        "indicators", "indicator,baseline,target,rule,why it ended\nLitter,240.0,100,mean,Counted otherwise\n"
    )
    row = Indicator.objects.get()
    assert (numbers["updated"], row.baseline_value, row.target_value, row.rule) == (
        {"indicators": 1},
        240,
        100,
        "mean",
    )
    assert (row.is_ended, row.end_reason, row.objective) == (True, "Counted otherwise", step)
    counted = take("indicators", "indicator,rule\nLitter,distinct\n")
    assert (counted["updated"], counted["refused"][0]["column"]) == ({"indicators": 0}, "rule")
    for done in (numbers, steps, goals):
        command(capsys, "imports", "undo", done["import"])
    row, step, river = Indicator.objects.get(), Objective.objects.get(), Goal.objects.get()
    assert (row.target_value, row.rule, row.is_ended) == (120.5, "sum", False)
    assert (step.state, str(step.due_on), step.ended_on) == ("draft", "2026-12-31", None)
    assert (river.name, str(river.ends_on)) == ("Clean river", "2027-01-01"), "and the one it brought is gone"


def test_what_was_changed_and_taken_back_again_keeps_nobody_from_taking_back_what_came_before(
    tmp_path, capsys, alice
):
    def take(text):
        file = write(tmp_path / "goals.csv", text)
        return command(capsys, "import", file, "--kind", "goals", "--date-order", "ymd")["import"]

    first = take("goal,description\nClean river,No litter.\nGreen streets,Trees.\nQuiet nights,Slow.\n")
    second = take("goal,description\nClean river,No plastic.\nQuiet nights,Slower.\n")
    third = take("goal,until\nClean river,2027-01-01\n")
    for name in ("Quiet nights", "Green streets"):
        change_goal(Goal.objects.get(name=name), by=alice, name=f"{name} now")
    before = timezone.now()
    command(capsys, "imports", "undo", third)
    second_undone = command(capsys, "imports", "undo", second)
    river = Goal.objects.get(name="Clean river")
    assert (len(second_undone["kept"]), river.about, river.updated_at > before) == (1, "No litter.", True)
    assert len(command(capsys, "imports", "undo", first)["kept"]) == 2
    left = Goal.objects.order_by("name").values_list("name", flat=True)
    assert list(left) == ["Green streets now", "Quiet nights now"], "what somebody changed stays"


def test_lists_as_they_went_out_change_nothing(fed, tmp_path, capsys, alice, logged_in):
    goal = add_goal(name="Clean river", by=alice)
    step = add_objective(goal, name="Halve the litter", by=alice)
    add_indicator(
        name="Litter",
        objective=step,
        unit="pieces",
        source="events.people",
        rule="distinct",
        source_note="By hand",
        by=alice,
    )
    agree_goal(goal, by=alice)
    browser = logged_in(alice)
    for address, noun in (("", "goals"), ("objectives/", "objectives"), ("indicators/", "indicators")):
        done = taken_back_in(capsys, browser, f"/why/goals/{address}", tmp_path / f"{noun}.csv", noun)
        assert (done["refused"], done["updated"][noun], done["unchanged"] > 0) == ([], 0, True), noun
    assert Indicator.objects.get(name="Litter").source_note == "By hand"


def test_the_town_has_goals(ada, mill):
    Organisation.objects.filter(pk=mill.pk).update(is_sample=True)
    assert sample.load(by=ada) == {"goals": 3, "objectives": 5, "indicators": 4}
    assert LogicStep.objects.count() == 6
    assert (Endorsement.objects.get().state, Endorsement.objects.get().organisation) == ("endorsed", mill)
    assert set(sample.load(by=ada).values()) == {0}
    assert sample.remove(by=ada) == {"goals": 3, "objectives": 5, "indicators": 4}
    assert not any(model.objects.exists() for model in (Goal, Objective, Indicator, LogicStep, Endorsement))
