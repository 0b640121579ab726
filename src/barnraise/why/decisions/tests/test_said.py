"""What the team says about proposals on its pages, and who of the directory proposed something."""

from __future__ import annotations

import pytest

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.who.people.services import erase_person, merge_people
from barnraise.who.people.tests.importing import command, write
from barnraise.why.decisions.models import Comment, Proposal
from barnraise.why.decisions.services import add_comment, propose

from .test_decisions import text

pytestmark = pytest.mark.django_db


def at(comment, act):
    return f"/why/decisions/comments/{comment.uuid}/{act}/"


def test_the_team_comments_changes_and_takes_away_what_it_wrote(
    school, proposals, alice, bob, vera, logged_in
):
    kitchen = proposals[0]
    browser, here = logged_in(bob), f"/why/decisions/proposals/{kitchen.uuid}/comment/"
    assert logged_in(vera).get(here).status_code == 403
    assert 'href="' + here in browser.get(school.get_absolute_url()).content.decode()
    assert 'value="Bob"' in browser.get(here).content.decode(), (
        "who speaks is named, unless they want another name"
    )
    assert browser.post(here, {"text": "", "author": "Bob"}).status_code == 422
    assert browser.post(here, {"text": "x" * 2001}).status_code == 422
    done = browser.post(here, {"text": "Only with a lift.", "author": "Bob of the team"})
    assert (done.status_code, done.url) == (302, kitchen.get_absolute_url())
    mine = Comment.objects.get()
    assert (mine.text, mine.author, mine.state, mine.by) == (
        "Only with a lift.",
        "Bob of the team",
        "shown",
        bob,
    )
    page = text(browser.get(school.get_absolute_url()))
    assert "Only with a lift. – Bob of the team" in page
    assert "Bob commented on “ Kitchen ” in The old school : Only with a lift." in page
    assert "Only with a lift." in text(logged_in(vera).get("/d/the-old-school/"))

    assert browser.post(at(mine, "change"), {"text": " "}).status_code == 422
    browser.post(at(mine, "change"), {"text": "Only with two lifts.", "author": "Bob"})
    mine.refresh_from_db()
    assert (mine.text, mine.author) == ("Only with two lifts.", "Bob")

    theirs = add_comment(kitchen, text="A stove too.", author="Lu")
    other = logged_in(alice)
    for row in (mine, theirs):
        assert other.get(at(row, "change")).status_code == 403, "one changes what one wrote oneself"
        assert other.post(at(row, "remove")).status_code == 403
    page = browser.get(school.get_absolute_url()).content.decode()
    assert at(mine, "change") in page
    assert at(theirs, "change") not in page

    receipt = browser.post(at(mine, "remove"), follow=True)
    assert list(Comment.objects.values_list("text", flat=True)) == ["A stove too."]
    assert "The comment has been taken away." in text(receipt)
    browser.post(ChangeSet.objects.latest("pk").undo_url)
    mine.refresh_from_db()
    assert (mine.text, mine.by) == ("Only with two lifts.", bob), "an undo brings it back"


def test_programs_change_and_take_away_their_own_comments_alone(asks, proposals, alice, bob):
    record, other = asks(bob), asks(alice)
    made = record("POST", f"/proposals/{proposals[0].uuid}/comments", {"text": "Only with a lift."})[1]
    one = f"/proposal-comments/{made['id']}"
    assert other("PATCH", one, {"text": "No lift."})[0] == 403
    assert other("DELETE", one)[0] == 403
    assert other("PATCH", one, {"state": "hidden", "reason": "Off topic."})[0] == 200, (
        "moderating is another right"
    )
    assert record("PATCH", one, {})[0] == 422
    changed = record("PATCH", one, {"text": "Two lifts.", "author": "Bob", "state": "shown"})[1]
    assert (changed["text"], changed["author"], changed["state"]) == ("Two lifts.", "Bob", "shown")
    assert record("DELETE", one)[0] == 204
    assert not Comment.objects.exists()


def test_who_proposed_it_is_picked_from_the_directory(school, ana, ben, bob, vera, logged_in):
    browser, here = logged_in(bob), f"{school.get_absolute_url()}propose/"
    wrong = browser.post(here, {"title": "A garden", "author": "Lu", "person": "Nobody Known"})
    assert (wrong.status_code, Proposal.objects.count()) == (422, 0)
    browser.post(here, {"title": "A garden", "author": "Lu", "person": "ana@example.org"})
    garden = Proposal.objects.get()
    assert (garden.author, garden.respondent) == ("Lu", str(Ref.to(ana)))
    page = text(browser.get(school.get_absolute_url()))
    assert "proposed by Ana Ruiz" in page
    public = text(logged_in(vera).get("/d/the-old-school/"))
    assert ("Lu" in public, "Ana Ruiz" in public) == (True, False), "everybody reads the name that was given"

    profile = browser.get(ana.get_absolute_url()).content.decode()
    assert f"{ana.get_absolute_url()}panels/decisions/" in profile
    assert "A garden" in text(browser.get(f"{ana.get_absolute_url()}panels/decisions/"))
    assert "A garden" in text(browser.get(f"/trace/{Ref.to(ana)}/"))
    assert "Ana Ruiz" in text(browser.get(f"/trace/{Ref.to(garden)}/"))
    assert f"{ben.get_absolute_url()}panels/decisions/" not in text(browser.get(ben.get_absolute_url()))

    where = f"/why/decisions/proposals/{garden.uuid}/who/"
    assert logged_in(vera).post(where, {"person": "Ben Oak"}).status_code == 403
    assert 'value="Ana Ruiz"' in browser.get(where).content.decode()
    browser.post(where, {"person": "Ben Oak"})
    garden.refresh_from_db()
    assert garden.respondent == str(Ref.to(ben))
    page = text(browser.get("/journal/"))
    assert "Bob noted who proposed “ A garden ” to The old school" in page
    browser.post(where, {"person": ""})
    garden.refresh_from_db()
    assert garden.respondent == ""


def test_who_proposed_it_comes_and_goes_by_api(asks, school, ana, ben, bob, vera):
    record = asks(bob)
    here = f"/decisions/{school.uuid}/proposals"
    nobody = "00000000-0000-0000-0000-000000000001"
    assert record("POST", here, {"title": "A garden", "person": nobody})[0] == 422
    made = record("POST", here, {"title": "A garden", "person": str(ana.uuid)})[1]
    record("POST", here, {"title": "A pool"})
    assert made["person"] == str(ana.uuid)
    found = asks(vera)("GET", f"/proposals?person={ana.uuid}")[1]["items"]
    assert [one["title"] for one in found] == ["A garden"]
    one = f"/proposals/{made['id']}"
    assert asks(vera)("PATCH", one, {"person": str(ben.uuid)})[0] == 403
    assert record("PATCH", one, {})[0] == 422
    assert record("PATCH", one, {"person": str(ben.uuid)})[1]["person"] == str(ben.uuid)
    assert record("PATCH", one, {"state": "hidden", "reason": "Built already."})[1]["person"] == str(ben.uuid)
    assert record("PATCH", one, {"person": None})[1]["person"] is None


def test_who_proposed_it_comes_by_file_and_stands_in_the_sheet(
    school, proposals, ana, ben, bob, capsys, tmp_path, logged_in
):
    def take(rows):
        head = "question,proposal,text,proposed by,who it is in the directory"
        return command(capsys, "import", write(tmp_path / "p.csv", f"{head}\n{rows}"), "--kind", "proposals")

    done = take(
        "The old school,A garden,,Lu,ana@example.org\nThe old school,Kitchen,,,Ben Oak\nThe old school,A pool,,,Nobody Known\n"
    )
    assert [(one["row"], one["column"]) for one in done["refused"]] == [(4, "person")]
    said = dict(Proposal.objects.values_list("title", "respondent"))
    assert said == {"A garden": str(Ref.to(ana)), "Kitchen": str(Ref.to(ben)), "Childcare": "", "Stop": ""}
    sheet = logged_in(bob).get("/why/decisions/proposals/?export=csv").getvalue().decode("utf-8-sig")
    lines = {line.split(",")[0]: line for line in sheet.splitlines()}
    assert "Who it is in the directory" in lines["Proposal"]
    assert "Ana Ruiz" in lines["A garden"]
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    assert dict(Proposal.objects.values_list("title", "respondent")) == {
        "Kitchen": "",
        "Childcare": "",
        "Stop": "",
    }


def test_proposals_follow_a_merge_and_lose_their_name_with_an_erasure(school, ana, ben, alice, logged_in):
    row = propose(school, title="A garden", text="With beans.", author="Lu", by=alice, respondent=Ref.to(ana))
    merge_people(keep=ben, absorb=ana, by=alice)
    row.refresh_from_db()
    assert row.respondent == str(Ref.to(ben))
    assert "A garden" in text(logged_in(alice).get(f"{ben.get_absolute_url()}panels/decisions/"))
    erase_person(ben, by=alice)
    assert not Proposal.objects.filter(author="Lu").exists()
