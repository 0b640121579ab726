"""Feedback by programs, from files, through merges and erasures, and in the sample town."""

from __future__ import annotations

import pytest
from django.utils import timezone

from barnraise.config.commands import main
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import undo
from barnraise.sowhat.feedback.models import Answer, Comment, Theme
from barnraise.sowhat.feedback.services import note_comment, suggest
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import erase_person, export_person, merge_people, register_person
from barnraise.who.people.tests.importing import command, write

pytestmark = pytest.mark.django_db


def test_created_themed_answered_and_refused_by_api(asks, ana, pantry, alice, bob, vera):
    send, boss = asks(bob), asks(alice)
    given = {"text": "I love the bus", "person": str(ana.uuid)}
    assert asks(vera)("GET", "/comments")[0] == 403
    for wrong, field in (
        ({"text": ""}, "text"),
        ({"organisation": str(pantry.uuid)}, "person"),
        ({"person": str(pantry.uuid)}, "person"),
        ({"said_on": "2999-01-01"}, "said_on"),
    ):
        status, problem = send("POST", "/comments", {**given, **wrong})
        assert (status, problem["errors"][0]["field"].removeprefix("given.")) == (422, field), wrong
    assert not Comment.objects.exists()
    status, made = send("POST", "/comments", given)
    assert (status, made["tone"], made["state"], made["themes"]) == (201, "positive", "waiting", [])
    assert Comment.objects.get().said_by == str(Ref.to(ana))
    where = f"/comments/{made['id']}"
    assert send("PUT", f"{where}/themes", {"themes": ["Buses", "buses"]})[1]["themes"] == ["Buses"]
    assert [one["id"] for one in send("GET", "/comments?theme=Buses&state=waiting")[1]["items"]] == [
        made["id"]
    ]
    assert send("GET", "/comments?state=gone")[0] == 422
    assert send("POST", f"{where}/aside", {"reason": ""})[0] == 422
    assert send("POST", f"{where}/aside", {"reason": "Twice"})[1]["state"] == "aside"
    assert send("DELETE", f"{where}/aside")[1]["state"] == "waiting"
    answer = {"you_said": "Buses are late", "we_did": "Ana Flores asked the city", "comments": [made["id"]]}
    assert send("POST", "/answers-to-many", {**answer, "comments": [str(ana.uuid)]})[0] == 422
    status, told = send("POST", "/answers-to-many", answer)
    assert (status, told["comment_count"], told["is_public"]) == (201, 1, False)
    there = f"/answers-to-many/{told['id']}"
    assert send("POST", f"{there}/public")[0] == 403
    assert boss("POST", f"{there}/public")[1]["errors"][0]["field"] == "we_did"
    assert not Answer.objects.exclude(published_on=None).exists()
    assert send("PATCH", there, {"we_did": "We asked the city"})[0] == 200
    assert boss("POST", f"{there}/public")[1]["is_public"] is True
    assert boss("POST", f"{there}/withdraw", {"reason": "Wrong"})[1]["is_public"] is False
    assert send("DELETE", where)[0] == 403
    assert boss("DELETE", where)[0] == 204
    assert not Comment.objects.exists()


def test_a_file_comes_in_once_and_says_what_it_cannot_take(ana, tmp_path, capsys):
    lines = (
        "I love the bus,2025-03-01,Ana Flores,Buses\n"
        "The road is bad,2025-03-02,,Roads\n"
        "i LOVE the bus,2025-03-01,,\n"
        "From nobody,2025-03-01,Nobody Known,\n"
        "Tomorrow,2999-03-01,,\n"
        ",2025-03-01,,\n"
    )
    file = write(tmp_path / "said.csv", "comment,date,said by,theme\n" + lines)
    done = command(capsys, "import", file, "--kind", "comments", "--date-order", "ymd")
    assert done["created"] == {"comments": 2}
    assert sorted(one["row"] for one in done["refused"]) == [4, 5, 6, 7]
    bus = Comment.objects.get(text="I love the bus")
    assert (bus.said_by, [mark.theme.name for mark in bus.marks.all()]) == (str(Ref.to(ana)), ["Buses"])
    again = command(capsys, "import", file, "--kind", "comments", "--date-order", "ymd")
    assert again["created"] == {"comments": 0}
    command(capsys, "imports", "undo", done["import"])
    assert not Comment.objects.exists()


def test_words_follow_a_merge_stand_in_an_export_and_go_with_an_erasure(ana, alice, bob):
    other = register_person(PersonDocument(given_name="Anna", family_name="Flores"), by=alice)
    made = note_comment(by=bob, text="The bus is late", said_by=Ref.to(other))
    done = merge_people(keep=ana, absorb=other, by=alice)
    assert Comment.objects.get().said_by == str(Ref.to(ana))
    assert "The bus is late" in str(export_person(ana, by=alice))
    undo(change_set=done, by=alice)
    assert Comment.objects.get().said_by == str(Ref.to(other))
    kept = note_comment(by=bob, text="Hers")
    erase_person(type(other).objects.get(pk=other.pk), by=alice)
    assert list(Comment.objects.all()) == [kept]
    assert not Comment.objects.filter(pk=made.pk).exists()


def test_the_town_speaks_is_answered_and_falls_silent(sample_town, alice, bob, capsys):
    kept = note_comment(by=bob, text="Kept")
    rows = Comment.objects.filter(is_sample=True, channel="typed")
    assert rows.count() == 72
    assert set(rows.values_list("state", flat=True)) == {"waiting", "answered", "aside"}
    assert set(rows.values_list("sentiment", flat=True)) == {"positive", "neutral", "negative"}
    assert Answer.objects.filter(is_sample=True, published_on__isnull=False).count() == 2
    assert suggest(now=timezone.now()) >= 2
    assert main(["sample", "remove", "--json"]) == 0
    assert Comment.objects.get() == kept
    assert not Theme.objects.exists()
    assert not Answer.objects.exists()
