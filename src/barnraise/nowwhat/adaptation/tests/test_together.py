"""Revisions, experiments and lessons by program and by file, and in the sample town."""

from __future__ import annotations

import pytest

from barnraise.config.commands import main
from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation.models import Experiment, Lesson, Move, Review, Revision
from barnraise.nowwhat.adaptation.services import change_experiment
from barnraise.what.projects.models import BudgetLine
from barnraise.who.people.tests.importing import command, write

from .conftest import ago, card

pytestmark = pytest.mark.django_db


def refused(send, path, good, wrongs):
    for wrong, field in wrongs:
        status, problem = send("POST", path, {**good, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong


def test_revisions_by_api(shelf, asks, alice, bob, vera):
    send, leads = asks(bob), asks(alice)
    good = {"about": shelf["ref"], "title": "Open on Saturdays", "why": "Nobody came"}
    assert asks(vera)("POST", "/plan-revisions", good)[0] == 403
    refused(send, "/plan-revisions", good, (
        ({"about": "projects.project:99999"}, "about"), ({"about": "people.person:1"}, "about"),
        ({"why": ""}, "why"), ({"evidence": ["needs.need:99999"]}, "evidence"), ({"title": ""}, "title"),
    ))  # fmt: skip
    assert not Revision.objects.exists()
    status, made = send("POST", "/plan-revisions", {**good, "evidence": [shelf["ref"]]})
    assert (status, made["state"], made["evidence"]) == (201, "draft", [shelf["ref"]])
    where = f"/plan-revisions/{made['id']}"
    assert send("PATCH", where, {"after": "Saturdays"})[1]["after"] == "Saturdays"
    move = {
        "taken_from": str(shelf["Printing"].uuid),
        "given_to": str(shelf["Child care"].uuid),
        "amount": 900,
    }
    refused(send, f"{where}/moves", move, (
        ({"amount": 0}, "amount"), ({"given_to": str(shelf["Grant"].uuid)}, "given_to"),
        ({"taken_from": made["id"]}, "taken_from"),
    ))  # fmt: skip
    assert not Move.objects.exists()
    status, moved = send("POST", f"{where}/moves", move)
    assert (status, moved["moves"][0]["amount"]) == (201, 900)
    assert send("POST", f"{where}/moves", {**move, "amount": 1})[0] == 201
    assert send("DELETE", f"/budget-moves/{Move.objects.latest('pk').uuid}")[0] == 204
    assert send("POST", f"{where}/approval", {})[0] == 403
    status, settled = leads("POST", f"{where}/approval", {"note": "Yes"})
    assert (status, settled["state"], settled["settled_by"]) == (200, "approved", "alice@example.org")
    assert dict(BudgetLine.objects.values_list("name", "planned")) == {
        "Printing": 49_100,
        "Child care": 900,
        "Grant": 50_000,
    }
    assert send("PATCH", where, {"title": "Else"})[0] == 422
    assert leads("DELETE", where)[0] == 422
    other = send("POST", "/plan-revisions", {**good, "title": "Another"})[1]
    assert leads("POST", f"/plan-revisions/{other['id']}/drop", {})[0] == 422
    assert leads("POST", f"/plan-revisions/{other['id']}/drop", {"note": "Later"})[1]["state"] == "dropped"
    assert [one["id"] for one in send("GET", "/plan-revisions?state=approved")[1]["items"]] == [made["id"]]
    assert send("GET", f"/plan-revisions?about={shelf['ref']}&state=nothing")[0] == 422
    assert leads("DELETE", f"/plan-revisions/{other['id']}")[0] == 204
    assert send("GET", where)[1] == settled


def test_experiments_by_api(shelf, asks, alice, bob, vera):
    send = asks(bob)
    good = {
        **card(),
        "starts_on": ago(30).isoformat(),
        "judge_on": ago(-30).isoformat(),
        "owner": "bob@example.org",
    }
    assert asks(vera)("POST", "/experiments", good)[0] == 403
    refused(send, "/experiments", good, (
        ({"hypothesis": ""}, "hypothesis"), ({"judge_on": "2001-01-01"}, "judge_on"),
        ({"owner": "eve@example.org"}, "owner"), ({"about": "events.event:99999"}, "about"),
    ))  # fmt: skip
    assert not Experiment.objects.exists()
    status, made = send("POST", "/experiments", {**good, "about": shelf["ref"]})
    assert (status, made["state"], made["owner"]) == (201, "running", "bob@example.org")
    where = f"/experiments/{made['id']}"
    changed = send("PATCH", where, {"title": "Call", "owner": None})[1]
    assert (changed["title"], changed["owner"]) == ("Call", None)
    assert send("POST", f"{where}/verdict", {"verdict": "maybe", "note": "x"})[0] == 422
    assert Experiment.objects.get().verdict == ""
    judged = send("POST", f"{where}/verdict", {"verdict": "fails", "note": "Nobody noticed"})[1]
    assert (judged["state"], judged["verdict_on"]) == ("fails", ago(0).isoformat())
    assert send("GET", "/experiments?state=fails")[1]["items"] == [judged]
    assert send("GET", "/experiments?state=running")[1]["items"] == []
    assert send("DELETE", f"{where}/verdict")[1]["state"] == "running"
    assert send("DELETE", where)[0] == 403
    assert asks(alice)("DELETE", where)[0] == 204


def test_reviews_and_lessons_by_api(festival, asks, alice, bob, vera):
    send = asks(bob)
    good = {
        "about": str(Ref.to(festival)),
        "title": "After",
        "held_on": ago(1).isoformat(),
        "happened": "Sixty came",
    }
    assert asks(vera)("POST", "/reviews", good)[0] == 403
    refused(send, "/reviews", good, (
        ({"about": "people.person:1"}, "about"), ({"held_on": ago(-1).isoformat()}, "held_on"), ({"happened": ""}, "happened"),
        ({"lessons": [""]}, "text"),
    ))  # fmt: skip
    assert (Review.objects.count(), Lesson.objects.count()) == (0, 0)
    status, made = send("POST", "/reviews", {**good, "lessons": ["Bring shade", "Ask first"]})
    assert (status, made["lessons"], made["waiting"]) == (201, 2, 2)
    where = f"/reviews/{made['id']}"
    assert send("PATCH", where, {"difference": "It rained"})[1]["difference"] == "It rained"
    assert send("POST", f"{where}/lessons", {"text": "Two tables"})[0] == 201
    first, second, third = sorted(
        send("GET", f"/lessons?review={made['id']}")[1]["items"], key=lambda one: one["text"]
    )
    assert send("POST", f"/lessons/{first['id']}/next-step", {"kind": "promise", "text": "Ask"})[0] == 422
    followed = send(
        "POST", f"/lessons/{first['id']}/next-step", {"text": "Ask the school", "owner": "bob@example.org"}
    )[1]
    assert (followed["state"], followed["became"].startswith("interactions.nextstep:")) == ("followed", True)
    aside = send("POST", f"/lessons/{second['id']}/set-aside", {"note": "No money"})[1]
    assert (aside["state"], aside["settled_note"]) == ("set_aside", "No money")
    assert [one["text"] for one in send("GET", "/lessons?state=open")[1]["items"]] == ["Two tables"]
    assert send("DELETE", f"/lessons/{second['id']}/next-step")[1]["state"] == "open"
    assert send("PATCH", f"/lessons/{third['id']}", {"text": "Three tables"})[1]["text"] == "Three tables"
    assert send("DELETE", f"/lessons/{third['id']}")[0] == 204
    found = send("GET", where)[1]
    assert (found["lessons"], found["waiting"]) == (2, 1)
    assert send("DELETE", where)[0] == 403
    assert asks(alice)("DELETE", where)[0] == 204
    assert not Lesson.objects.exists()


def test_files_come_in_once_and_say_what_they_cannot_take(shelf, festival, alice, tmp_path, capsys):
    lines = (
        "fresh food shelf,Open on Saturdays,Nobody came\n"
        "Fresh Food Shelf,open on SATURDAYS,Again\n"
        "No such plan,Open,Nobody\n"
        "Spring festival,Open,Nobody came to an event\n"
        "Fresh Food Shelf,Open,\n"
    )
    file = write(tmp_path / "revisions.csv", "project,what changes,why\n" + lines)
    done = command(capsys, "import", file, "--kind", "revisions", "--date-order", "ymd")
    assert (done["created"], sorted(one["row"] for one in done["refused"])) == (
        {"revisions": 1},
        [3, 4, 5, 6],
    )
    assert (Revision.objects.get().about, Revision.objects.get().state) == (shelf["ref"], "draft")
    again = command(capsys, "import", file, "--kind", "revisions", "--date-order", "ymd")
    assert again["created"] == {"revisions": 0}

    head = "title,hypothesis,measure,stop rule,from,judged on,tried in\n"
    lines = (
        "Text,More come,Count,Complaints,2026-01-01,2026-03-01,Fresh Food Shelf\n"
        "Soup,They stay,Minutes,Tired,2026-01-01,2026-03-01,\n"
        "Back,They stay,Minutes,Tired,2026-03-02,2026-03-01,\n"
        "Lost,They stay,Minutes,Tired,2026-01-01,2026-03-01,Nowhere\n"
    )
    file = write(tmp_path / "experiments.csv", head + lines)
    done = command(capsys, "import", file, "--kind", "experiments", "--date-order", "ymd")
    assert (done["created"], [one["row"] for one in done["refused"]]) == ({"experiments": 2}, [4, 5])
    change_experiment(Experiment.objects.get(title="Soup"), by=alice, title="Warm soup")
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 1
    assert Experiment.objects.get().title == "Warm soup"

    lines = (
        "Spring festival,2026-05-04,Bring shade,It was hot\n"
        "Spring festival,2026-05-04,Ask the school first,\n"
        "Fresh Food Shelf,2026-05-05,Open longer,\n"
        "Spring festival,2999-05-04,Too early,\n"
    )
    file = write(tmp_path / "lessons.csv", "event,held on,lesson,what happened\n" + lines)
    done = command(capsys, "import", file, "--kind", "lessons", "--date-order", "ymd")
    assert (done["created"], [one["row"] for one in done["refused"]]) == ({"lessons": 3}, [5])
    assert (Review.objects.count(), Review.objects.get(about=str(Ref.to(festival))).happened) == (
        2,
        "It was hot",
    )
    assert command(capsys, "import", file, "--kind", "lessons", "--date-order", "ymd")["created"] == {
        "lessons": 0
    }
    command(capsys, "imports", "undo", done["import"])
    assert (Lesson.objects.count(), Review.objects.count()) == (0, 0)


def test_the_town_has_learnt_and_forgets(sample_town, capsys):
    assert set(Revision.objects.values_list("state", flat=True)) == {"draft", "approved", "dropped"}
    assert Experiment.objects.filter(verdict="", judge_on__lte=ago(0)).exists(), "one to judge"
    assert set(Lesson.objects.values_list("state", flat=True)) == {"open", "followed", "set_aside"}
    assert Move.objects.exists()
    assert main(["sample", "remove", "--json"]) == 0
    assert [model.objects.count() for model in (Revision, Experiment, Review, Lesson, Move)] == [0] * 5
