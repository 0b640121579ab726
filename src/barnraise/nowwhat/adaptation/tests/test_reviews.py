"""The team looks back, and every lesson becomes a next step or is set aside."""

from __future__ import annotations

import re

import pytest

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation.models import Lesson, Review
from barnraise.nowwhat.adaptation.services import add_review, follow_up
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.sockets import loose_ends, threads
from barnraise.what.commitments.models import Commitment
from barnraise.who.interactions.models import NextStep
from tests.today import whole_today

from .conftest import ago

pytestmark = pytest.mark.django_db
PAGE, LESSONS = "/nowwhat/adaptation/reviews/", "/nowwhat/adaptation/lessons/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def said(**more):
    first = {"about": "Spring festival", "title": "After the festival", "held_on": ago(1).isoformat()}
    return {
        **first,
        "expected": "A hundred",
        "happened": "Sixty came",
        "difference": "It rained",
        "lessons": "",
        **more,
    }


def test_written_refused_changed_with_lessons_that_become_something(
    festival, shelf, alice, bob, vera, logged_in
):
    browser = logged_in(bob)
    begun = browser.get(f"{PAGE}add/?about={Ref.to(festival)}").content.decode()
    assert "Sixty came, half of them new." in begun, (
        "what the event says of itself stands there to begin with"
    )
    assert "Looking back at Spring festival" in begun
    for wrong, reason in (
        ({"about": "No such event"}, "Nothing is called so here."),
        ({"held_on": ago(-1).isoformat()}, "This day has not come yet."),
        ({"happened": ""}, "This field is required."),
        ({"lessons": "x" * 501}, "At most 500 characters are kept here."),
    ):
        page = browser.post(f"{PAGE}add/", said(**wrong))
        assert (page.status_code, reason in text(page)) == (422, True), wrong
    assert logged_in(vera).post(f"{PAGE}add/", said()).status_code == 403
    assert (Review.objects.count(), Lesson.objects.count()) == (0, 0)
    browser.post(f"{PAGE}add/", said(lessons="Ask the school first\n\nTwo tables are enough\nBring shade"))
    made = Review.objects.get()
    assert (made.about, made.held_on) == (str(Ref.to(festival)), ago(1))
    ask, tables, shade = Lesson.objects.order_by("pk")
    browser.post(f"{PAGE}{made.uuid}/change/", {**said(difference="It poured"), "lessons": ""})
    made.refresh_from_db()
    assert made.difference == "It poured"
    step = {"kind": "step", "text": "Ask the school for its calendar", "owner": bob.pk, "due_on": ""}
    browser.post(f"{LESSONS}{ask.uuid}/follow/", step)
    ask.refresh_from_db()
    todo = NextStep.objects.get()
    assert (todo.text, todo.owner, ask.state, ask.became) == (
        step["text"],
        bob,
        "followed",
        str(Ref.to(todo)),
    )
    promise = {"kind": "promise", "text": "Buy two tents", "owner": "", "due_on": ""}
    page = browser.post(f"{LESSONS}{shade.uuid}/follow/", promise)
    assert (page.status_code, "A promise has a day" in text(page), Commitment.objects.count()) == (
        422,
        True,
        0,
    )
    browser.post(f"{LESSONS}{shade.uuid}/follow/", {**promise, "due_on": ago(-9).isoformat()})
    kept = Commitment.objects.get()
    shade.refresh_from_db()
    assert (kept.direction, kept.kind, kept.what, shade.became) == (
        "ours",
        "action",
        "Buy two tents",
        str(Ref.to(kept)),
    )
    assert browser.post(f"{LESSONS}{tables.uuid}/set-aside/", {"note": ""}).status_code == 422
    browser.post(f"{LESSONS}{tables.uuid}/set-aside/", {"note": "The next one is outdoors"})
    tables.refresh_from_db()
    assert (tables.state, tables.settled_note) == ("set_aside", "The next one is outdoors")
    again = browser.post(f"{LESSONS}{tables.uuid}/follow/", step)
    assert "Something became of it already." in text(again)
    assert NextStep.objects.count() == 1
    page = text(browser.get(made.get_absolute_url()))
    assert "Ask the school first Has a next step Ask the school for its calendar" in page
    assert "Two tables are enough Set aside The next one is outdoors" in page
    browser.post(f"{LESSONS}{tables.uuid}/reopen/")
    tables.refresh_from_db()
    assert (tables.state, tables.settled_note) == ("open", "")
    browser.post(f"{LESSONS}{tables.uuid}/change/", {"text": "Two tables do"})
    assert Lesson.objects.get(pk=tables.pk).text == "Two tables do"
    browser.post(f"{LESSONS}{tables.uuid}/remove/")
    assert Lesson.objects.count() == 2
    assert browser.post(f"{PAGE}{made.uuid}/remove/").status_code == 403
    logged_in(alice).post(f"{PAGE}{made.uuid}/remove/")
    assert (Review.objects.count(), Lesson.objects.count(), NextStep.objects.count()) == (0, 0, 1)
    logged_in(alice).post(
        f"/journal/changes/{ChangeSet.objects.get(verb='adaptation.review_removed').pk}/undo/"
    )
    assert set(Lesson.objects.values_list("text", flat=True)) == {"Ask the school first", "Bring shade"}


def test_listed_filtered_in_trace_a_broken_thread_and_found(festival, shelf, alice, logged_in):
    browser = logged_in(alice)
    review = add_review(
        by=alice, about=str(Ref.to(festival)), title="After the festival", held_on=ago(1), happened="Sixty came",
        lessons=["Ask the school first", "Bring shade"],
    )  # fmt: skip
    ask = Lesson.objects.get(text="Ask the school first")
    count, refs = loose_ends.get("adaptation.lessons").find(10)
    assert (count, refs[0]) == (2, Ref.to(ask))
    assert "Lessons without a next step 2" in text(browser.get("/broken-threads/"))
    today = whole_today(browser)
    assert all(f'href="{LESSONS}{one.uuid}/follow/"' in today for one in review.lessons.all())
    follow_up(ask, by=alice, kind="step", text="Call the school")
    assert f'href="{LESSONS}{ask.uuid}/follow/"' not in whole_today(browser)
    assert loose_ends.get("adaptation.lessons").find(10)[0] == 1
    assert re.search("Alice .*After the festival", text(browser.get(review.get_absolute_url())))
    assert "After the festival" in text(browser.get(f"{PAGE}?held_from={ago(2).isoformat()}"))
    out = browser.get(f"{PAGE}?export=csv").getvalue().decode("utf-8-sig").splitlines()
    assert out[1] == f"After the festival,{ago(1).isoformat()},2"
    for query, shown in (("state=open", "Bring shade"), ("state=followed", "Ask the school first")):
        page = browser.get(f"{LESSONS}?{query}").content.decode()
        assert [name for name in ("Bring shade", "Ask the school first") if f">{name}<" in page] == [shown]
    out = browser.get(f"{LESSONS}?export=csv&state=open").getvalue().decode("utf-8-sig").splitlines()
    assert out[1] == "Bring shade,Without a next step,After the festival"
    todo = Ref.to(NextStep.objects.get())
    assert list(threads.get("adaptation.lesson").downstream(Ref.to(ask))) == [todo]
    assert list(threads.get("interactions.nextstep@adaptation").upstream(todo)) == [Ref.to(ask)]
    walk = browser.get(f"/trace/{Ref.to(festival)}/").content.decode()
    for ref in (Ref.to(review), Ref.to(ask), todo):
        assert f"/trace/{ref}/" in walk
    assert f"?about={Ref.to(festival)}" in browser.get(festival.get_absolute_url()).content.decode()
    assert "Alice noted the review After the festival" in text(browser.get(review.get_absolute_url()))
    assert "Bring shade" in text(browser.get("/search?q=shade"))
    assert browser.get(f"{LESSONS}key/{ask.pk}/").url == ask.get_absolute_url()
