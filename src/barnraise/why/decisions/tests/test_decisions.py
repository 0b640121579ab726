"""Residents and partners propose, discuss and vote with one voice each; it is told what was decided and what became of it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import undo
from barnraise.plumbing.search.selectors import find
from barnraise.plumbing.ui.sockets import loose_ends, threads
from barnraise.who.people.services import erase_person, export_person, merge_people
from barnraise.who.people.tests.importing import command, write
from barnraise.why.decisions import sample
from barnraise.why.decisions.facing import personal_address
from barnraise.why.decisions.models import Comment, Decision, Proposal, Voice, Vote
from barnraise.why.decisions.selectors import lines_of
from barnraise.why.decisions.services import (
    add_comment,
    add_decision,
    change_decision,
    open_proposals,
    open_vote,
    propose,
    settle,
    vote,
)
from barnraise.why.goals.services import add_goal

pytestmark = pytest.mark.django_db
SENT = {
    "title": "The bench",
    "method": "approval",
    "is_public": "on",
    "is_moderated": "on",
    "rules": "Be kind.",
}


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def points(row):
    named = dict(Proposal.objects.values_list("pk", "title"))
    return {named[line.proposal]: (line.points, line.voters) for line in lines_of(row)}


def test_a_question_is_prepared_opened_settled_carried_out_and_followed_up(need, alice, bob, vera, logged_in):
    browser, lead = logged_in(bob), logged_in(alice)
    assert logged_in(vera).post("/why/decisions/add/", SENT).status_code == 403
    for wrong in ({"title": ""}, {"method": "dice"}, {"code": "A b"}, {"most": "11"}):
        assert browser.post("/why/decisions/add/", {**SENT, **wrong}).status_code == 422, wrong
    assert not Decision.objects.exists()
    browser.post("/why/decisions/add/", {**SENT, "rules": "", "need": need.pk})
    row = Decision.objects.get()
    where = row.get_absolute_url()
    assert (row.code, row.need, row.stage) == ("the-bench", need, "draft")
    assert Client().get("/d/the-bench/").status_code == 404, "drafts are not shown"
    assert browser.post(f"{where}open/").status_code == 403
    assert "Write the rules first" in text(lead.post(f"{where}open/", follow=True))
    browser.post(f"{where}change/", {**SENT, "need": need.pk, "title": "Where does the bench go?"})
    lead.post(f"{where}open/")
    assert Decision.objects.get().stage == "proposing"
    assert [hit.title for hit in find("bench", actor=vera)] == ["Where does the bench go?"]
    assert where in browser.get("/why/decisions/?stage=proposing").content.decode()
    assert "Two shown proposals at least" in text(lead.post(f"{where}vote/", follow=True))
    for title in ("By the clinic", "At the bridge"):
        browser.post(f"{where}propose/", {"title": title})
    assert browser.post(f"{where}propose/", {"title": "at the BRIDGE"}).status_code == 422
    lead.post(f"{where}vote/")
    assert Decision.objects.get().stage == "voting"
    wrong = lead.post(f"{where}settle/", {"outcome": " ", "decided_on": "2999-01-01"})
    assert (wrong.status_code, Decision.objects.get().stage) == (422, "voting")
    lead.post(f"{where}settle/", {"outcome": "By the clinic.", "decided_on": "2026-03-01"})
    assert [ref.id for ref in loose_ends.get("decisions.not_carried").find(5)[1]] == [row.pk]
    goal = add_goal(name="Benches", by=alice)
    assert browser.post(f"{where}carry/", {"carried_by": "goals.goal:99999"}).status_code == 422
    browser.post(f"{where}carry/", {"carried_by": f"goals.goal:{goal.pk}"})
    browser.post(f"{where}follow-up/", {"became": "It stands.", "became_on": "2026-05-01"})
    page = text(Client().get("/d/the-bench/"))
    assert "By the clinic." in page
    assert "carried out by Benches" in page
    assert "It stands." in page
    assert threads.get("decisions.decision").upstream(Ref.to(row)) == [Ref.to(need)]
    assert threads.get("decisions.decision").downstream(Ref.to(row)) == [Ref.to(goal)]
    assert threads.get("needs.need@decisions").downstream(Ref.to(need)) == [Ref.to(row)]
    assert threads.get("goals.goal@decisions").upstream(Ref.to(goal)) == [Ref.to(row)]
    sheet = browser.get("/why/decisions/?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[1].startswith("Where does the bench go?,Decided,,By the clinic.,2026-03-01,Evening buses")
    assert "Bob told what became of Where does the bench go?" in text(browser.get(where))
    assert "Drop it instead" in text(lead.post(f"{where}remove/", follow=True))
    assert Decision.objects.count() == 1


def test_residents_propose_and_discuss_and_moderation_says_which_rule(school, bob, logged_in):
    stranger, browser = Client(), logged_in(bob)
    page = text(stranger.get("/d/the-old-school/"))
    assert "No advertising." in page
    wrong = stranger.post("/d/the-old-school/", {"act": "propose", "title": ""})
    assert (wrong.status_code, Proposal.objects.count()) == (422, 0)
    stranger.post("/d/the-old-school/", {"act": "propose", "title": "Spam", "website": "http://x"})
    assert Proposal.objects.count() == 0
    sent = stranger.post(
        "/d/the-old-school/", {"act": "propose", "title": "A <b>park</b>", "author": "Lu"}, follow=True
    )
    assert "Somebody of the team reads it before it is shown." in text(sent)
    assert "park" not in text(sent).replace("carpark", "")
    park = Proposal.objects.get()
    assert (park.state, park.by) == ("waiting", None)
    assert "1 proposal waits to be read" in text(browser.get("/"))
    assert "A &lt;b&gt;park" in browser.get("/why/decisions/proposals/?state=waiting").content.decode()
    browser.post(f"/why/decisions/proposals/{park.uuid}/show/")
    assert "A &lt;b&gt;park" in stranger.get("/d/the-old-school/").content.decode()
    stranger.post("/d/the-old-school/", {"act": "comment", "proposal": park.pk, "text": "Buy at Joe's"})
    comment = Comment.objects.get()
    assert "Joe" not in text(stranger.get("/d/the-old-school/"))
    hide = f"/why/decisions/comments/{comment.uuid}/hide/"
    assert browser.post(hide, {"reason": ""}).status_code == 422
    browser.post(hide, {"reason": "No advertising."})
    page = text(stranger.get("/d/the-old-school/"))
    assert ("Hidden by the team: No advertising." in page, "Joe" in page) == (True, False)
    assert (
        stranger.post("/d/the-old-school/", {"act": "comment", "proposal": 99999, "text": "x"}).status_code
        == 422
    )
    browser.post(f"/why/decisions/proposals/{park.uuid}/hide/", {"reason": "Twice."})
    assert "Twice." in text(stranger.get("/d/the-old-school/"))
    browser.post(f"/why/decisions/comments/{comment.uuid}/show/")
    assert Comment.objects.get().state == "shown"
    for _ in range(20):
        last = Client(REMOTE_ADDR="10.0.0.9").post("/d/the-old-school/", {"act": "propose", "title": ""})
    assert last.status_code == 422
    assert Client(REMOTE_ADDR="10.0.0.9").post("/d/the-old-school/", {}).status_code == 429


def test_one_voice_for_each_browser_and_for_each_link(school, proposals, ana, alice, bob, logged_in):
    kitchen, childcare, stop = (one.pk for one in proposals)
    first, second = Client(), Client()
    where = "/d/the-old-school/"
    assert first.post(where, {"act": "vote", f"rank_{stop}": 1}).status_code == 422, "the vote is not open"
    open_vote(school, by=alice)
    for wrong in (
        {},
        {f"rank_{stop}": "x"},
        {f"rank_{stop}": 2},
        {f"rank_{stop}": 1, f"rank_{kitchen}": 1},
        {"rank_99999": 1},
    ):
        assert first.post(where, {"act": "vote", **wrong}).status_code == 422, wrong
    assert not Voice.objects.exists()
    first.post(where, {"act": "vote", f"rank_{stop}": 1, f"rank_{kitchen}": 2})
    first.post(where, {"act": "vote", f"rank_{stop}": 2, f"rank_{kitchen}": 1, f"rank_{childcare}": 3})
    assert "You have voted." in text(first.get(where))
    assert "You have voted." not in text(second.get(where))
    second.post(where, {"act": "vote", f"rank_{stop}": 1})
    assert points(school) == {"Kitchen": (3, 1), "Childcare": (1, 1), "Stop": (5, 2)}
    link = (
        logged_in(bob)
        .post(f"{school.get_absolute_url()}personal-link/", {"who": "ana@example.org"})
        .content.decode()
    )
    path = re.search(r'value="http://testserver(/l/act/[^"]+)"', link)[1]
    opened = text(Client().get(path))
    assert ("Ana Ruiz" in opened, "The old school" in opened, Voice.objects.count()) == (True, True, 2)
    wrong = Client().post(path, {f"rank_{stop}": 3})
    assert (wrong.status_code, Voice.objects.count()) == (422, 2)
    Client().post(path, {f"rank_{kitchen}": 1})
    other = personal_address(school, Ref.to(ana)).removeprefix("http://testserver")
    assert f'name="rank_{kitchen}" value="1"' in Client().get(other).content.decode()
    Client().post(other, {f"rank_{childcare}": 1})
    assert points(school) == {"Kitchen": (3, 1), "Childcare": (4, 2), "Stop": (5, 2)}
    assert (Voice.objects.count(), Voice.objects.get(respondent=f"people.person:{ana.pk}").votes.count()) == (
        3,
        1,
    )
    assert "3 voices" not in text(Client().get(where)), "the public sees the vote when it is settled"
    change_decision(school, by=alice, closes_on=timezone.localdate() - timedelta(days=1))
    assert Client().post(path, {f"rank_{kitchen}": 1}).status_code == 410
    assert first.post(where, {"act": "vote", f"rank_{stop}": 1}).status_code == 422
    assert "closed, not settled yet:" in text(logged_in(bob).get("/"))
    school.refresh_from_db()
    settle(school, by=alice, outcome="The stop.", decided_on=date(2026, 3, 1))
    page = text(Client().get(where))
    assert "3 voices" in page
    assert "Stop 5 2 1" in page
    change_decision(school, by=alice, is_public=False)
    assert Client().get(where).status_code == 404


def test_by_link_one_proposes_while_proposals_are_collected(school, ana):
    path = personal_address(school, Ref.to(ana)).removeprefix("http://testserver")
    assert Client().post(path, {"title": ""}).status_code == 422
    assert Client().post(path, {"title": "A garden", "author": "Ana"}).status_code == 200
    assert list(Proposal.objects.values_list("title", "state", "respondent")) == [
        ("A garden", "waiting", f"people.person:{ana.pk}")
    ]


def test_voices_follow_a_merge_are_exported_and_lose_their_name(school, proposals, ana, ben, alice):
    mine = propose(school, title="Mine", author="Ana", respondent=Ref.to(ana))
    add_comment(proposals[0], text="Words of Ana", respondent=Ref.to(ana))
    Proposal.objects.filter(pk=mine.pk).update(state="shown")
    school = open_vote(school, by=alice)
    for who, choice in ((ana, proposals[0]), (ben, proposals[1])):
        vote(school, ranks={choice.pk: 1}, key=f"k{who.pk}", respondent=Ref.to(who))
    merge = merge_people(keep=ben, absorb=ana, by=alice)
    assert sorted(Voice.objects.values_list("respondent", flat=True)) == ["", f"people.person:{ben.pk}"]
    assert Proposal.objects.get(title="Mine").respondent == f"people.person:{ben.pk}"
    undo(change_set=merge, by=alice)
    assert Voice.objects.get(key=f"k{ana.pk}").respondent == f"people.person:{ana.pk}"
    told = export_person(ana, by=alice)["decisions"]
    assert (told["proposals"][0]["proposal"], told["comments"][0]["text"], told["votes"][0]["proposal"]) == (
        "Mine",
        "Words of Ana",
        "Kitchen",
    )
    erase_person(ana, by=alice)
    assert (Comment.objects.count(), Proposal.objects.filter(title="Mine").count(), Vote.objects.count()) == (
        0,
        0,
        2,
    )
    assert sorted(Voice.objects.values_list("respondent", flat=True)) == ["", f"people.person:{ben.pk}"]


def test_proposals_from_paper_come_in_once_and_are_undone(school, proposals, alice, tmp_path, capsys):
    lines = "question,proposal,author\nThe OLD school,A garden,Lu\nThe old school,kitchen,\nNo such,A garden,\nThe old school,a garden,\n"
    file = write(tmp_path / "paper.csv", lines)
    done = command(capsys, "import", file, "--kind", "proposals")
    assert done["created"] == {"proposals": 1}
    assert sorted((one["row"], one["column"]) for one in done["refused"]) == [(4, "decision"), (5, "")]
    made = Proposal.objects.get(title="A garden")
    assert (made.decision, made.state, made.author) == (school, "shown", "Lu")
    assert command(capsys, "import", file, "--kind", "proposals")["created"] == {"proposals": 0}
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 1
    assert Proposal.objects.count() == 3


def test_decisions_by_api(asks, need, alice, bob, vera):
    lead, record, reader = asks(alice), asks(bob), asks(vera)
    given = {"title": "The bench", "need": str(need.uuid), "rules": "Be kind."}
    assert reader("POST", "/decisions", given)[0] == 403
    for wrong in (
        {"title": ""},
        {"method": "dice"},
        {"need": "00000000-0000-4000-8000-000000000000"},
        {"about": "a\x00"},
    ):
        assert record("POST", "/decisions", {**given, **wrong})[0] == 422, wrong
    assert not Decision.objects.exists()
    status, row = record("POST", "/decisions", given)
    where = f"/decisions/{row['id']}"
    assert (status, row["stage"], row["need"]) == (201, "draft", str(need.uuid))
    assert record("POST", f"{where}/stage", {"stage": "proposing"})[0] == 403
    assert lead("POST", f"{where}/stage", {"stage": "voting"})[0] == 422
    assert lead("POST", f"{where}/stage", {"stage": "proposing"})[1]["stage"] == "proposing"
    made = [record("POST", f"{where}/proposals", {"title": title})[1] for title in ("Clinic", "Bridge")]
    assert record("POST", f"{where}/proposals", {"title": "clinic"})[0] == 422
    assert record("PATCH", f"/proposals/{made[0]['id']}", {"state": "hidden"})[0] == 422
    hidden = record("PATCH", f"/proposals/{made[0]['id']}", {"state": "hidden", "reason": "Twice."})[1]
    assert (hidden["state"], hidden["reason"]) == ("hidden", "Twice.")
    assert len(reader("GET", "/proposals?state=hidden")[1]["items"]) == 1
    record("PATCH", f"/proposals/{made[0]['id']}", {"state": "shown"})
    assert lead("POST", f"{where}/stage", {"stage": "voting"})[1]["stage"] == "voting"
    vote(Decision.objects.get(), ranks={Proposal.objects.get(title="Bridge").pk: 1}, key="k")
    tally = reader("GET", f"{where}/tally")[1]
    assert (tally["voices"], [(one["title"], one["points"]) for one in tally["proposals"]]) == (
        1,
        [("Bridge", 1), ("Clinic", 0)],
    )
    assert record("PATCH", where, {"method": "one"})[0] == 422, "people have voted"
    assert record("PATCH", where, {"title": "A bench", "closes_on": "2999-01-01"})[1]["title"] == "A bench"
    assert lead("POST", f"{where}/stage", {"stage": "decided", "outcome": "Bridge."})[0] == 422
    done = lead(
        "POST", f"{where}/stage", {"stage": "decided", "outcome": "Bridge.", "decided_on": "2026-03-01"}
    )[1]
    assert (done["stage"], done["outcome"], done["decided_on"]) == ("decided", "Bridge.", "2026-03-01")
    assert (
        lead(
            "POST", f"{where}/stage", {"stage": "decided", "became": "It stands.", "became_on": "2026-04-01"}
        )[1]["became"]
        == "It stands."
    )
    assert reader("GET", "/decisions?stage=decided")[1]["items"][0]["id"] == row["id"]
    assert lead("DELETE", where)[0] == 409
    other = record("POST", "/decisions", {"title": "Another"})[1]
    assert lead("POST", f"/decisions/{other['id']}/stage", {"stage": "dropped"})[0] == 422
    assert (
        lead("POST", f"/decisions/{other['id']}/stage", {"stage": "dropped", "outcome": "No money."})[1][
            "stage"
        ]
        == "dropped"
    )
    assert lead("DELETE", f"/decisions/{other['id']}")[0] == 204


def test_the_town_has_decided(ada):
    assert dict(sample.load(by=ada)) == {"decisions": 2, "proposals": 6}
    assert set(sample.load(by=ada).values()) == {0}
    settled = Decision.objects.get(stage="decided")
    assert sum(line.points for line in lines_of(settled)) == 64 * 6
    assert dict(sample.remove(by=ada)) == {"decisions": 2}
    assert (Proposal.objects.count(), Voice.objects.count(), Vote.objects.count()) == (0, 0, 0)


def test_a_question_removed_by_mistake_comes_back(alice, logged_in):
    row = add_decision(title="The bench", rules="Be kind.", by=alice)
    browser = logged_in(alice)
    browser.post(f"/why/decisions/{row.uuid}/remove/")
    assert not Decision.objects.exists()
    browser.post(f"/journal/changes/{ChangeSet.objects.get().pk}/undo/")
    back = Decision.objects.get()
    assert (back.uuid, back.code, back.rules) == (row.uuid, row.code, "Be kind.")
    assert "The bench" in browser.get("/search?q=bench").content.decode()


def test_the_last_day_reads_well_in_spanish(alice):
    row = add_decision(
        title="The bench", rules="Be kind", closes_on=date(2099, 12, 4), is_public=True, by=alice
    )
    open_proposals(row, by=alice)
    page = Client().get(f"/d/{row.code}/", headers={"accept-language": "es"}).content.decode()
    assert "hasta el 4 de diciembre de 2099" in " ".join(re.sub(r"<[^>]+>", " ", page).split())
