"""Reviews come in by files, are changed and refused by row and field, and undone; programs filter them by what they look back at."""

from __future__ import annotations

import pytest

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation import lists
from barnraise.nowwhat.adaptation.models import Review
from barnraise.nowwhat.adaptation.services import add_lesson, add_review

from .conftest import ago

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/adaptation/reviews/"


def test_come_in_changed_and_undone(festival, shelf, alice, takes, exports):
    head = "event,title,held on,what happened,what was expected,why it differed\n"
    day = ago(2).isoformat()
    done = takes("reviews", f"{head}Spring festival,The festival,{day},Sixty came,Forty,Good weather\n")
    assert (done["counts"], done["why"]) == ((1, 0), [])
    row = Review.objects.get()
    assert (row.about, row.held_on, row.expected) == (str(Ref.to(festival)), ago(2), "Forty")
    rows = exports(PAGE, lists.reviews)
    assert takes("reviews", rows)["counts"] == (0, 0), "left alone it changes nothing"
    rows[0] |= {"Title": "Looking back", "What was expected": "Fifty", "Why it differed": "Sun"}
    second = takes("reviews", rows)
    assert (second["counts"], second["why"]) == ((0, 1), [])
    row.refresh_from_db()
    assert (row.title, row.happened, row.expected, row.difference) == ("Looking back", "Sixty came", "Fifty", "Sun")  # fmt: skip
    takes.undo(second)
    row.refresh_from_db()
    assert (row.title, row.expected, row.difference) == ("The festival", "Forty", "Good weather")
    add_lesson(row, by=alice, text="Two tables are enough")
    assert takes.undo(done) == 0, "it has a lesson by now"


def test_refused_by_row_and_field(festival, takes):
    lines = (
        f"Spring festival,One,{ago(-3)},Sixty came\n"
        "Spring festival,Two,,Sixty came\n"
        f"Spring festival,Three,{ago(2)},\n"
        f"Nothing known,Four,{ago(2)},Sixty came\n"
        f",Five,{ago(2)},Sixty came\n"
    )
    done = takes("reviews", f"event,title,held on,what happened\n{lines}")
    assert done["counts"] == (0, 0)
    assert done["why"] == [(2, "held_on"), (3, "held_on"), (4, "happened"), (5, "about"), (6, "about")]


def test_filtered_by_what_they_look_back_at(festival, shelf, bob, asks):
    for about, title in ((str(Ref.to(festival)), "The festival"), (shelf["ref"], "The shelf")):
        add_review(by=bob, about=about, title=title, held_on=ago(1), happened="Much")
    send = asks(bob)
    for query, titles in (
        ("", ["The festival", "The shelf"]),
        (f"?about={Ref.to(festival)}", ["The festival"]),
        (f"?about={shelf['ref']}", ["The shelf"]),
        ("?about=events.event:999999", []),
    ):
        items = send("GET", f"/reviews{query}")[1]["items"]
        assert sorted(one["title"] for one in items) == titles, query
