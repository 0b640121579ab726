"""Milestones, budgets, amounts, gifts and placements come in from spreadsheets, once, and go again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from barnraise.what.projects.models import Actual, BudgetLine, Contribution, Milestone, Opening, Placement
from barnraise.what.projects.services import change_contribution, set_state
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path, capsys):
    """`take(noun, text)`: the import of a file of that text, as the command line says it."""

    def run(noun, text, *more):
        file = write(tmp_path / f"{noun}.csv", text)
        return command(capsys, "import", file, "--kind", noun, "--date-order", "ymd", *more)

    return run


def refused(done):
    return [(one["row"], one["column"]) for one in sorted(done["refused"], key=lambda one: one["row"])]


def test_milestones_budget_and_amounts(kitchens, take, capsys, alice):
    plan = (
        "project,milestone,due,done\n"
        "kitchens,Stoves bought,2026-04-01,\n"
        "Kitchens,Opening,2026-06-01,2026-05-30\n"
        "Bakery,Oven,2026-04-01,\n"
        "Kitchens,No day,,\n"
    )
    done = take("milestones", plan)
    assert (done["created"], refused(done)) == ({"milestones": 2}, [(4, "project"), (5, "due")])
    assert list(Milestone.objects.order_by("pk").values_list("name", "due_on", "done_on")) == [
        ("Stoves bought", date(2026, 4, 1), None),
        ("Opening", date(2026, 6, 1), date(2026, 5, 30)),
    ]
    assert take("milestones", plan)["created"] == {"milestones": 0}
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    assert Milestone.objects.count() == 0
    budget = (
        "project,budget line,planned,income\n"
        "Kitchens,Stoves,4200.50,no\n"
        "Kitchens,Grant,5000,yes\n"
        "Kitchens,Cents,1.005,no\n"
        "Kitchens,Debt,-1,no\n"
    )
    lines = take("budget_lines", budget)
    assert (lines["created"], refused(lines)) == ({"budget_lines": 2}, [(4, "planned"), (5, "planned")])
    rows = BudgetLine.objects.order_by("pk").values_list("name", "planned", "is_income")
    assert list(rows) == [("Stoves", 420050, False), ("Grant", 500000, True)]
    spent = (
        "project,budget line,date,amount,note\n"
        "Kitchens,stoves,2026-04-09,3999.50,Bill 17\n"
        "Kitchens,Stoves,2026-04-10,-100,Returned\n"
        "Kitchens,Lamps,2026-04-10,5,\n"
    )
    amounts = take("amounts", spent)
    assert (amounts["created"], refused(amounts)) == ({"amounts": 2}, [(4, "line")])
    assert list(Actual.objects.order_by("pk").values_list("amount", flat=True)) == [399950, -10000]
    assert take("amounts", spent)["created"] == {"amounts": 0}
    assert command(capsys, "imports", "undo", lines["import"])["undone"] == 1, "the line with amounts stays"
    assert command(capsys, "imports", "undo", amounts["import"])["undone"] == 2
    assert Actual.objects.count() == 0
    set_state(kitchens, state="running", by=alice)
    set_state(kitchens, state="stopped", reason="No money", by=alice)
    assert refused(take("milestones", "project,milestone,due\nKitchens,Late,2026-04-01\n")) == [
        (2, "project")
    ]


def test_gifts(kitchens, mill, people, take, capsys, alice):
    gifts = (
        "project,from,kind,date,what,quantity,unit,amount,how it was valued,hours\n"
        "Kitchens,Mill Bakery,money,2026-04-01,,,,250,,\n"
        "Kitchens,mill bakery,goods,2026-04-02,Bread,40,loaf,3.50,price,\n"
        "Kitchens,Ana Ruiz,hours,2026-04-03,Cooking,,,,,6.5\n"
        "Kitchens,Nobody,money,2026-04-01,,,,250,,\n"
        "Kitchens,Mill Bakery,money,2026-04-01,,,,,,\n"
        "Kitchens,Mill Bakery,goods,2026-04-02,Rolls,40,,2,,\n"
    )
    tried = take("contributions", gifts, "--dry-run")
    assert (tried["created"], Contribution.objects.count()) == ({"contributions": 3}, 0)
    done = take("contributions", gifts)
    assert done["created"] == {"contributions": 3}
    assert refused(done) == [(5, "from"), (6, "unit_value"), (7, "technique")]
    rows = Contribution.objects.order_by("pk")
    assert [(row.value, row.hours) for row in rows] == [(25000, None), (14000, None), (0, Decimal("6.50"))]
    assert [(row.organisation, row.person) for row in rows] == [(mill, None), (mill, None), (None, people[0])]
    assert take("contributions", gifts)["created"] == {"contributions": 0}
    change_contribution(rows[0], unit_value=26000, by=alice)
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    assert list(Contribution.objects.all()) == [rows[0]], "what was changed since stays"


def test_placements(helper, people, take, capsys):
    sheet = (
        "role,person,state,applied,started,ended,hours\n"
        "kitchen helper,Ana Ruiz,finished,2026-01-02,2026-02-01,2026-05-01,48\n"
        "Kitchen helper,Ben Oak,started,2026-01-03,2026-05-02,,\n"
        "Kitchen helper,Cleo Marsh,started,2026-01-03,2026-05-02,,\n"
        "Kitchen helper,Nobody,applied,2026-01-03,,,\n"
        "Cook,Cleo Marsh,applied,2026-01-03,,,\n"
        "Kitchen helper,Cleo Marsh,finished,2026-01-04,2025-05-02,2026-05-02,\n"
        "Kitchen helper,Cleo Marsh,left,2026-01-05,,,\n"
    )
    done = take("placements", sheet)
    assert done["created"] == {"placements": 2}
    assert refused(done) == [
        (4, "state"),
        (5, "person"),
        (6, "opening"),
        (7, "started_on"),
        (8, "started_on"),
    ]
    rows = Placement.objects.order_by("pk").values_list("person", "state", "started_on", "hours")
    assert list(rows) == [
        (people[0].pk, "finished", date(2026, 2, 1), Decimal("48.00")),
        (people[1].pk, "started", date(2026, 5, 2), None),
    ]
    assert take("placements", sheet)["created"] == {"placements": 0}
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    assert Placement.objects.count() == 0


def test_openings_come_in_and_stand_in_a_list_with_milestones_and_budget(
    kitchens, take, capsys, alice, logged_in
):
    text = (
        "project,role,kind,places,closes\n"
        "Kitchens,Helper,volunteer,4,2030-01-01\n"
        "Kitchens,Cook,trainee,,\n"
        "Kitchens,Half,volunteer,1.5,\n"
        "Bakery,Helper,volunteer,1,\n"
        "Kitchens,None,volunteer,0,\n"
    )
    done = take("openings", text)
    assert (done["created"], refused(done)) == (
        {"openings": 2},
        [(4, "places"), (5, "project"), (6, "places")],
    )
    assert list(Opening.objects.order_by("pk").values_list("name", "kind", "places")) == [
        ("Helper", "volunteer", 4),
        ("Cook", "trainee", 1),
    ]
    assert take("openings", text)["created"] == {"openings": 0}
    take(
        "milestones",
        "project,milestone,due,done\nKitchens,Stoves bought,2026-04-01,2026-03-30\nKitchens,Opening day,2026-06-01,\n",
    )
    take("budget_lines", "project,budget line,planned,income\nKitchens,Stoves,4200.50,no\n")
    take("amounts", "project,line,date,amount\nKitchens,Stoves,2026-04-01,100.25\n")
    browser = logged_in(alice)

    def table(path):
        return browser.get(f"/what/projects/{path}").getvalue().decode("utf-8-sig").splitlines()[1:]

    assert table("openings/?export=csv&kind=trainee") == ["Cook,Kitchens,Trainee place,1,,Open"]
    assert table("milestones/?export=csv&done=1") == ["Stoves bought,Kitchens,2026-04-01,2026-03-30"]
    assert table("budget/?export=csv&income=0") == ["Stoves,Kitchens,Cost,4200.50,100.25"]
    assert "Opening day" in browser.get("/what/projects/milestones/?done=0").content.decode()
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    assert not Opening.objects.exists()
