"""Goals, objectives and indicators come in as files, once; and the sample town has some."""

from __future__ import annotations

import pytest

from barnraise.who.organisations.models import Organisation
from barnraise.who.people.tests.importing import command, write
from barnraise.why.goals import sample
from barnraise.why.goals.models import Endorsement, Goal, Indicator, LogicStep, Objective

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


def test_the_town_has_goals(ada, mill):
    Organisation.objects.filter(pk=mill.pk).update(is_sample=True)
    assert sample.load(by=ada) == {"goals": 3, "objectives": 5, "indicators": 4}
    assert LogicStep.objects.count() == 6
    assert (Endorsement.objects.get().state, Endorsement.objects.get().organisation) == ("endorsed", mill)
    assert set(sample.load(by=ada).values()) == {0}
    assert sample.remove(by=ada) == {"goals": 3, "objectives": 5, "indicators": 4}
    assert not any(model.objects.exists() for model in (Goal, Objective, Indicator, LogicStep, Endorsement))
