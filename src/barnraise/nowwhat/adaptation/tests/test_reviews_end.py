"""A review ends by being removed, by page, program or file; an undo brings it back with its lessons."""

from __future__ import annotations

import pytest

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.adaptation import lists
from barnraise.nowwhat.adaptation.models import Lesson, Review
from barnraise.nowwhat.adaptation.services import add_review
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import undo

from .conftest import ago

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/adaptation/reviews/"


@pytest.fixture
def review(festival, alice):
    """With two lessons."""
    return add_review(
        by=alice, about=str(Ref.to(festival)), title="After the festival", held_on=ago(1), happened="Sixty came",
        lessons=["Ask the school first", "Bring shade"],
    )  # fmt: skip


def found(browser):
    return "Bring shade" in browser.get("/search?q=shade").content.decode().partition("Nothing found")[0]


def test_by_page(review, alice, bob, logged_in):
    where = f"{PAGE}{review.uuid}/remove/"
    assert logged_in(bob).post(where).status_code == 403
    logged_in(alice).post(where)
    assert not Review.objects.exists()
    undo(change_set=ChangeSet.objects.latest("pk"), by=alice)
    assert Lesson.objects.count() == 2


def test_by_api(review, alice, bob, asks):
    assert asks(bob)("DELETE", f"/reviews/{review.uuid}")[0] == 403
    assert asks(alice)("DELETE", f"/reviews/{review.uuid}")[0] == 204
    assert not Lesson.objects.exists()
    undo(change_set=ChangeSet.objects.latest("pk"), by=alice)
    assert Lesson.objects.count() == 2


def test_by_file(review, alice, takes, exports, logged_in):
    rows = exports(PAGE, lists.reviews)
    same = takes("reviews", rows)
    assert (same["counts"], same["why"]) == ((0, 0), [])
    browser = logged_in(alice)
    assert found(browser)
    assert "Bring shade" in browser.get("/nowwhat/adaptation/lessons/").content.decode()
    done = takes("reviews", [{**row, "State": "Taken away"} for row in rows])
    assert (done["counts"], Review.objects.count(), Lesson.objects.count()) == ((0, 1), 0, 0)
    assert "Bring shade" not in browser.get("/nowwhat/adaptation/lessons/").content.decode()
    assert takes.undo(done) == 1
    assert set(Lesson.objects.values_list("text", flat=True)) == {"Ask the school first", "Bring shade"}
    assert Review.objects.get().title == "After the festival"
    assert found(browser)
    lines = f"about,title,held on,state\nSpring festival,Never noted,{ago(2).isoformat()},Taken away\n"
    assert takes("reviews", lines)["why"] == [(2, "state")]
