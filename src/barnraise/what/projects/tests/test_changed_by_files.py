"""A second file with another cell changes the part, gift or placement that is there, ends it, and its undo puts it back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from barnraise.what.projects.models import Actual, BudgetLine, Contribution, Milestone, Opening, Placement
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path, capsys):
    """`take(noun, text)`: the import of a file of that text, as the command line says it."""

    def run(noun, text):
        file = write(tmp_path / f"{noun}.csv", text)
        return command(capsys, "import", file, "--kind", noun, "--date-order", "ymd")

    return run


def counted(done):
    (created,), (updated,) = done["created"].values(), done["updated"].values()
    return created, updated, sorted((one["row"], one["column"]) for one in done["refused"])


def test_milestones_lines_and_openings(kitchens, take, capsys):
    head = "project,milestone,due,done,note\n"
    take("milestones", f"{head}Kitchens,Stoves bought,2026-04-01,,Ask Mill\nKitchens,Opening,2026-06-01,,\n")
    second = take(
        "milestones", f"{head}Kitchens,stoves bought,2026-04-15,2026-04-14,\nKitchens,Opening,2026-06-01,,\n"
    )
    assert counted(second) == (0, 1, [])
    stoves = Milestone.objects.filter(name="Stoves bought").values_list("due_on", "done_on", "note")
    assert stoves.get() == (date(2026, 4, 15), date(2026, 4, 14), "Ask Mill"), "a blank changes nothing"
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 1
    assert stoves.get() == (date(2026, 4, 1), None, "Ask Mill")

    head = "project,budget line,planned,income\n"
    take("budget_lines", f"{head}Kitchens,Stoves,4200.50,no\nKitchens,Grant,5000,yes\n")
    second = take("budget_lines", f"{head}Kitchens,Stoves,4000,\nKitchens,Grant,-1,yes\n")
    assert counted(second) == (0, 1, [(3, "planned")])
    lines = BudgetLine.objects.order_by("pk").values_list("name", "planned", "is_income")
    assert list(lines.all()) == [("Stoves", 400000, False), ("Grant", 500000, True)]
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 1
    assert list(lines.all()) == [("Stoves", 420050, False), ("Grant", 500000, True)]

    head = "project,role,kind,places,closes,closed\n"
    take("openings", f"{head}Kitchens,Helper,volunteer,4,2030-01-01,\n")
    second = take(
        "openings", f"{head}Kitchens,Helper,volunteer,6,2030-01-01,yes\nKitchens,Helper ,volunteer,0,,\n"
    )
    assert counted(second) == (0, 1, [(3, "")])
    opening = Opening.objects.values_list("places", "closes_on", "is_closed")
    assert opening.get() == (6, date(2030, 1, 1), True)
    command(capsys, "imports", "undo", second["import"])
    assert opening.get() == (4, date(2030, 1, 1), False)


def test_amounts_and_gifts_are_told_apart_though_they_are_alike(kitchens, mill, people, take, capsys):
    take("budget_lines", "project,budget line,planned,income\nKitchens,Stoves,4200,no\n")
    head = "project,line,date,amount,note\nKitchens,Stoves,2026-04-09,"
    take("amounts", f"{head}10,\nKitchens,Stoves,2026-04-09,20,\nKitchens,Stoves,2026-04-09,30,Bill 17\n")
    spent = Actual.objects.order_by("pk").values_list("amount", "note")
    assert list(spent.all()) == [(1000, ""), (2000, ""), (3000, "Bill 17")]
    same = f"{head}20,\nKitchens,Stoves,2026-04-09,30,Bill 17\nKitchens,Stoves,2026-04-09,10,\n"
    assert counted(take("amounts", same)) == (0, 0, []), "another order is no change"
    more = take("amounts", f"{head}5,\n{same.partition(chr(10))[2]}Kitchens,Stoves,2026-04-09,35,Bill 18\n")
    assert counted(more) == (2, 0, []), "a row between them is a new one"
    second = take("amounts", f"{head}31.50,Bill 17\n")
    assert counted(second) == (0, 1, [])
    assert sorted(spent.all()) == [(500, ""), (1000, ""), (2000, ""), (3150, "Bill 17"), (3500, "Bill 18")]
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 1
    assert sorted(spent.all())[3] == (3000, "Bill 17")

    head = "project,from,kind,date,what,quantity,amount,how it was valued,hours,note\n"
    take(
        "contributions",
        f"{head}Kitchens,Mill Bakery,goods,2026-04-02,Bread,40,3.50,price,,\nKitchens,Ana Ruiz,hours,2026-04-03,Cooking,,,,6,\n",
    )
    second = take(
        "contributions",
        f"{head}Kitchens,Mill Bakery,goods,2026-04-02,Bread,50,3.50,offer,,Counted twice\nKitchens,Ana Ruiz,hours,2026-04-03,Cooking,,,,-6,\n",
    )
    assert counted(second) == (0, 1, [(3, "hours")])
    bread = Contribution.objects.filter(what="Bread").values_list("value", "technique", "note")
    assert bread.get() == (17500, "offer", "Counted twice")
    assert Contribution.objects.get(what="Cooking").hours == Decimal("6.00")
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 1
    assert bread.get() == (14000, "price", "")


def test_placements_start_and_end(helper, people, take, capsys):
    head = "role,person,state,applied,started,ended,hours\n"
    take(
        "placements",
        f"{head}Kitchen helper,Ana Ruiz,applied,2026-01-02,,,\nKitchen helper,Ben Oak,started,2026-01-03,2026-02-01,,\n",
    )
    second = take(
        "placements",
        f"{head}Kitchen helper,Ana Ruiz,finished,2026-01-02,2026-02-01,2026-05-01,48\nKitchen helper,Ben Oak,left,2026-01-03,,,\n",
    )
    assert counted(second) == (0, 1, [(3, "ended_on")])
    placed = Placement.objects.order_by("pk").values_list("person", "state", "ended_on", "hours")
    ana, ben = people[0].pk, people[1].pk
    assert list(placed.all()) == [
        (ana, "finished", date(2026, 5, 1), Decimal("48.00")),
        (ben, "started", None, None),
    ]
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 1
    assert list(placed.all()) == [(ana, "applied", None, None), (ben, "started", None, None)]
    taken = take("placements", f"{head}Kitchen helper,Ana Ruiz,started,2026-01-02,2026-03-01,,\n")
    assert counted(taken)[:2] == ((0, 1) if helper.places > 1 else (0, 0))


def test_what_was_changed_and_put_back_leaves_with_the_import_that_brought_it(helper, people, take, capsys):
    head = "role,person,state,applied,started,ended,hours\n"
    first = take(
        "placements",
        f"{head}Kitchen helper,Ana Ruiz,applied,2026-01-02,,,\nKitchen helper,Ben Oak,applied,2026-01-03,,,\n",
    )
    second = take("placements", f"{head}Kitchen helper,Ana Ruiz,started,2026-01-02,2026-02-01,,\n")
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 1
    take("placements", f"{head}Kitchen helper,Ben Oak,started,2026-01-03,2026-02-01,,\n")
    undone = command(capsys, "imports", "undo", first["import"])
    assert undone["undone"] == 1, "what somebody changed since, and left so, stays"
    assert list(Placement.objects.values_list("person", "state")) == [(people[1].pk, "started")]
