"""A second file changes stories, publishes them and takes them back, says what it may not, and its undo puts them back."""

from __future__ import annotations

import pytest
from django.utils import timezone

from barnraise.nowwhat.stories import lists
from barnraise.nowwhat.stories.models import Story
from barnraise.nowwhat.stories.selectors import live
from barnraise.nowwhat.stories.services import change_story, make_story

pytestmark = pytest.mark.django_db
PAGE = "/nowwhat/stories/"


def test_stories_change_are_published_and_taken_back(story, ana, agrees, alice, bob, takes, exports):
    change_story(story, by=alice, owner=bob)
    make_story(by=alice, title="A shelf for all", language="es", text="Dimos.")
    rows = {row["Language"]: row for row in exports(PAGE, lists.stories)}
    assert takes("stories", list(rows.values()))["counts"] == (0, 0), "an export left alone changes nothing"
    rows["en"]["State"] = "Published"
    refused = takes("stories", list(rows.values()))
    assert (refused["counts"], [column for _row, column in refused["why"]]) == ((0, 0), ["state"])
    assert "Ana was not asked" in refused["refused"][0]["reason"]
    agrees(ana)
    rows["en"]["In two sentences"] = "It is full."
    done = takes("stories", list(rows.values()))
    story.refresh_from_db()
    assert (done["counts"], story.state, story.summary, story.owner) == (
        (0, 1),
        "published",
        "It is full.",
        bob,
    )
    assert story.text == "Ana says so.\n\nWe gave {1}."
    assert list(live(timezone.localdate())) == [story]
    wrong = takes("stories", "title,language,text,state,why in words\nA shelf for all,en,We gave {7}.,,\n")
    assert wrong["why"] == [(2, "text")]
    for state, note, column in (("draft", "", "state"), ("ended", "", "note"), ("", "Why", "state")):
        again = takes("stories", f"title,language,state,why in words\nA shelf for all,en,{state},{note}\n")
        assert (again["counts"], again["why"]) == ((0, 0), [(2, column)]), state
    ended = takes("stories", "title,language,state,why in words\nA shelf for all,en,taken back,Told enough\n")
    story.refresh_from_db()
    assert (ended["counts"], story.state, story.ended_note) == ((0, 1), "ended", "Told enough")
    assert not live(timezone.localdate()).exists()
    assert takes.undo(ended) == 1
    story.refresh_from_db()
    assert (story.state, story.ended_at, story.ended_note) == ("published", None, "")
    assert takes.undo(done) == 1
    story.refresh_from_db()
    assert (story.state, story.published_at, story.summary) == ("draft", None, "It is never empty.")


def test_new_ones_may_be_public_at_once(alice, takes):
    head = "title,text,state,why in words,language\n"
    make_story(by=alice, title="Same", language="en")
    make_story(by=alice, title="Same", language="en")
    done = takes(
        "stories",
        f"{head}The bus,It comes.,published,,en\nEmpty,,published,,en\nOld,Told.,ended,Why,en\nSame,,,,\n",
    )
    assert (done["counts"], done["why"]) == ((1, 0), [(3, "text"), (4, "state"), (5, "title")])
    made = Story.objects.get(title="The bus")
    assert list(live(timezone.localdate())) == [made]
    assert takes.undo(done) == 1
    assert Story.objects.count() == 2
