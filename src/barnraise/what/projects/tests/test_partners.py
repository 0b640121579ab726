"""Partners of projects by API, from files and in a list; amounts in a list; parts and gifts changed on their pages."""

from __future__ import annotations

from datetime import date

import pytest

from barnraise.what.projects.models import (
    Actual,
    BudgetLine,
    Contribution,
    Milestone,
    Opening,
    ProjectPartner,
)
from barnraise.what.projects.services import add_contribution, add_part, set_state
from barnraise.who.organisations.documents import OrganisationDocument
from barnraise.who.organisations.services import register_organisation
from barnraise.who.people.tests.importing import command, taken_back_in, write

from .test_changed_by_files import counted
from .test_doors import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path, capsys):
    """`take(noun, text)`: the import of a file of that text, as the command line says it."""

    def run(noun, rows):
        file = write(tmp_path / f"{noun}.csv", rows)
        return command(capsys, "import", file, "--kind", noun, "--date-order", "ymd")

    return run


def test_partners_by_api(asks, kitchens, mill, alice, bob, vera):
    record, read = asks(bob), asks(vera)
    here = f"/projects/{kitchens.uuid}/partners"
    body = {"organisation": str(mill.uuid), "role": "funds", "note": "Flour too"}
    assert read("POST", here, body)[0] == 403
    for wrong in ({"role": "king"}, {"organisation": str(kitchens.uuid)}):
        assert record("POST", here, {**body, **wrong})[0] == 422, wrong
    status, made = record("POST", here, body)
    assert (status, read("GET", here)[1]) == (201, [made])
    assert {name: made[name] for name in body} == body
    again = record("POST", here, body)
    assert (again[0], again[1]["errors"][0]["field"]) == (422, "organisation")
    one = f"/project-partners/{made['id']}"
    assert record("PATCH", one, {"role": "hosts"})[1] == {**made, "role": "hosts"}
    assert record("PATCH", one, {"role": "king"})[0] == 422
    assert read("DELETE", one)[0] == 403
    assert record("DELETE", one)[0] == 204
    assert (record("DELETE", one)[0], read("GET", here)[1]) == (404, [])
    set_state(kitchens, state="stopped", reason="No money", by=alice)
    assert record("POST", here, body)[0] == 409


def test_partners_from_files_are_added_changed_and_taken_away(kitchens, mill, take, capsys):
    head = "project,organisation,role,note,state\n"
    first = take(
        "project_partners",
        f"{head}Kitchens,mill bakery,funds,Flour,\nkitchens,Mill Bakery,hosts,,\nKitchens,Nobody,funds,,\n"
        "Bakery,Mill Bakery,funds,,\nKitchens,Mill Bakery,advises,,taken_away\n",
    )
    assert counted(first) == (2, 0, [(4, "organisation"), (5, "project"), (6, "state")])
    rows = ProjectPartner.objects.order_by("pk").values_list("organisation", "role", "note")
    both = [(mill.pk, "funds", "Flour"), (mill.pk, "hosts", "")]
    assert list(rows.all()) == both
    second = take(
        "project_partners",
        f"{head}Kitchens,Mill Bakery,funds,Flour and yeast,\nKitchens,Mill Bakery,hosts,,Taken away\n",
    )
    assert counted(second) == (0, 2, [])
    assert list(rows.all()) == [(mill.pk, "funds", "Flour and yeast")]
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 2
    assert list(rows.all()) == both
    assert command(capsys, "imports", "undo", first["import"])["undone"] == 2
    assert not ProjectPartner.objects.exists()


def test_parts_are_taken_away_by_files_when_nothing_hangs_on_them(kitchens, take, capsys):
    take("milestones", "project,milestone,due\nKitchens,Stoves,2026-04-01\n")
    take("budget_lines", "project,budget line,planned\nKitchens,Stoves,4200\nKitchens,Lamps,10\n")
    take("amounts", "project,line,date,amount,note\nKitchens,Stoves,2026-04-09,30,Bill 17\n")
    gone = take("milestones", "project,milestone,due,state\nKitchens,Stoves,2026-04-01,Taken away\n")
    assert (counted(gone), Milestone.objects.count()) == ((0, 1, []), 0)
    assert command(capsys, "imports", "undo", gone["import"])["undone"] == 1
    assert Milestone.objects.get().due_on == date(2026, 4, 1)
    held = (
        "project,budget line,planned,state\nKitchens,Stoves,4200,Taken away\nKitchens,Lamps,10,Taken away\n"
    )
    refused = take("budget_lines", held)
    assert counted(refused) == (0, 1, [(2, "state")])
    assert "Take those away first" in refused["refused"][0]["reason"]
    amounts = "project,line,date,amount,note,state\nKitchens,Stoves,2026-04-09,30,Bill 17,Taken away\n"
    gone = take("amounts", amounts)
    assert (counted(gone), Actual.objects.count()) == ((0, 1, []), 0)
    assert counted(take("budget_lines", held)) == (0, 1, [(3, "state")])
    assert not BudgetLine.objects.exists()


def test_partners_and_amounts_stand_in_lists_with_filters_and_come_in_again(
    kitchens, mill, alice, vera, logged_in, tmp_path, capsys
):
    elm = register_organisation(OrganisationDocument(name="Pantry on Elm"), by=alice)
    add_part(kitchens, "partners", organisation=mill, role="funds", note="Flour", by=alice)
    add_part(kitchens, "partners", organisation=elm, role="hosts", by=alice)
    line = add_part(kitchens, "budget", name="Stoves", planned=420000, by=alice)
    add_part(kitchens, "amounts", line=line, on=date(2026, 4, 9), amount=3050, note="Bill 17", by=alice)
    add_part(kitchens, "amounts", line=line, on=date(2026, 5, 9), amount=-50, by=alice)
    browser = logged_in(vera)

    def sheet(address, query):
        answer = browser.get(f"/what/projects/{address}/?export=csv&{query}")
        lines = answer.getvalue().decode("utf-8-sig").splitlines()[1:]
        return [
            line.split(",")[0] + line.split(",")[3] if address == "amounts" else line.split(",")[0]
            for line in lines
        ]

    for query, names in (
        ("", ["Pantry on Elm", "Mill Bakery"]),
        ("role=funds", ["Mill Bakery"]),
        ("organisation=Pantry on Elm", ["Pantry on Elm"]),
        ("project=Kitchens&role=hosts", ["Pantry on Elm"]),
        ("role=leads", []),
    ):
        assert sheet("partners", query) == names, query
    assert "Mill Bakery" in text(browser.get("/what/projects/partners/?role=funds"))
    for query, amounts in (
        ("", ["Stoves-0.50", "Stoves30.50"]),
        ("day_from=2026-05-01", ["Stoves-0.50"]),
        ("day_to=2026-05-01", ["Stoves30.50"]),
        (f"line={line.pk}&project={kitchens.pk}&day_to=2026-04-30", ["Stoves30.50"]),
    ):
        assert sheet("amounts", query) == amounts, query
    assert "$30.50" in text(browser.get("/what/projects/amounts/?project=Kitchens"))
    for noun, address in (("project_partners", "partners"), ("amounts", "amounts")):
        here = f"/what/projects/{address}/"
        again = taken_back_in(capsys, logged_in(vera), here, tmp_path / f"{noun}.csv", noun)
        assert (again["created"], again["refused"]) == ({noun: 0}, []), again


def test_parts_and_gifts_are_changed_on_their_pages(kitchens, mill, helper, alice, bob, vera, logged_in):
    browser = logged_in(bob)
    stoves = add_part(kitchens, "milestones", name="Stoves", due_on=date(2026, 4, 1), by=alice)
    line = add_part(kitchens, "budget", name="Stoves", planned=420000, by=alice)
    spent = add_part(kitchens, "amounts", line=line, on=date(2026, 4, 9), amount=3000, by=alice)
    gift = add_contribution(
        kitchens, organisation=mill, kind="money", unit_value=500, on=date(2026, 4, 1), by=alice
    )

    def page(part, row):
        return f"/what/projects/parts/{part}/{row.uuid}/change/"

    opening = {"kind": "volunteer", "name": "Cook", "places": "3", "forget_after_days": "180"}
    money = {"organisation": "Mill Bakery", "kind": "money", "on": "2026-04-02", "unit_value": "7.50"}
    for address, wrong, right, row, told in (
        (
            page("milestones", stoves),
            {"name": "Stoves are in", "due_on": "soon"},
            {"name": "Stoves are in", "due_on": "2026-05-01", "done_on": "2026-04-30"},
            Milestone.objects.values_list("name", "due_on", "done_on"),
            ("Stoves are in", date(2026, 5, 1), date(2026, 4, 30)),
        ),
        (
            page("budget", line),
            {"name": "Ovens", "planned": "-1"},
            {"name": "Ovens", "planned": "4000.25", "is_income": "on"},
            BudgetLine.objects.values_list("name", "planned", "is_income"),
            ("Ovens", 400_025, True),
        ),
        (
            page("amounts", spent),
            {"line": "0", "on": "2026-04-10", "amount": "31.50"},
            {"line": str(line.pk), "on": "2026-04-10", "amount": "31.50", "note": "Bill 17"},
            Actual.objects.values_list("on", "amount", "note"),
            (date(2026, 4, 10), 3150, "Bill 17"),
        ),
        (
            page("openings", helper),
            {**opening, "places": "0"},
            {**opening, "is_closed": "on"},
            Opening.objects.values_list("name", "places", "is_closed"),
            ("Cook", 3, True),
        ),
        (
            f"/what/projects/contributions/{gift.uuid}/change/",
            {**money, "unit_value": ""},
            {**money, "note": "In two parts"},
            Contribution.objects.values_list("on", "value", "note"),
            (date(2026, 4, 2), 750, "In two parts"),
        ),
    ):
        assert logged_in(vera).post(address, right).status_code == 403
        before = row.get()
        assert (browser.post(address, wrong).status_code, row.all().get()) == (422, before), address
        assert browser.post(address, right).status_code == 302, address
        assert row.all().get() == told
    shown = text(browser.get(kitchens.get_absolute_url()))
    assert "changed the milestone Stoves are in" in shown
    assert "Closed" in text(browser.get(f"/what/projects/openings/{helper.uuid}/"))
    ways = [("amounts", spent), ("budget", line), ("milestones", stoves), ("openings", helper)]
    held = browser.post(f"/what/projects/parts/budget/{line.uuid}/remove/", follow=True)
    assert "Something hangs on it" in text(held)
    for part, row in ways:
        away = f"/what/projects/parts/{part}/{row.uuid}/remove/"
        assert f'action="{away}"' in browser.get(page(part, row)).content.decode()
        browser.post(away)
    assert not any(model.objects.exists() for model in (Actual, BudgetLine, Milestone, Opening))


def test_an_amount_is_corrected_by_api(asks, kitchens, helper, alice, bob, vera):
    record, read = asks(bob), asks(vera)
    line = add_part(kitchens, "budget", name="Stoves", planned=420000, by=alice)
    lamps = add_part(kitchens, "budget", name="Lamps", planned=100, by=alice)
    spent = add_part(kitchens, "amounts", line=line, on=date(2026, 4, 9), amount=3000, by=alice)
    here = f"/amounts/{spent.uuid}"
    assert read("PATCH", here, {"amount": 5})[0] == 403
    for wrong in ({"amount": "much"}, {"line": str(helper.uuid)}, {"on": "soon"}):
        assert record("PATCH", here, wrong)[0] == 422, wrong
    changed = record("PATCH", here, {"amount": 2500, "line": str(lamps.uuid), "note": "Bill 17"})[1]
    assert changed == {
        "id": str(spent.uuid), "line": str(lamps.uuid), "on": "2026-04-09", "amount": 2500, "note": "Bill 17",
    }  # fmt: skip
    assert read("GET", f"/projects/{kitchens.uuid}/amounts")[1] == [changed]
