"""Comments by API and from files, proposals changed and hidden by files, and a question dropped on its page."""

from __future__ import annotations

import pytest

from barnraise.who.people.tests.importing import command, taken_back_in, write
from barnraise.why.decisions.models import Comment, Decision, Proposal
from barnraise.why.decisions.services import add_comment, propose

from .test_decisions import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path, capsys):
    """`take(noun, text)`: the import of a file of that text, as the command line says it."""

    def run(noun, rows):
        file = write(tmp_path / f"{noun}.csv", rows)
        return command(capsys, "import", file, "--kind", noun)

    return run


def told(done):
    (created,), (updated,) = done["created"].values(), done["updated"].values()
    return created, updated, sorted((one["row"], one["column"]) for one in done["refused"])


def test_comments_are_noted_hidden_and_filtered_by_api(asks, school, proposals, alice, bob, vera):
    record, read = asks(bob), asks(vera)
    kitchen, care, _stop = proposals
    here = f"/proposals/{kitchen.uuid}/comments"
    assert read("POST", here, {"text": "Only with a lift."})[0] == 403
    for wrong in ({"text": ""}, {"text": "x" * 2001}, {"author": "x" * 81}):
        assert record("POST", here, {"text": "Only with a lift.", **wrong})[0] == 422, wrong
    status, made = record("POST", here, {"text": "Only with a lift.", "author": "Lu"})
    assert (status, made["state"], made["proposal"], made["decision"]) == (
        201, "shown", str(kitchen.uuid), str(school.uuid),
    )  # fmt: skip
    other = add_comment(care, text="Yes!", by=alice)
    one = f"/proposal-comments/{made['id']}"
    assert read("PATCH", one, {"state": "shown"})[0] == 403
    assert record("PATCH", one, {"state": "hidden"})[0] == 422
    assert record("PATCH", one, {"state": "gone"})[0] == 422
    hidden = record("PATCH", one, {"state": "hidden", "reason": "Advertising."})[1]
    assert (hidden["state"], hidden["reason"]) == ("hidden", "Advertising.")
    for query, ids in (
        ("", [made["id"], str(other.uuid)]),
        ("?state=hidden", [made["id"]]),
        (f"?proposal={care.uuid}", [str(other.uuid)]),
        (f"?decision={school.uuid}&state=shown", [str(other.uuid)]),
        (f"?decision={kitchen.uuid}", []),
    ):
        found = read("GET", f"/proposal-comments{query}")[1]["items"]
        assert sorted(one["id"] for one in found) == sorted(ids), query
    assert record("PATCH", one, {"state": "shown"})[1]["reason"] == ""


def test_comments_come_and_are_hidden_by_files(
    school, proposals, take, capsys, bob, vera, logged_in, tmp_path
):
    head = "question,proposal,comment,said by,state,why it is hidden\n"
    done = take(
        "proposal_comments",
        f"{head}the old school,kitchen,Only with a lift.,Lu,,\nThe old school,Kitchen,Buy my stove!,,Hidden,Advertising\n"
        "The old school,Pool,Wet.,,,\nNo question,Kitchen,x,,,\nThe old school,Stop,Bad words,,Hidden,\n"
        "The old school,Stop,Why,,,No reason\n",
    )
    assert told(done) == (2, 0, [(4, "title"), (5, "decision"), (6, "reason"), (7, "state")])
    rows = Comment.objects.order_by("pk").values_list("text", "author", "state", "reason")
    both = [("Only with a lift.", "Lu", "shown", ""), ("Buy my stove!", "", "hidden", "Advertising")]
    assert list(rows.all()) == both
    assert "Only with a lift." in text(logged_in(bob).get(school.get_absolute_url()))
    sheet = (
        logged_in(vera).get("/why/decisions/comments/?export=csv&state=hidden").getvalue().decode("utf-8-sig")
    )
    assert [line.split(",")[0] for line in sheet.splitlines()[1:]] == ["Buy my stove!"]
    again = taken_back_in(
        capsys,
        logged_in(vera),
        ["/why/decisions/comments/", "proposal=Kitchen"][0],
        tmp_path / "c.csv",
        "proposal_comments",
    )
    assert (told(again)[0], list(rows.all())) == (0, both)
    second = take(
        "proposal_comments",
        f"{head}The old school,Kitchen,Only with a lift.,Lu,Hidden,Off topic\nThe old school,Kitchen,Buy my stove!,,Shown,\n",
    )
    assert told(second) == (0, 2, [])
    assert [(said, state, why) for said, _who, state, why in rows.all()] == [
        ("Only with a lift.", "hidden", "Off topic"), ("Buy my stove!", "shown", ""),
    ]  # fmt: skip
    assert command(capsys, "imports", "undo", second["import"])["undone"] == 2
    assert list(rows.all()) == both
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    assert not Comment.objects.exists()


def test_proposals_are_changed_and_hidden_by_files(school, proposals, take, capsys, alice):
    theirs = propose(school, title="A garden", text="With beans.", author="Lu")
    head = "question,proposal,text,author,state,why it is hidden\n"
    done = take(
        "proposals",
        f"{head}The old school,Kitchen,With four stoves,Ana,,\nThe old school,A garden,With peas,,,\n"
        "The old school,Stop,,,Hidden,It is built already\nThe old school,Childcare,,,Hidden,\n",
    )
    assert told(done) == (0, 2, [(3, "text"), (5, "reason")])
    said = Proposal.objects.order_by("pk").values_list("title", "text", "author", "state", "reason")
    assert list(said.all())[:1] == [("Kitchen", "With four stoves", "Ana", "shown", "")]
    assert list(said.all())[2:] == [
        ("Stop", "", "", "hidden", "It is built already"), ("A garden", "With beans.", "Lu", "waiting", ""),
    ]  # fmt: skip
    shown = take("proposals", f"{head}The old school,A garden,,,Shown,\n")
    theirs.refresh_from_db()
    assert (told(shown), theirs.state) == ((0, 1, []), "shown")
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    assert said.all()[0] == ("Kitchen", "", "", "shown", "")
    assert said.all()[2] == ("Stop", "", "", "shown", "")


def test_a_question_is_dropped_on_its_page_with_a_reason(school, alice, bob, logged_in):
    browser, here = logged_in(alice), f"{school.get_absolute_url()}drop/"
    assert logged_in(bob).post(here, {"reason": "No money."}).status_code == 403
    assert browser.get(here).status_code == 200
    assert browser.post(here, {"reason": ""}).status_code == 422
    assert Decision.objects.get().stage == "proposing"
    browser.post(here, {"reason": "No money."})
    row = Decision.objects.get()
    assert (row.stage, row.outcome) == ("dropped", "No money.")
    page = text(browser.get(school.get_absolute_url()))
    assert "dropped the question The old school" in page
    assert "No money." in page
