"""Marks are changed, filtered, refused and ended on pages, by programs and by files."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from barnraise.nowwhat.recognition import lists
from barnraise.nowwhat.recognition.models import Mark, Milestone
from barnraise.nowwhat.recognition.services import add_mark, end_mark, leave
from barnraise.sowhat.indicators.services import write_value

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/thanks/marks/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def told(mark):
    mark.refresh_from_db()
    return mark.step, mark.words, mark.ended_at is not None


def test_changed_refused_and_filtered_on_its_pages(hours, alice, bob, logged_in):
    mark = add_mark(by=alice, indicator=hours, step=Decimal(1000), words="volunteer hours")
    other = add_mark(by=alice, indicator=hours, step=Decimal(700), words="hours of help")
    browser, where = logged_in(alice), f"{mark.get_absolute_url()}change/"
    assert logged_in(bob).post(where, {"step": "500", "words": "hours"}).status_code == 403
    for wrong, reason in (
        ({"step": "0"}, "Write a number above zero."),
        ({"step": "700"}, "There is this mark already."),
        ({"words": ""}, "This field is required."),
    ):
        page = browser.post(where, {"step": "500", "words": "hours", **wrong})
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert told(mark) == (1000, "volunteer hours", False)
    before = set(Milestone.objects.filter(mark=mark).values_list("value", flat=True))
    browser.post(where, {"step": "1000", "words": "hours"})
    assert told(mark) == (1000, "hours", False)
    browser.post(where, {"step": "500", "words": "hours"})
    write_value(hours, on=timezone.localdate() - timedelta(days=1), value=Decimal(500), by=alice)
    assert told(mark) == (500, "hours", False)
    assert "Alice changed the mark hours: 500" in text(browser.get(mark.get_absolute_url()))
    assert before <= set(Milestone.objects.filter(mark=mark).values_list("value", flat=True))
    end_mark(other, by=alice)
    page = browser.post(f"{other.get_absolute_url()}change/", {"step": "5", "words": "hours"})
    assert "It has ended." in text(page)
    for query, shown in (
        ("", {"hours", "hours of help"}),
        ("ended=1", {"hours of help"}),
        ("ended=0", {"hours"}),
        (f"indicator={hours.pk}&ended=0", {"hours"}),
    ):
        page = browser.get(f"{PAGE}?{query}").content.decode()
        assert {name for name in ("hours", "hours of help") if f">{name}<" in page} == shown, query


def test_read_changed_filtered_and_refused_by_api(hours, alice, bob, asks):
    mark = add_mark(by=alice, indicator=hours, step=Decimal(1000), words="volunteer hours")
    other = add_mark(by=alice, indicator=hours, step=Decimal(700), words="hours of help")
    end_mark(other, by=alice)
    send, lead, where = asks(bob), asks(alice), f"/marks/{mark.uuid}"
    assert send("GET", where)[1]["words"] == "volunteer hours"
    assert send("PATCH", where, {"words": "hours"})[0] == 403
    assert lead("PATCH", where, {"words": "hours"})[1]["words"] == "hours"
    assert Decimal(lead("PATCH", where, {"step": "250"})[1]["step"]) == 250
    assert lead("PATCH", where, {"step": "0"})[0] == lead("PATCH", where, {"words": " "})[0] == 422
    assert lead("PATCH", f"/marks/{other.uuid}", {"words": "again"})[0] == 422
    assert told(mark) == (250, "hours", False)
    for query, ids in (
        ("?ended=true", {str(other.uuid)}),
        ("?ended=false", {str(mark.uuid)}),
        (f"?indicator={hours.uuid}", {str(mark.uuid), str(other.uuid)}),
        (f"?indicator={mark.uuid}", set()),
    ):
        assert {one["id"] for one in send("GET", f"/marks{query}")[1]["items"]} == ids, query


def test_come_in_changed_and_ended_by_files_and_undone(hours, alice, takes, exports, logged_in):
    done = takes("marks", "indicator,every,of what\nhours,1000,volunteer hours\nHours,700,hours of help\n")
    assert (done["counts"], done["why"]) == ((2, 0), [])
    mark, other = Mark.objects.order_by("pk")
    assert Milestone.objects.filter(mark=mark).get().value == 2000, "it looks back once"
    rows = {row["Of what"]: row for row in exports(PAGE, lists.marks)}
    assert takes("marks", list(rows.values()))["counts"] == (0, 0), "left alone it changes nothing"
    rows["volunteer hours"] |= {"Every": "250", "Of what": "hours"}
    rows["hours of help"] |= {"State": "Ended"}
    second = takes("marks", list(rows.values()))
    assert (second["counts"], second["why"]) == ((0, 2), [])
    assert (told(mark), told(other)) == ((250, "hours", False), (700, "hours of help", True))
    assert "hours: 250" in logged_in(alice).get("/search?q=hours").content.decode()
    assert takes.undo(second) == 2
    assert (told(mark), told(other)) == ((1000, "volunteer hours", False), (700, "hours of help", False))
    leave(Milestone.objects.filter(mark=mark).first(), by=alice)
    assert takes.undo(done) == 1
    assert list(Mark.objects.all()) == [mark], "what was told, or let go, is kept"


def test_what_the_page_would_refuse_is_refused_by_row_and_field(hours, alice, takes):
    mark = add_mark(by=alice, indicator=hours, step=Decimal(1000), words="volunteer hours")
    other = add_mark(by=alice, indicator=hours, step=Decimal(700), words="hours of help")
    end_mark(other, by=alice)
    lines = (
        "Nothing,5,things,,\n"
        "Hours,0,things,,\n"
        "Hours,5,,,\n"
        "Hours,many,things,,\n"
        f"Hours,900,other,,{other.uuid}\n"
        "Hours,6,things,Ended,\n"
        "Hours,7,things,,00000000-0000-4000-8000-000000000000\n"
        f"Hours,1000,volunteer hours,,{mark.uuid}\nHours,1000,again,,\n"
    )
    done = takes("marks", f"indicator,every,of what,state,id\n{lines}")
    assert done["counts"] == (0, 0)
    assert done["why"] == [
        (2, "indicator"),
        (3, "step"),
        (4, "words"),
        (5, "every"),
        (6, "step"),
        (7, "state"),
        (8, "uuid"),
        (10, "step"),
    ]
    assert (told(mark), told(other)) == ((1000, "volunteer hours", False), (700, "hours of help", True))
