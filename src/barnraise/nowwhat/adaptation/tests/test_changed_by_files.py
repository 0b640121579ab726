"""A second file changes and ends the revision, experiment or lesson that is there, or says why not; its undo puts it back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation.intake_experiments import Experiments
from barnraise.nowwhat.adaptation.models import Experiment, Lesson, Review, Revision
from barnraise.nowwhat.adaptation.services import (
    add_experiment,
    add_lesson,
    add_review,
    add_revision,
    judge,
)
from barnraise.plumbing.journal.services import open_change_set
from barnraise.who.interactions.models import NextStep
from barnraise.who.people.tests.importing import command, write

from .conftest import ago, card

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/adaptation/"


@pytest.fixture
def take(tmp_path, capsys):
    """`take(noun, text)`: created, updated, refused rows with their columns, and the import."""

    def run(noun, text):
        file = write(tmp_path / f"{noun}.csv", text)
        done = command(capsys, "import", file, "--kind", noun, "--date-order", "ymd")
        (created,), (updated,) = done["created"].values(), done["updated"].values()
        return (
            created,
            updated,
            sorted((one["row"], one["column"]) for one in done["refused"]),
            done["import"],
        )

    return run


def back(capsys, batch):
    return command(capsys, "imports", "undo", batch)["undone"]


def exported(browser, where):
    return browser.get(f"{PAGE}{where}").getvalue().decode("utf-8-sig")


def test_revisions(shelf, alice, logged_in, take, capsys):
    head = "project,what changes,why,the plan after,state,settled on,note\n"
    first = "Fresh Food Shelf,Open on Saturdays,Nobody came,,,,\nFresh Food Shelf,Move to the school,Too far,,,,\n"
    assert take("revisions", head + first)[:3] == (2, 0, [])
    add_revision(by=alice, about=shelf["ref"], title="Child care", why="Parents stay away")
    out = exported(logged_in(alice), "revisions/?export=csv&sort=title_folded")
    edited = out.replace(
        "Open on Saturdays,Draft,Nobody came", "Open on Saturdays,Approved,Nobody came on weekdays"
    ).replace("Move to the school,Draft", "Move to the school,Dropped")
    created, updated, refused, batch = take("revisions", edited)
    assert (created, updated, refused) == (0, 1, [(3, "note")])
    saturdays = Revision.objects.get(title="Open on Saturdays")
    assert (saturdays.state, saturdays.why, saturdays.settled_on) == (
        "approved",
        "Nobody came on weekdays",
        ago(0),
    )
    assert set(Revision.objects.exclude(pk=saturdays.pk).values_list("state", flat=True)) == {"draft"}
    late = f"{head}Fresh Food Shelf,open on saturdays,Another reason,,,,\nFresh Food Shelf,Open on Saturdays,,,dropped,,No\n"
    assert take("revisions", late)[2] == [(2, "why"), (3, "")]
    assert back(capsys, batch) == 1
    saturdays.refresh_from_db()
    assert (saturdays.state, saturdays.why, saturdays.settled_on, saturdays.settled_by) == (
        "draft",
        "Nobody came",
        None,
        None,
    )
    gone = f"{head}{shelf['ref']},Move to the school,,Next to the gym,dropped,{ago(3).isoformat()},No keys\n"
    assert take("revisions", gone)[:3] == (0, 1, [])
    school = Revision.objects.get(title="Move to the school")
    assert (school.state, school.settled_note, school.settled_on, school.after) == (
        "dropped",
        "No keys",
        ago(3),
        "Next to the gym",
    )
    assert take("revisions", f"{head},Nothing is known of it,Because,,,,\n")[2] == [(2, "about")]


def test_experiments(shelf, alice, logged_in, take, capsys):
    head = "title,hypothesis,measure,stop rule,from,judged on,tried in,who sees to it\n"
    days = f"{ago(30).isoformat()},{ago(1).isoformat()}"
    assert take(
        "experiments",
        f"{head}Text,More come,Count,Complaints,{days},,bob\nCall,More come,Count,Complaints,{days},,\n",
    )[2] == [(2, "who sees to it")]
    text = f"{head}Text,More come,Count,Complaints,{days},Fresh Food Shelf,alice@example.org\n"
    assert take("experiments", text)[:3] == (1, 0, [])
    assert Experiment.objects.get(title="Text").owner == alice
    out = exported(logged_in(alice), "experiments/?export=csv")
    assert "Text,To be judged," in out
    assert take("experiments", out)[:3] == (0, 0, []), "a list that comes back as it went out changes nothing"
    rows = {row.title: row for row in Experiment.objects.all()}
    ends = "id,title,state,verdict of,what came of it,measure\n"
    edited = (
        f"{ends}{rows['Text'].uuid},Text the day before,It does not hold,{ago(2).isoformat()},Nobody noticed,Heads\n"
        f"{rows['Call'].uuid},Call,It holds,,,\n"
    )
    created, updated, refused, batch = take("experiments", edited)
    assert (created, updated, refused) == (0, 1, [(3, "note")])
    row = Experiment.objects.get(pk=rows["Text"].pk)
    assert (row.title, row.verdict, row.verdict_on, row.verdict_note, row.measure) == (
        "Text the day before", "fails", ago(2), "Nobody noticed", "Heads",
    )  # fmt: skip
    assert take(
        "experiments", f"title,measure,judged on\nText the day before,Shoes,\nCall,,{ago(40).isoformat()}\n"
    )[1:3] == (
        0,
        [(2, "measure"), (3, "judge_on")],
    )
    assert take("experiments", "id,title\n00000000-0000-4000-8000-000000000000,Call\n")[2] == [(2, "id")]
    assert back(capsys, batch) == 1
    row.refresh_from_db()
    assert (row.title, row.title_folded, row.verdict, row.verdict_on, row.measure) == (
        "Text",
        "text",
        "",
        None,
        "Count",
    )
    judge(rows["Call"], by=alice, verdict="holds", note="They came")
    assert take("experiments", f"{ends}{rows['Call'].uuid},Call,Nobody can tell,,Hm,\n")[2] == [
        (2, "verdict")
    ]
    assert Experiment.objects.get(title="Call").verdict == "holds"


def test_lessons(festival, alice, logged_in, take, capsys):
    head = "event,held on,lesson,state,next step,until,who sees to it,why it was set aside\n"
    day = ago(2).isoformat()
    first = "".join(
        f"Spring festival,{day},{said},,,,,\n"
        for said in ("Bring shade", "Ask the school first", "Two tables")
    )
    assert take("lessons", head + first)[:3] == (3, 0, [])
    out = exported(logged_in(alice), "lessons/?export=csv")
    assert take("lessons", out)[:3] == (0, 0, [])
    rows = {row.text: row for row in Lesson.objects.all()}
    edited = (
        f"Spring festival,{day},Bring shade,,Buy two tents,{ago(-9).isoformat()},alice@example.org,\n"
        f"Spring festival,{day},Ask the school first,set aside,,,,It closes\n"
        f"Spring festival,{day},Two tables,set aside,,,,\n"
    )
    created, updated, refused, batch = take("lessons", head + edited)
    assert (created, updated, refused) == (0, 2, [(4, "note")])
    step = NextStep.objects.get()
    assert (step.text, step.due_on, step.owner) == ("Buy two tents", ago(-9), alice)
    states = Lesson.objects.order_by("text").values_list("text", "state", "became", "settled_note")
    assert list(states.all()) == [
        ("Ask the school first", "set_aside", "", "It closes"),
        ("Bring shade", "followed", str(Ref.to(step)), ""),
        ("Two tables", "open", "", ""),
    ]
    wrong = (
        f"Spring festival,{day},Ask the school first,,Call it,,,\n"
        f"Spring festival,{day},Two tables,Has a next step,,,,\n"
        f"Spring festival,2999-01-01,Too early,,,,,\n"
        f"Nowhere,{day},Two tables,,,,,\n"
    )
    assert take("lessons", head + wrong)[1:3] == (
        0, [(2, "step"), (3, "step"), (4, "held_on"), (5, "about")],
    )  # fmt: skip
    assert back(capsys, batch) == 2
    assert list(states.all()) == [(text, "open", "", "") for text in sorted(rows)]
    assert not NextStep.objects.exists()
    assert take("lessons", f"id,lesson\n{rows['Two tables'].uuid},Three tables\n")[:3] == (0, 1, [])
    assert Lesson.objects.get(pk=rows["Two tables"].pk).text_folded == "three tables"
    add_lesson(Review.objects.get(), by=alice, text="Said since")
    other = add_review(
        by=alice,
        about=str(Ref.to(festival)),
        title="Again",
        held_on=ago(1),
        happened="-",
        lessons=["Bring shade"],
    )
    assert take("lessons", f"{head},,Bring shade,set aside,,,,No\n")[2] == [(2, "text")], "which of the two?"
    assert take("lessons", f"{head},{ago(1).isoformat()},Bring shade,set aside,,,,No\n")[:3] == (0, 1, [])
    assert other.lessons.get().state == "set_aside"


def test_an_undo_keeps_a_review_that_has_further_lessons(festival, alice, take, capsys):
    batch = take("lessons", f"event,held on,lesson\nSpring festival,{ago(2).isoformat()},Bring shade\n")[3]
    add_lesson(Review.objects.get(), by=alice, text="Said since")
    assert back(capsys, batch) == 1
    assert list(Lesson.objects.values_list("text", flat=True)) == ["Said since"]


def test_of_two_experiments_of_a_title_in_one_thing_none_is_changed_without_its_id(shelf, alice, take):
    one, other = (add_experiment(by=alice, about=shelf["ref"], **card()) for _one in range(2))
    line = f"title,measure,tried in\nText the day before,Heads,{shelf['ref']}\n"
    assert take("experiments", line)[:3] == (0, 0, [(2, "title")])
    assert set(Experiment.objects.values_list("measure", flat=True)) == {one.measure}
    told = f"id,title,measure,tried in\n{one.uuid},Text the day before,Heads,{shelf['ref']}\n"
    assert take("experiments", told)[:3] == (0, 1, [])
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.measure, other.measure) == ("Heads", card()["measure"])


def test_whoever_sees_to_experiments_is_asked_for_once_however_many_there_are(shelf, alice):
    build, noun = Experiments().builder(), Experiments()
    given = {**card(), "about": shelf["ref"], "owner": "alice@example.org"}
    documents = [build({**given, "title": f"Trial {number}"}) for number in range(3)]

    def asked(act):
        with CaptureQueriesContext(connection) as found:
            act()
        return len([one for one in found if one["sql"].startswith('SELECT') and 'FROM "accounts_account"' in one["sql"]])  # fmt: skip

    assert asked(lambda: noun.find(documents)) == 0
    change_set = open_change_set(by=alice, verb="imports.imported")
    assert asked(lambda: noun.write(documents, (), by=alice, origin=None, change_set=change_set)) == 1
    assert set(Experiment.objects.values_list("owner", flat=True)) == {alice.pk}
