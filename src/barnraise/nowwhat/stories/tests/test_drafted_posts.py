"""Posts are drafted from a public story, a variant for each network; of one that is not public nothing is."""

from __future__ import annotations

import re

import pytest

from barnraise.foundation.refs import Ref
from barnraise.nowwhat.stories.services import publish_story
from barnraise.what.social.models import Message
from barnraise.what.social.sockets import networks

pytestmark = pytest.mark.django_db
PAGE = "/what/posts/"


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_variants_are_drafted_from_a_story(story, ana, agrees, alice, bob, logged_in):
    agrees(ana)
    browser = logged_in(bob)
    assert story.title not in text(browser.get(f"{PAGE}draft/")), "it is not public yet"
    page = text(browser.post(f"{PAGE}draft/", {"from": str(Ref.to(story))}, follow=True))
    assert "nothing" in page
    assert not Message.objects.exists()
    publish_story(story, by=alice)
    assert story.title in text(browser.get(f"{PAGE}draft/"))
    answer = browser.post(f"{PAGE}draft/", {"from": str(Ref.to(story))})
    made = Message.objects.get()
    assert (answer.url, made.drawn_from, made.name) == (
        made.get_absolute_url(), str(Ref.to(story)), "A shelf for all",
    )  # fmt: skip
    assert made.link.endswith(story.public_path)
    rows = {row.network: row for row in made.variants.all()}
    assert set(rows) == {name for name, _network in networks.items()}
    assert {row.state for row in rows.values()} == {"draft"}
    assert all("It is never empty." in row.text for row in rows.values())
    page = text(browser.get(made.get_absolute_url()))
    assert "A shelf for all" in page
