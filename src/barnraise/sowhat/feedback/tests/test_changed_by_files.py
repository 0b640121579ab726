"""A second file changes and ends comments and answers that are there, says what it may not, and its undo puts them back."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.imports.models import Import
from barnraise.sowhat.feedback import lists
from barnraise.sowhat.feedback.models import Answer, Comment, Theme
from barnraise.sowhat.feedback.services import gather, note_comment, publish, write_answer

pytestmark = pytest.mark.django_db
COMMENTS, ANSWERS = "/sowhat/feedback/", "/sowhat/feedback/answers/"


def told(row):
    """What became of it."""
    row.refresh_from_db()
    themes = sorted(mark.theme.name for mark in row.marks.all())
    return row.state, row.aside_reason, row.answer.you_said if row.answer else "", themes


def test_comments_are_themed_answered_and_set_aside(ana, alice, bob, takes, exports):
    bus = note_comment(by=bob, text="- the bus is late", said_on=date(2025, 3, 1), said_by=Ref.to(ana))
    road, shop = (
        note_comment(by=bob, text=text, said_on=date(2025, 3, 1)) for text in ("The road", "A shop")
    )
    write_answer(by=alice, you_said="Buses are late", we_did="We asked the city.")
    rows = {row["What was said"]: row for row in exports(COMMENTS, lists.comments)}
    assert takes("comments", list(rows.values()))["counts"] == (0, 0), "an export left alone changes nothing"
    rows["'- the bus is late"] |= {
        "Themes": "buses; Roads",
        "State": "Answered",
        "Answered with": "buses are LATE",
    }
    rows["The road"] |= {"State": "Set aside", "Why it was set aside": "Said twice"}
    done = takes("comments", list(rows.values()))
    assert (done["counts"], done["why"]) == ((0, 2), [])
    assert told(bus) == ("answered", "", "Buses are late", ["Roads", "buses"])
    assert told(road) == ("aside", "Said twice", "", [])
    assert takes("comments", list(rows.values()))["counts"] == (0, 0)
    rows["'- the bus is late"] |= {"Themes": "Roads", "State": "Unanswered"}
    rows["The road"] |= {"Why it was set aside": "Said three times"}
    second = takes("comments", list(rows.values()))
    assert second["counts"] == (0, 2)
    assert told(bus) == ("waiting", "", "", ["Roads"])
    assert told(road) == ("aside", "Said three times", "", [])
    assert takes.undo(second) == 2
    assert told(bus) == ("answered", "", "Buses are late", ["Roads", "buses"])
    assert told(road) == ("aside", "Said twice", "", [])
    assert told(shop) == ("waiting", "", "", [])


def test_an_undo_takes_back_what_the_file_made_and_keeps_what_is_changed_since(bob, vera, takes, asks):
    head = "comment,date,theme,state,why it was set aside\n"
    done = takes("comments", f"{head}The road,2025-03-01,Roads,,\nA shop,2025-03-01,Shops,aside,Not ours\n")
    assert done["counts"] == (2, 0)
    assert told(Comment.objects.get(text="A shop")) == ("aside", "Not ours", "", ["Shops"])
    findings = f"/imports/{Import.objects.get().uuid}/findings"
    assert (asks(bob)("GET", findings)[0], asks(vera)("GET", findings)[0]) == (200, 403), "personal words"
    note_comment(by=bob, text="Another")
    second = takes("comments", f"{head}The road,2025-03-01,Paths,,\n")
    road = Comment.objects.get(text="The road")
    road.marks.all().delete()
    assert takes.undo(second) == 0, "what the comment is about was changed since"
    assert told(road) == ("waiting", "", "", [])
    assert sorted(Theme.objects.values_list("name", flat=True)) == ["Roads", "Shops"]
    takes.undo(done)
    assert Comment.objects.filter(text="A shop").count() == 0
    assert Theme.objects.filter(name="Shops").count() == 0


def test_what_one_file_brought_goes_after_what_others_said_of_it_is_taken_back(bob, takes):
    head = "comment,date,theme,state,why it was set aside\n"
    first = takes("comments", f"{head}The road,2025-03-01,Roads,,\nA shop,2025-03-01,,,\n")
    second = takes("comments", f"{head}The road,2025-03-01,Paths,,\nA shop,2025-03-01,Shops,,\n")
    third = takes("comments", f"{head}The road,2025-03-01,Paths; Roads,aside,Said twice\n")
    road, shop = Comment.objects.get(text="The road"), Comment.objects.get(text="A shop")
    assert told(road) == ("aside", "Said twice", "", ["Paths", "Roads"])
    takes.undo(third)
    assert told(road) == ("waiting", "", "", ["Paths"])
    takes.undo(second)
    assert (told(road)[3], told(shop)[3]) == (["Roads"], [])
    takes.undo(first)
    assert not Comment.objects.exists()
    assert not Theme.objects.exists()


def test_what_somebody_said_of_a_comment_in_between_keeps_it(bob, takes, asks):
    head = "comment,date,theme\n"
    first = takes("comments", f"{head}The road,2025-03-01,Roads\nA shop,2025-03-01,\n")
    road = Comment.objects.get(text="The road")
    second = takes("comments", f"{head}The road,2025-03-01,Streets\nA shop,2025-03-01,Shops\n")
    takes.undo(second)
    assert asks(bob)("PUT", f"/comments/{road.uuid}/themes", {"themes": ["Paths"]})[0] == 200
    takes.undo(first)
    assert [row.text for row in Comment.objects.all()] == ["The road"]
    assert told(road)[3] == ["Paths"]


def test_what_may_not_become_of_a_comment_is_refused_by_row_and_field(ana, answered, alice, bob, takes):
    answered("Same words", by=ana)
    answered("Same words")
    gather(now=timezone.now())
    same, day = list(Comment.objects.order_by("pk")), timezone.localdate().isoformat()
    noted = [note_comment(by=bob, text=f"Words {number}") for number in range(9)]
    write_answer(by=alice, you_said="Wishes", we_did="Heard.", comments=[noted[7]])
    head = "comment,date,said by,state,why it was set aside,answered with,id\n"
    lines = (
        f"Same words,{day},,,,,\n"
        f"Other words,{day},,,,,{noted[0].uuid}\n"
        f"Words 1,{day},Ana Flores,,,,\n"
        f"Words 2,{day},,aside,,,\n"
        f"Words 3,{day},,answered,,,\n"
        f"Words 4,{day},,answered,,Nothing,\n"
        f"Words 5,{day},,waiting,,Wishes,\n"
        f"Words 6,{day},,,A reason,,\n"
        f"Words 7,{day},,aside,A reason,,\n"
        f"Words 8,{day},,,,,{ana.uuid}\n"
        f"Same words,{day},,aside,Twice,,{same[1].uuid}\n"
    )
    done = takes("comments", head + lines)
    fields = [
        "text",
        "text",
        "said_by",
        "aside_reason",
        "answer",
        "answer",
        "state",
        "state",
        "state",
        "uuid",
    ]
    assert (done["counts"], done["why"]) == ((0, 1), list(enumerate(fields, 2)))
    assert "by its id" in done["refused"][0]["reason"]
    assert [told(row)[0] for row in noted] == ["waiting"] * 7 + ["answered", "waiting"]
    assert [told(row)[:2] for row in same] == [("waiting", ""), ("aside", "Twice")]


def test_answers_are_worded_published_and_withdrawn(ana, alice, bob, takes, exports, client):
    bus = note_comment(by=bob, text="The bus is late", said_by=Ref.to(ana))
    late = write_answer(by=alice, you_said="Buses are late", we_did="We asked.\n\nTwice.", comments=[bus])
    assert takes("answers_to_many", exports(ANSWERS, lists.answers))["counts"] == (0, 0)
    head = "You said,We did,State,Why it was withdrawn\n"
    done = takes(
        "answers_to_many",
        f"{head}buses are late,We asked.,Public,\nRoads are bad,Mended.,Public,\nShops,Soon.,,\n",
    )
    assert done["counts"] == (2, 1)
    assert b"Buses are late" in client.get("/sowhat/feedback/said/").content
    assert Answer.objects.get(you_said="Roads are bad").published_on is not None
    wrong = takes(
        "answers_to_many",
        f"{head}Buses are late,Ana Flores asked.,Public,\nRoads are bad,,Draft,\nShops,,Withdrawn,Why\n"
        "Roads ARE bad,,Withdrawn,\nNew,,,\nOld,We did.,Withdrawn,Why\n",
    )
    assert (wrong["counts"], wrong["why"]) == (
        (0, 0),
        [(2, "we_did"), (3, "state"), (4, "state"), (5, ""), (6, "we_did"), (7, "state")],
    )
    second = takes("answers_to_many", f"{head}Buses are late,We asked thrice.,Withdrawn,It was wrong\n")
    assert second["counts"] == (0, 1)
    late.refresh_from_db()
    assert (late.is_public, late.withdrawn_reason, late.we_did) == (False, "It was wrong", "We asked thrice.")
    assert b"Buses are late" not in client.get("/sowhat/feedback/said/").content
    assert takes.undo(second) == 1
    late.refresh_from_db()
    assert (late.is_public, late.we_did) == (True, "We asked.")
    publish(Answer.objects.get(you_said="Shops"), by=alice)
    takes.undo(done)
    late.refresh_from_db()
    assert late.we_did == "We asked.\n\nTwice."
    assert list(Answer.objects.order_by("pk").values_list("you_said", "published_on")) == [
        ("Buses are late", None),
        ("Shops", timezone.localdate()),
    ], "what was published since is kept"


def test_a_theme_that_a_file_gave_a_comment_of_another_file_is_taken_back(takes, exports):
    assert takes("themes", "name\nBuses\n")["counts"] == (1, 0)
    assert takes("comments", "comment,date\nThe bus is late,2025-03-01\n")["counts"] == (1, 0)
    (row,) = exports(COMMENTS, lists.comments)
    second = takes("comments", [{**row, "Themes": "Buses"}])
    assert second["counts"] == (0, 1)
    bus = Comment.objects.get()
    assert told(bus)[3] == ["Buses"]
    assert takes.undo(second) == 1
    assert told(bus)[3] == []
