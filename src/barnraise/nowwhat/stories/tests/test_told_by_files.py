"""Files let stories cite figures and name people, refuse what the pages would, and keep to what people agreed."""

from __future__ import annotations

import pytest

from barnraise.nowwhat.stories.models import Story, StoryFigure, StoryPerson
from barnraise.nowwhat.stories.services import make_story, publish_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def plain(alice):
    """A draft without figures and people."""
    return make_story(
        by=alice, title="Bread for all", language="en", summary="Every day.", text="We gave {1}."
    )


def test_figures_are_cited_once_refused_and_undone(plain, bags, alice, takes):
    head = "story,indicator,on,words\n"
    done = takes("story_figures", f"{head}Bread for all,bags handed out,{bags.begins_on},bags\n")
    assert (done["counts"], done["why"]) == ((1, 0), [])
    figure = StoryFigure.objects.get()
    assert (figure.story, figure.observation, figure.number, figure.words) == (plain, bags, 1, "bags")
    assert takes("story_figures", f"{head}bread FOR all,Bags handed out,,loaves\n")["counts"] == (0, 0)
    wrong = takes(
        "story_figures",
        f"{head}No story,Bags handed out,,\nBread for all,Nothing counted,,\nBread for all,Bags handed out,1999-01-01,\n",
    )
    assert (wrong["counts"], wrong["why"]) == ((0, 0), [(2, "story"), (3, "indicator"), (4, "on")])
    publish_story(plain, by=alice)
    assert takes.undo(done) == 0, "the text of a public story names it"
    Story.objects.update(text="We gave much.")
    assert StoryFigure.objects.count() == 1


def test_people_are_named_in_drafts_and_published_only_as_they_agree(plain, bags, ana, telling, agrees, alice, takes):  # fmt: skip
    head = "story,person,named as,purpose\n"
    done = takes("story_people", f"{head}Bread for all,Ana Ruiz,Ana,Stories\n")
    assert (done["counts"], done["why"]) == ((1, 0), [])
    named = StoryPerson.objects.get()
    assert (named.story, named.person, named.named_as, named.purpose) == (plain, ana, "Ana", telling)
    assert takes("story_people", f"{head}Bread for all,Ana Ruiz,,stories\n")["counts"] == (0, 0)
    takes("story_figures", "story,indicator\nBread for all,Bags handed out\n")
    refused = takes("stories", "title,language,state\nBread for all,en,published\n")
    assert (refused["counts"], refused["why"]) == ((0, 0), [(2, "state")]), "nobody asked her"
    agrees(ana)
    assert takes("stories", "title,language,state\nBread for all,English,Published\n")["counts"] == (0, 1)
    assert takes.undo(done) == 0, "it is public and tells of her"
    assert StoryPerson.objects.count() == 1


def test_whom_a_page_would_not_name_is_refused(plain, ana, telling, alice, takes):
    Story.objects.filter(pk=make_story(by=alice, title="Told", language="en", summary="s", text="t").pk)
    told = Story.objects.get(title="Told")
    publish_story(told, by=alice)
    lines = (
        "Bread for all,Nobody Known,,Stories\n"
        "Bread for all,Ana Ruiz,,Newsletter\n"
        "No story,Ana Ruiz,,Stories\n"
        "Told,Ana Ruiz,,Stories\n"
    )
    done = takes("story_people", f"story,person,named as,purpose\n{lines}")
    assert (done["counts"], done["why"]) == (
        (0, 0),
        [(2, "person"), (3, "purpose"), (4, "story"), (5, "story")],
    )
    first = takes("story_people", "story,person,purpose\nBread for all,Ana Ruiz,Stories\n")
    assert takes.undo(first) == 1
    assert not StoryPerson.objects.exists()
