"""Posts of stories that may be told no more: found with as many questions for many stories as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.stories.services import end_story, make_story, publish_story
from barnraise.what.social.models import Variant
from barnraise.what.social.selectors import hindrance_of, to_take_down
from barnraise.what.social.services import approve, draft_from, post_by_hand

pytestmark = pytest.mark.django_db


def _posted(number, *, by):
    story = make_story(by=by, title=f"Story {number}", language="en", text="It was told.")
    publish_story(story, by=by)
    message = draft_from(Ref.to(story), by=by, language="en")
    post = Variant.objects.get(message=message, network="x")
    post_by_hand(approve(post, by=by), by=by, address=f"https://x.example/{number}")
    return story, message


def _found():
    with CaptureQueriesContext(connection) as seen:
        rows = to_take_down(timezone.localdate(), most=50)
    return [row.message.name for row in rows], len(seen)


def test_posts_of_stories_that_may_be_told_no_more_cost_the_same_for_many_and_for_one(alice):
    told = [_posted(number, by=alice) for number in range(4)]
    assert _found()[0] == []
    assert hindrance_of(told[0][1]) == ""
    end_story(told[0][0], by=alice, note="They asked us to stop.")
    assert "not public" in hindrance_of(told[0][1])
    names, questions = _found()
    assert names == ["Story 0"]
    for story, _message in told[1:3]:
        end_story(story, by=alice, note="They asked us to stop.")
    assert sorted(_found()[0]) == ["Story 0", "Story 1", "Story 2"]
    assert _found()[1] == questions


def test_an_old_post_of_a_story_that_ended_is_not_missed_behind_many_newer_ones(alice, logged_in):
    story, _message = _posted(0, by=alice)
    post = Variant.objects.get(network="x")
    newer = [
        Variant(
            message=post.message, network=f"n{at}", text="It was told.", state=post.state, address=f"https://x.example/n{at}",
            posted_at=post.posted_at + timedelta(minutes=at + 1), created_at=post.created_at, updated_at=post.updated_at,
        )
        for at in range(250)
    ]  # fmt: skip
    told, other = _posted(1, by=alice)
    for row in newer:
        row.message = other
    Variant.objects.bulk_create(newer)
    assert _found()[0] == []
    end_story(story, by=alice, note="They asked us to stop.")
    assert _found()[0] == ["Story 0"]
    assert ">Story 0</a>" in logged_in(alice).get("/").content.decode()
    end_story(told, by=alice, note="They too.")
    assert _found()[0] == ["Story 1"] * 50, "the latest first"
