"""Budget moves are changed, filtered, refused and undone on pages, by programs and by files; a file approves what moves money."""

from __future__ import annotations

import re

import pytest

from barnraise.nowwhat.adaptation import lists, lists_moves
from barnraise.nowwhat.adaptation.models import Move, Revision
from barnraise.nowwhat.adaptation.services import add_move, add_revision, approve, drop
from barnraise.what.projects.models import BudgetLine
from barnraise.what.projects.services import add_part, add_project, change_part

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/adaptation/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def planned():
    return dict(BudgetLine.objects.order_by("pk").values_list("name", "planned"))


@pytest.fixture
def care(shelf, alice):
    """A draft that moves 100.00 from printing to child care."""
    row = add_revision(by=alice, about=shelf["ref"], title="Pay for child care", why="Nobody came")
    add_move(row, by=alice, taken_from=shelf["Printing"], given_to=shelf["Child care"], amount=10_000)
    return row


def test_changed_and_refused_on_its_page_until_it_is_settled(care, shelf, alice, bob, vera, logged_in):
    move, browser = Move.objects.get(), logged_in(bob)
    where = f"{PAGE}moves/{move.uuid}/change/"
    lines = {name: str(shelf[name].pk) for name in ("Printing", "Child care", "Grant")}
    given = {"taken_from": lines["Printing"], "given_to": lines["Child care"], "amount": "250.50"}
    assert logged_in(vera).post(where, given).status_code == 403
    assert 'value="100' in browser.get(where).content.decode()
    for wrong, reason in (
        ({"given_to": lines["Printing"]}, "This is the line it is taken from."),
        ({"given_to": lines["Grant"]}, "else the total would change"),
        ({"amount": "0"}, "Ensure this value is greater than or equal to 0.01."),
    ):
        page = browser.post(where, {**given, **wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    browser.post(where, given)
    move.refresh_from_db()
    assert move.amount == 25_050
    page = browser.get(care.get_absolute_url())
    assert "$250.50" in text(page)
    assert "Bob changed in Pay for child care that money moves from Printing to Child care" in text(page)
    approve(care, by=alice)
    assert "It is settled" in text(browser.post(where, given))
    assert planned() == {"Printing": 24_950, "Child care": 25_050, "Grant": 50_000}


def test_listed_filtered_and_taken_out_as_csv(care, shelf, alice, bob, logged_in):
    other = add_project(by=alice, name="Bike path")
    paint, signs = (
        add_part(other, "budget", by=alice, name=name, is_income=False, planned=900)
        for name in ("Paint", "Signs")
    )
    path = add_revision(by=alice, about=f"projects.project:{other.pk}", title="More signs", why="Lost")
    add_move(path, by=alice, taken_from=paint, given_to=signs, amount=500)
    drop(path, by=alice, note="Not now")
    add_revision(by=alice, about=shelf["ref"], title="Only words", why="Because")
    browser = logged_in(bob)
    for address, query, shown in (
        ("moves/", "", {"Pay for child care", "More signs"}),
        ("moves/", f"project={other.pk}", {"More signs"}),
        ("moves/", "state=draft", {"Pay for child care"}),
        ("revisions/", "money=1", {"Pay for child care", "More signs"}),
        ("revisions/", "money=0", {"Only words"}),
    ):
        page = browser.get(f"{PAGE}{address}?{query}").content.decode()
        names = ("Pay for child care", "More signs", "Only words")
        assert {name for name in names if f">{name}<" in page} == shown, (address, query)
    lines = browser.get(f"{PAGE}moves/?export=csv&state=draft").getvalue().decode("utf-8-sig").splitlines()
    assert lines[1] == "Pay for child care,Draft,Fresh Food Shelf,Printing,Child care,100.00"
    assert browser.get(f"{PAGE}moves/key/{care.moves.get().pk}/").url == care.get_absolute_url()


def test_changed_and_refused_by_api(care, shelf, alice, bob, asks):
    send, move = asks(bob), Move.objects.get()
    where = f"/budget-moves/{move.uuid}"
    assert send("PATCH", where, {"amount": 500})[1]["amount"] == 500
    for body, field in (
        ({"amount": 0}, "amount"),
        ({"given_to": str(shelf["Grant"].uuid)}, "given_to"),
        ({"taken_from": str(care.uuid)}, "taken_from"),
    ):
        status, problem = send("PATCH", where, body)
        assert (status, problem["errors"][0]["field"]) == (422, field), body
    approve(care, by=alice)
    assert send("PATCH", where, {"amount": 1})[0] == 422
    assert planned()["Child care"] == 500


def test_come_in_changed_by_files_and_undone(care, shelf, alice, takes, exports):
    add_part(shelf["project"], "budget", by=alice, name="Paint", is_income=False, planned=1000)
    rows = exports(f"{PAGE}moves/", lists_moves.moves)
    assert takes("budget_moves", rows)["counts"] == (0, 0), "left alone it changes nothing"
    rows[0] |= {"Amount": "120.50", "From the line": "Paint"}
    new = {**rows[0], "Id": "", "From the line": "Printing", "To the line": "Paint", "Amount": "7"}
    done = takes("budget_moves", [*rows, new])
    assert (done["counts"], done["why"]) == ((1, 1), [])

    def told():
        rows = Move.objects.order_by("pk").values_list("taken_from__name", "given_to__name", "amount")
        return list(rows)

    assert told() == [("Paint", "Child care", 12_050), ("Printing", "Paint", 700)]
    assert takes("budget_moves", [*rows, new])["counts"] == (0, 0)
    assert takes.undo(done) == 2
    assert told() == [("Printing", "Child care", 10_000)]


def test_a_total_that_would_change_is_refused_by_row_and_field(care, shelf, alice, takes):
    settled = add_revision(by=alice, about=shelf["ref"], title="Settled", why="Because")
    drop(settled, by=alice, note="No")
    goal = add_revision(by=alice, about=shelf["ref"], title="Of a goal", why="Because")
    Revision.objects.filter(pk=goal.pk).update(about="goals.goal:1")
    lines = (
        "Pay for child care,Printing,Grant,5\n"
        "Pay for child care,Printing,Printing,5\n"
        "Pay for child care,Printing,Nowhere,5\n"
        "Pay for child care,Child care,Printing,0.001\n"
        "Nothing,Printing,Child care,5\n"
        "Settled,Printing,Child care,5\n"
        "Of a goal,Printing,Child care,5\n"
        "Pay for child care,Printing,Child care,-5\n"
    )
    done = takes("budget_moves", f"revision,from,to,amount\n{lines}")
    assert done["counts"] == (0, 0)
    assert done["why"] == [
        (2, "given_to"),
        (3, "given_to"),
        (4, "given_to"),
        (5, "amount"),
        (6, "revision"),
        (7, "revision"),
        (8, "revision"),
        (9, "amount"),
    ]
    assert Move.objects.count() == 1


def test_a_file_approves_what_moves_money_and_its_undo_moves_it_back(care, shelf, alice, takes, exports):
    before = planned()
    rows = [row for row in exports(f"{PAGE}revisions/", lists.revisions) if row["State"] == "Draft"]
    rows[0] |= {"State": "Approved", "Note": "As agreed"}
    change_part("budget", BudgetLine.objects.get(name="Printing"), by=alice, planned=9_000)
    short = takes("revisions", rows)
    assert (short["counts"], short["why"]) == ((0, 0), [(2, "state")])
    assert "holds less than is taken from it" in short["refused"][0]["reason"]
    change_part("budget", BudgetLine.objects.get(name="Printing"), by=alice, planned=50_000)
    done = takes("revisions", rows)
    assert (done["counts"], done["why"]) == ((0, 1), [])
    care.refresh_from_db()
    assert (care.state, care.settled_by, care.settled_note) == ("approved", None, "As agreed")
    assert planned() == {**before, "Printing": 40_000, "Child care": 10_000}
    assert sum(planned().values()) == sum(before.values())
    assert takes.undo(done) == 1
    care.refresh_from_db()
    assert (care.state, planned()) == ("draft", before)


def test_an_approval_by_file_stays_where_a_line_was_changed_since(care, shelf, alice, takes):
    done = takes("revisions", "project,what changes,state\nFresh Food Shelf,Pay for child care,approved\n")
    assert done["counts"] == (0, 1)
    change_part("budget", BudgetLine.objects.get(name="Child care"), by=alice, planned=5)
    assert takes.undo(done) == 0, "the total would change"
    care.refresh_from_db()
    assert (care.state, planned()["Printing"]) == ("approved", 40_000)
