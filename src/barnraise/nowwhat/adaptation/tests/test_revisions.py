"""A plan is revised on evidence, and its money moves with the total conserved."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation.models import Move, Revision
from barnraise.nowwhat.adaptation.services import add_move, add_revision, approve
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.sockets import threads
from barnraise.what.projects.models import BudgetLine
from barnraise.what.projects.services import add_part, add_project, change_part
from barnraise.why.needs.services import add_need

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/adaptation/revisions/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().replace("\xa0", " ")).split())


def planned():
    return dict(BudgetLine.objects.values_list("name", "planned"))


def said(**more):
    first = {
        "about": "fresh food shelf",
        "title": "Pay for child care",
        "why": "Parents cannot come",
        "evidence": "",
    }
    return {**first, "before": "Print 2,000 flyers", "after": "Print 500", **more}


def test_written_refused_changed_approved_with_its_money_and_taken_back(shelf, alice, bob, vera, logged_in):
    need = add_need(title="Parents lack child care", by=alice)
    browser = logged_in(bob)
    for wrong, reason in (
        ({"about": "No such project"}, "Nothing is called so here."),
        ({"why": " "}, "This field is required."),
        ({"after": "Print 2,000 flyers"}, "This is the plan as it was before."),
        ({"evidence": "No such need"}, "Nothing is called “No such need” here"),
        ({"evidence": "needs.need:99999"}, "Nothing is called “needs.need:99999” here"),
    ):
        page = browser.post(f"{PAGE}add/", said(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}add/", said()).status_code == 403
    assert not Revision.objects.exists()
    answer = browser.post(f"{PAGE}add/", said(evidence=f"Parents lack child care\n{shelf['ref']}"))
    made = Revision.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.about, made.evidence, made.state) == (
        shelf["ref"],
        [str(Ref.to(need)), shelf["ref"]],
        "draft",
    )
    where = f"{PAGE}{made.uuid}/"
    browser.post(
        f"{where}change/", said(title="Pay for child care at once", evidence="Parents lack child care")
    )
    made.refresh_from_db()
    assert (made.title, made.evidence) == ("Pay for child care at once", [str(Ref.to(need))])
    lines = {name: str(shelf[name].pk) for name in ("Printing", "Child care", "Grant")}
    for wrong, reason in (
        ({"given_to": lines["Printing"]}, "This is the line it is taken from."),
        ({"given_to": lines["Grant"]}, "else the total would change"),
        ({"amount": "0"}, "Ensure this value is greater than or equal to 0.01."),
    ):
        move = {"taken_from": lines["Printing"], "given_to": lines["Child care"], "amount": "600", **wrong}
        page = browser.post(f"{where}move/", move)
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert not Move.objects.exists()
    browser.post(
        f"{where}move/", {"taken_from": lines["Printing"], "given_to": lines["Child care"], "amount": "600"}
    )
    before = {"Printing": 50_000, "Child care": 0, "Grant": 50_000}
    assert planned() == before, "nothing moves before it is approved"
    assert browser.post(f"{where}approve/", {"note": ""}).status_code == 403
    leader = logged_in(alice)
    page = leader.post(f"{where}approve/", {"note": ""})
    assert (page.status_code, "holds less than is taken from it" in text(page)) == (422, True)
    assert planned() == before
    browser.post(f"/nowwhat/adaptation/moves/{Move.objects.get().uuid}/remove/")
    browser.post(
        f"{where}move/",
        {"taken_from": lines["Printing"], "given_to": lines["Child care"], "amount": "120.50"},
    )
    leader.post(f"{where}approve/", {"note": "As agreed in May"})
    made.refresh_from_db()
    assert (made.state, made.settled_by, made.settled_note) == ("approved", alice, "As agreed in May")
    assert planned() == {"Printing": 37_950, "Child care": 12_050, "Grant": 50_000}
    assert sum(planned().values()) == sum(before.values())
    assert "It is settled" in text(browser.post(f"{where}change/", said()))
    assert "It is settled" in text(leader.post(f"{where}remove/", follow=True))
    page = text(browser.get(where))
    assert "Print 2,000 flyers" in page
    assert "$120.50" in page
    assert "Alice approved the plan revision Pay for child care at once" in page
    undo = f"/journal/changes/{ChangeSet.objects.get(verb='adaptation.approved').pk}/undo/"
    leader.post(undo)
    made.refresh_from_db()
    assert (made.state, made.settled_on, planned()) == ("draft", None, before)


def test_an_undo_leaves_the_approval_when_a_line_was_changed_since(shelf, alice, logged_in):
    row = add_revision(by=alice, about=shelf["ref"], title="Move", why="Because")
    add_move(row, by=alice, taken_from=shelf["Printing"], given_to=shelf["Child care"], amount=100)
    done = approve(row, by=alice)
    change_part("budget", BudgetLine.objects.get(name="Child care"), by=alice, planned=500)
    logged_in(alice).post(f"/journal/changes/{done.pk}/undo/")
    row.refresh_from_db()
    assert (row.state, planned()["Printing"], planned()["Child care"]) == ("approved", 49_900, 500)


def test_all_moves_are_made_or_none(shelf, alice):
    row = add_revision(by=alice, about=shelf["ref"], title="Move", why="Because")
    paint = add_part(shelf["project"], "budget", by=alice, name="Paint", is_income=False, planned=10)
    add_move(row, by=alice, taken_from=shelf["Printing"], given_to=paint, amount=100)
    add_move(row, by=alice, taken_from=paint, given_to=shelf["Child care"], amount=500)
    before = planned()
    with pytest.raises(ValidationError, match="Paint"):
        approve(row, by=alice)
    assert (planned(), Revision.objects.get().state) == (before, "draft")
    other = add_project(by=alice, name="Bike path")
    elsewhere = add_part(other, "budget", by=alice, name="Paint", is_income=False, planned=10)
    with pytest.raises(ValidationError, match="another project"):
        add_move(row, by=alice, taken_from=shelf["Printing"], given_to=elsewhere, amount=1)


def test_dropped_removed_listed_found_and_in_trace(shelf, alice, bob, logged_in):
    need = add_need(title="Parents lack child care", by=alice)
    row = add_revision(
        by=bob, about=shelf["ref"], title="Open on Saturdays", why="Nobody came", evidence=[str(Ref.to(need))]
    )
    add_revision(by=bob, about=shelf["ref"], title="Second thought", why="Who knows")
    browser, where = logged_in(alice), f"{PAGE}{row.uuid}/"
    assert "Revisions to approve Open on Saturdays Fresh Food Shelf" in text(browser.get("/"))
    assert "Revisions to approve" not in text(logged_in(bob).get("/"))
    assert browser.post(f"{where}drop/", {"note": ""}).status_code == 422
    browser.post(f"{where}drop/", {"note": "We wait for the spring"})
    row.refresh_from_db()
    assert (row.state, row.settled_note) == ("dropped", "We wait for the spring")
    assert "Alice dropped the plan revision Open on Saturdays" in text(browser.get(where))
    for query, shown in (
        ("state=dropped", ["Open on Saturdays"]),
        ("state=draft", ["Second thought"]),
        ("state=approved", []),
    ):
        page = browser.get(f"{PAGE}?{query}").content.decode()
        assert [name for name in ("Open on Saturdays", "Second thought") if f">{name}<" in page] == shown, (
            query
        )
    out = browser.get(f"{PAGE}?export=csv&state=dropped").getvalue().decode("utf-8-sig").splitlines()
    assert out[0].startswith("What changes,State,Why,Settled on,Approved by")
    assert out[1].startswith("Open on Saturdays,Dropped,Nobody came,")
    mine, project = Ref.to(row), Ref.parse(shelf["ref"])
    assert set(threads.get("adaptation.revision").upstream(mine)) == {Ref.to(need), project}
    assert f"/trace/{mine}/" in browser.get(f"/trace/{project}/").content.decode()
    page = text(browser.get(shelf["project"].get_absolute_url()))
    assert "How the plan adapts Open on Saturdays Dropped Second thought Draft" in page
    assert "Bob proposed to revise a plan: Open on Saturdays" in text(browser.get(where))
    assert "Open on Saturdays" in text(browser.get("/search?q=nobody+came"))
    assert browser.get(f"{PAGE}key/{row.pk}/").url == row.get_absolute_url()
    browser.post(f"{where}remove/")
    assert Revision.objects.count() == 1
    browser.post(f"/journal/changes/{ChangeSet.objects.get(verb='adaptation.revision_removed').pk}/undo/")
    assert Revision.objects.get(title="Open on Saturdays").settled_note == "We wait for the spring"
