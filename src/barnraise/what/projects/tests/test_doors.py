"""Projects on pages, by API and from files."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from barnraise.plumbing.search.selectors import find
from barnraise.what.projects.models import Contribution, Milestone, Opening, Placement, Project
from barnraise.what.projects.services import (
    add_contribution,
    add_part,
    add_project,
    apply,
    change_contribution,
    move_placement,
    remove_contribution,
    set_state,
)
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_project_is_created_changed_filtered_refused_and_ended(objective, alice, bob, vera, logged_in):
    browser, lead = logged_in(bob), logged_in(alice)
    assert logged_in(vera).get("/what/projects/add/").status_code == 403
    assert "A project is built by several partners" in text(browser.get("/what/projects/"))
    sent = {
        "name": " River  path ",
        "kind": "infrastructure",
        "starts_on": "2026-05-01",
        "ends_on": "2026-01-01",
    }
    page = browser.post("/what/projects/add/", sent)
    assert (page.status_code, "It would end before it begins." in text(page)) == (422, True)
    assert not Project.objects.exists()
    browser.post("/what/projects/add/", {**sent, "ends_on": "2027-01-01"})
    row = Project.objects.get()
    assert (row.name, row.state, row.currency) == ("River path", "planned", "USD")
    assert "There is a project of this name already." in text(
        browser.post("/what/projects/add/", {**sent, "ends_on": "", "name": "RIVER PATH"})
    )
    assert "Projects without an objective 1" in text(browser.get("/broken-threads/"))
    browser.post(
        f"/what/projects/{row.uuid}/change/", {**sent, "ends_on": "2027-01-01", "objective": objective.pk}
    )
    page = text(browser.get(row.get_absolute_url()))
    assert "goal: Every child eats objective: Breakfast project" in page
    assert "project: River path" in text(browser.get(objective.get_absolute_url()))
    browser.post(f"/what/projects/{row.uuid}/state/", {"state": "running"})
    refused = browser.post(f"/what/projects/{row.uuid}/state/", {"state": "finished"}, follow=True)
    assert "Write the reason" in text(refused)
    assert Project.objects.get().state == "running"
    assert "1 project" in text(
        browser.get("/what/projects/?kind=infrastructure&state=running&objective=1&name=river")
    )
    assert row.get_absolute_url() not in browser.get("/what/projects/?objective=0").content.decode()
    sheet = browser.get("/what/projects/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[1].startswith("River path,Infrastructure,Running,Breakfast,0")
    assert browser.get(f"/what/projects/{row.uuid}/end/").status_code == 403
    lead.post(f"/what/projects/{row.uuid}/end/", {"state": "stopped", "reason": "The bank slid."})
    story = text(lead.get(row.get_absolute_url()))
    assert "stopped the project River path : The bank slid." in story
    assert "River path" in text(lead.get("/search?q=river path"))
    lead.post(f"/what/projects/{row.uuid}/remove/")
    assert not Project.objects.exists()


def test_its_parts_are_added_changed_refused_and_taken_away(kitchens, mill, bob, logged_in):
    browser = logged_in(bob)
    here = f"/what/projects/{kitchens.uuid}"
    assert browser.get(f"{here}/castles/add/").status_code == 404
    wrong = browser.post(f"{here}/partners/add/", {"organisation": "Nobody Inc", "role": "funds"})
    assert (wrong.status_code, kitchens.partners.count()) == (422, 0)
    browser.post(f"{here}/partners/add/", {"organisation": "mill bakery", "role": "funds"})
    browser.post(f"{here}/milestones/add/", {"name": "Stoves are in", "due_on": "2026-01-05"})
    browser.post(f"{here}/budget/add/", {"name": "Stoves", "planned": "1,000.505"})
    assert kitchens.budget_lines.count() == 0, "cents have no tenths"
    browser.post(f"{here}/budget/add/", {"name": "Stoves", "planned": "1000.50"})
    line = kitchens.budget_lines.get()
    assert line.planned == 100_050
    assert (
        'value="1000.50"' in browser.get(f"/what/projects/parts/budget/{line.uuid}/change/").content.decode()
    )
    browser.post(f"{here}/amounts/add/", {"line": line.pk, "on": "2026-02-01", "amount": "250.25"})
    page = text(browser.get(kitchens.get_absolute_url()))
    assert "Stoves $1,000.50 $250.25 $750.25" in page
    assert "Mill Bakery Funds" in page
    assert "/panels/projects/" in browser.get(mill.get_absolute_url()).content.decode()
    assert "Kitchens" in text(browser.get(f"{mill.get_absolute_url()}panels/projects/"))
    assert "Stoves are in" in text(browser.get("/")), "it is overdue on Today"
    milestone = Milestone.objects.get()
    browser.post(f"/what/projects/milestones/{milestone.uuid}/done/")
    assert Milestone.objects.get().done_on == timezone.localdate()
    partner = kitchens.partners.get()
    browser.post(
        f"/what/projects/parts/partners/{partner.uuid}/change/",
        {"organisation": "Mill Bakery", "role": "hosts"},
    )
    assert kitchens.partners.get().role == "hosts"
    browser.post(f"/what/projects/parts/partners/{partner.uuid}/remove/")
    assert not kitchens.partners.exists()


def test_contributions_and_placements_on_pages(kitchens, people, bob, logged_in):
    browser = logged_in(bob)
    here = f"/what/projects/{kitchens.uuid}"
    refused = browser.post(
        f"{here}/give/",
        {
            "person": "Ana Ruiz",
            "kind": "service",
            "on": "2026-05-04",
            "unit_value": "400",
            "technique": "wage",
        },
    )
    assert "State why this service is recognisable" in text(refused)
    assert not Contribution.objects.exists()
    browser.post(
        f"{here}/give/", {"person": "Ana Ruiz", "kind": "money", "on": "2026-05-04", "unit_value": "12.34"}
    )
    gift = Contribution.objects.get()
    assert (gift.value, gift.person) == (1234, people[0])
    assert "1 contribution" in text(
        browser.get(f"/what/projects/contributions/?kind=money&project={kitchens.pk}")
    )
    sheet = (
        browser.get("/what/projects/contributions/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    )
    assert ",Money,Ana Ruiz,Kitchens,2026-05-04,12.34," in sheet[1]
    browser.post(f"{here}/openings/add/", {"kind": "mentor", "name": "Mentor pair", "places": "2"})
    opening = Opening.objects.get()
    assert (
        browser.post(
            f"/what/projects/openings/{opening.uuid}/apply/", {"person": "Nobody", "on": "2026-05-04"}
        ).status_code
        == 422
    )
    browser.post(f"/what/projects/openings/{opening.uuid}/apply/", {"person": "Ben Oak", "on": "2026-05-04"})
    row = Placement.objects.get()
    assert "Ben Oak" in text(browser.get("/")), "nobody has answered for a week"
    browser.post(
        f"/what/projects/placements/{row.uuid}/move/",
        {"state": "matched", "on": "2026-05-05", "mentor": "Ana Ruiz"},
    )
    browser.post(f"/what/projects/placements/{row.uuid}/move/", {"state": "started", "on": "2026-05-06"})
    browser.post(f"/what/projects/placements/{row.uuid}/change/", {"hours": "12"})
    browser.post(f"/what/projects/placements/{row.uuid}/move/", {"state": "finished", "on": "2026-06-06"})
    assert "Ben Oak" in text(browser.get("/")), "the follow-up is due"
    browser.post(f"/what/projects/placements/{row.uuid}/follow-up/", {"outcome": "Found work"})
    page = text(browser.get(opening.get_absolute_url()))
    assert "mentor Ana Ruiz" in page
    assert "Found work" in page
    assert "1 placement" in text(browser.get("/what/projects/placements/?state=finished"))
    for person in people[:2]:
        assert "/panels/projects/" in browser.get(person.get_absolute_url()).content.decode(), (
            "mentor and mentee"
        )
        assert "Mentor pair" in text(browser.get(f"{person.get_absolute_url()}panels/projects/"))
    story = text(browser.get(kitchens.get_absolute_url()))
    assert "finished as Mentor pair in the project Kitchens" in story
    browser.post(f"/what/projects/contributions/{gift.uuid}/remove/")
    assert not Contribution.objects.exists()


def test_by_api(asks, objective, mill, people, alice, bob, vera):
    lead, record, read = asks(alice), asks(bob), asks(vera)
    given = {"name": "Kitchens", "kind": "infrastructure", "objective": str(objective.uuid)}
    assert read("POST", "/projects", given)[0] == 403
    for wrong in ({"kind": "castle"}, {"objective": str(mill.uuid)}, {"name": "a\x00b"}):
        assert record("POST", "/projects", {**given, **wrong})[0] == 422, wrong
    assert not Project.objects.exists()
    status, made = record("POST", "/projects", given)
    assert (status, made["state"], made["objective"]) == (201, "planned", str(objective.uuid))
    here = f"/projects/{made['id']}"
    assert record("PATCH", here, {"state": "stopped", "reason": "x"})[0] == 403
    assert record("PATCH", here, {"about": "New", "state": "finished"})[0] == 403
    assert read("GET", here)[1] == made, "nothing of a refused change is kept"
    assert record("PATCH", here, {"state": "running", "objective": None})[1]["objective"] is None
    gift = {
        "project": made["id"],
        "organisation": str(mill.uuid),
        "kind": "money",
        "on": "2026-05-04",
        "unit_value": 500,
    }
    assert record("POST", "/contributions", {**gift, "organisation": None})[0] == 422
    status, noted = record("POST", "/contributions", gift)
    assert (status, noted["value"]) == (201, 500)
    assert read("GET", f"/contributions?project={made['id']}")[1]["items"] == [noted]
    assert lead("DELETE", here)[0] == 409
    opening = add_part(Project.objects.get(), "openings", kind="trainee", name="Trainee", places=1, by=alice)
    assert read("GET", f"{here}/openings")[1][0]["name"] == "Trainee"
    status, placed = record(
        "POST", "/placements", {"opening": str(opening.uuid), "person": str(people[0].uuid)}
    )
    assert (status, placed["state"], placed["role"]) == (201, "applied", "Trainee")
    where = f"/placements/{placed['id']}"
    assert record("PATCH", where, {"state": "finished"})[0] == 422
    assert record("PATCH", where, {"state": "matched", "mentor": str(people[1].uuid)})[1]["mentor"] == str(
        people[1].uuid
    )
    assert record("DELETE", f"/contributions/{noted['id']}")[0] == 204
    assert (
        lead("PATCH", here, {"state": "stopped", "reason": "Done by others"})[1]["end_reason"]
        == "Done by others"
    )
    assert read("GET", "/projects?updated_since=2999-01-01T00:00:00Z")[1]["items"] == []


def test_projects_come_in_from_a_file_once(kitchens, objective, tmp_path, capsys):
    file = write(
        tmp_path / "projects.csv",
        "project,type,objective,from,until\n"
        "River path,Infrastructure,Breakfast,2026-01-01,2027-01-01\n"
        "KITCHENS,,,,\n"
        "Backwards,,,2027-01-01,2026-01-01\n"
        "No aim,,Nothing such,,\n",
    )
    done = command(capsys, "import", file, "--kind", "projects", "--date-order", "ymd")
    assert done["created"] == {"projects": 1}
    assert sorted((one["row"], one["column"]) for one in done["refused"]) == [
        (4, "ends_on"),
        (5, "objective"),
    ]
    row = Project.objects.get(name="River path")
    assert (row.kind, row.objective) == ("infrastructure", objective)
    again = command(capsys, "import", file, "--kind", "projects", "--date-order", "ymd")
    assert (again["created"], Project.objects.count()) == ({"projects": 0}, 2)
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 1
    assert Project.objects.get() == kitchens
    text = "project,type,description,until,how it ended,why\nKITCHENS,,Stoves for all,2030-01-01,stopped,No money\nNew one,,,,finished,\n"
    ends = command(
        capsys, "import", write(tmp_path / "ends.csv", text), "--kind", "projects", "--date-order", "ymd"
    )
    assert (ends["updated"], [(one["row"], one["column"]) for one in ends["refused"]]) == (
        {"projects": 1},
        [(3, "why")],
    )
    kitchens.refresh_from_db()
    assert (kitchens.state, kitchens.end_reason, kitchens.about) == ("stopped", "No money", "Stoves for all")
    assert (kitchens.kind, kitchens.objective) == ("infrastructure", objective), "a blank changes nothing"
    command(capsys, "imports", "undo", ends["import"])
    kitchens.refresh_from_db()
    assert (kitchens.state, kitchens.end_reason, kitchens.ended_on, kitchens.about) == (
        "planned",
        "",
        None,
        "",
    )


def test_three_clicks_from_a_number_to_what_was_given(kitchens, people, alice, vera, logged_in):
    gift = add_contribution(
        kitchens,
        person=people[0],
        kind="hours",
        hours=2,
        on=timezone.localdate() - timedelta(days=1),
        by=alice,
    )
    browser = logged_in(vera)
    walk = browser.get(f"/trace/projects.contribution:{gift.pk}/").content.decode()
    for ref in (f"projects.project:{kitchens.pk}", f"goals.objective:{kitchens.objective_id}"):
        assert f"/trace/{ref}/" in walk
    apply(
        add_part(kitchens, "openings", kind="volunteer", name="Cook", places=1, by=alice),
        person=people[1],
        by=alice,
    )
    assert browser.get(f"/trace/projects.placement:{Placement.objects.get().pk}/").status_code == 200


def test_parts_of_a_project_by_api(asks, kitchens, people, alice, bob, vera):
    record, read = asks(bob), asks(vera)
    here = f"/projects/{kitchens.uuid}"
    bodies = {
        "milestones": {"name": "Stoves are in", "due_on": "2026-04-01"},
        "budget": {"name": "Stoves", "planned": 100_050},
        "openings": {"kind": "volunteer", "name": "Cook", "places": 2, "is_public": True},
    }
    for part, wrong in (
        ("milestones", {"due_on": "soon"}),
        ("budget", {"planned": -1}),
        ("budget", {"planned": "many"}),
        ("openings", {"places": 0}),
        ("openings", {"kind": "king"}),
    ):
        assert record("POST", f"{here}/{part}", {**bodies[part], **wrong})[0] == 422, wrong
        assert read("GET", f"{here}/{part}")[1] == []
    made = {}
    for part, body in bodies.items():
        assert read("POST", f"{here}/{part}", body)[0] == 403
        status, made[part] = record("POST", f"{here}/{part}", body)
        assert status == 201
        assert read("GET", f"{here}/{part}")[1] == [made[part]]
    assert made["openings"]["url"].endswith(f"/what/projects/openings/at/{made['openings']['id']}/")
    milestone, line, opening = (made[part]["id"] for part in ("milestones", "budget", "openings"))
    assert (
        record("PATCH", f"/milestones/{milestone}", {"done_on": "2026-03-30"})[1]["done_on"] == "2026-03-30"
    )
    assert record("PATCH", f"/milestones/{milestone}", {"done_on": None})[1]["done_on"] is None
    assert record("PATCH", f"/budget-lines/{line}", {"planned": 5})[1]["planned"] == 5
    spent = {"line": line, "on": "2026-04-02", "amount": 399, "note": "Bill 17"}
    assert record("POST", f"{here}/amounts", {**spent, "line": opening})[0] == 422
    status, amount = record("POST", f"{here}/amounts", spent)
    assert (status, read("GET", f"{here}/amounts")[1]) == (201, [amount])
    assert record("DELETE", f"/budget-lines/{line}")[0] == 409
    shut = record("PATCH", f"/openings/{opening}", {"is_closed": True, "is_public": False})[1]
    assert (shut["is_closed"], shut["url"], shut["name"]) == (True, "", "Cook")
    record("PATCH", f"/openings/{opening}", {"is_closed": False})
    status, placed = record("POST", "/placements", {"opening": opening, "person": str(people[0].uuid)})
    assert record("DELETE", f"/openings/{opening}")[0] == 409
    assert record("DELETE", f"/placements/{placed['id']}")[0] == 204
    for address in (
        f"/amounts/{amount['id']}",
        f"/budget-lines/{line}",
        f"/milestones/{milestone}",
        f"/openings/{opening}",
    ):
        assert read("DELETE", address)[0] == 403
        assert record("DELETE", address)[0] == 204
    assert [read("GET", f"{here}/{part}")[1] for part in (*bodies, "amounts")] == [[], [], [], []]
    gift = {
        "project": str(kitchens.uuid),
        "person": str(people[0].uuid),
        "kind": "money",
        "on": "2026-05-04",
        "unit_value": 500,
    }
    noted = record("POST", "/contributions", gift)[1]
    assert record("PATCH", f"/contributions/{noted['id']}", {"unit_value": None})[0] == 422
    changed = record("PATCH", f"/contributions/{noted['id']}", {"unit_value": 700})[1]
    assert (changed["value"], changed["on"]) == (700, "2026-05-04")


def test_lists_for_programs_narrow_and_gifts_are_found(
    asks, kitchens, objective, helper, mill, people, alice, vera
):
    read = asks(vera)
    path = add_project(name="River path", kind="environment", by=alice)
    add_part(path, "partners", organisation=mill, role="funds", by=alice)
    set_state(path, state="running", by=alice)
    ana, ben = (apply(helper, person=one, by=alice) for one in people[:2])
    move_placement(ana, state="matched", by=alice)
    for query, names in (
        ("", ["Kitchens", "River path"]),
        ("?state=running", ["River path"]),
        ("?kind=infrastructure", ["Kitchens"]),
        (f"?objective={objective.uuid}", ["Kitchens"]),
        (f"?organisation={mill.uuid}", ["River path"]),
        (f"?organisation={mill.uuid}&state=planned", []),
    ):
        assert [one["name"] for one in read("GET", f"/projects{query}")[1]["items"]] == names, query
    for query, rows in (
        ("", [ana, ben]),
        ("?state=matched", [ana]),
        (f"?opening={helper.uuid}&state=applied", [ben]),
        (f"?project={kitchens.uuid}", [ana, ben]),
        (f"?project={path.uuid}", []),
        (f"?person={people[1].uuid}", [ben]),
    ):
        found = read("GET", f"/placements{query}")[1]["items"]
        assert [one["id"] for one in found] == [str(one.uuid) for one in rows], query
    gift = add_contribution(
        kitchens,
        organisation=mill,
        kind="money",
        unit_value=500,
        what="Ovens",
        on=timezone.localdate(),
        by=alice,
    )
    add_contribution(
        kitchens, person=people[2], kind="hours", hours=2, what="Cooking", on=timezone.localdate(), by=alice
    )
    kinds = ["projects.contribution"]
    assert [hit.ref.id for hit in find("Ovens", actor=vera, kinds=kinds)] == [gift.pk]
    change_contribution(gift, what="Stoves", by=alice)
    assert not find("Ovens", actor=vera, kinds=kinds)
    assert [hit.ref.id for hit in find("Stoves", actor=vera, kinds=kinds)] == [gift.pk]
    remove_contribution(gift, by=alice)
    assert not find("Stoves", actor=vera, kinds=kinds)
