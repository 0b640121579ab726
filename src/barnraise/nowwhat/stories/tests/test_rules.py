"""What holds of stories whatever door is used: consents, small numbers, mails, files, merge and its undo, erasure, the sample town."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from barnraise.config.commands import main
from barnraise.nowwhat.stories import facing, selectors
from barnraise.nowwhat.stories.block import STORY
from barnraise.nowwhat.stories.models import Story, StoryPerson
from barnraise.nowwhat.stories.services import (
    change_story,
    cite,
    let_consents_tell,
    name_person,
    publish_story,
    uncite,
    unname_person,
)
from barnraise.nowwhat.stories.telling import filled, paragraphs, unknown, without
from barnraise.plumbing.files.models import File
from barnraise.plumbing.jobs.sockets import chores
from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.journal.services import undo
from barnraise.sowhat.indicators.services import compute
from barnraise.sowhat.indicators.spans import span_of
from barnraise.who.consent.services import end_purpose
from barnraise.who.people.documents import PersonDocument
from barnraise.who.people.services import erase_person, export_person, merge_people, register_person
from barnraise.who.people.tests.importing import command, write
from barnraise.why.goals.services import add_indicator

pytestmark = pytest.mark.django_db


def is_public(story, days=0):
    return selectors.live(timezone.localdate() + timedelta(days=days)).filter(pk=story.pk).exists()


def test_the_text_and_its_figures():
    told = "Ana says so.\r\n\r\nWe gave {1} to {2}.\n\n\n"
    assert paragraphs(told) == [["Ana says so."], ["We gave ", 1, " to ", 2, "."]]
    assert unknown([told, "{7}"], {1}) == [2, 7]
    assert filled(told, {1: "340 bags"}).endswith("We gave 340 bags to ….\n\n\n")
    assert without("Ana and ANA RUIZ, not Anabel", ["Ana", "Ana Ruiz"]) == "[…] and […], not Anabel"


def test_a_consent_that_ends_takes_the_story_along_and_it_does_not_come_back_by_itself(
    story, ana, telling, agrees, alice
):
    agrees(ana, days=5)
    publish_story(story, by=alice)
    assert [is_public(story, days) for days in (0, 5, 6)] == [True, True, False]
    agrees(ana, is_given=False)
    assert not is_public(story)
    assert Story.objects.get().state == "published", "read at once, written down by the chore"
    chores.get("stories.consents").run(now=timezone.now())
    row = Story.objects.get()
    assert (row.state, row.ended_why) == ("ended", "consent")
    assert Entry.objects.filter(verb="stories.lapsed").count() == 1
    agrees(ana)
    assert not is_public(story)
    publish_story(story, by=alice)
    assert is_public(story)
    end_purpose(telling, by=alice)
    assert not is_public(story)
    assert let_consents_tell(now=timezone.now()) == 1
    assert let_consents_tell(now=timezone.now()) == 0


def test_one_of_two_who_does_not_agree_is_enough(story, ana, telling, agrees, alice):
    ben = register_person(PersonDocument(given_name="Ben", family_name="Oak"), by=alice)
    agrees(ana)
    publish_story(story, by=alice)
    named = name_person(story, by=alice, person=ben, purpose=telling)
    assert not is_public(story)
    unname_person(named, by=alice)
    assert Story.objects.get().state == "ended", "taking the name out does not make it public again"
    with pytest.raises(ValidationError, match="in this story already"):
        name_person(story, by=alice, person=ana, purpose=telling)
    assert StoryPerson.objects.get().person == ana
    StoryPerson.objects.update(purpose=None)
    with pytest.raises(ValidationError, match="was not asked"):
        publish_story(story, by=alice)


def test_a_public_story_stays_fit_to_be_so(story, ana, agrees, alice):
    agrees(ana)
    publish_story(story, by=alice)
    with pytest.raises(ValidationError, match="public already"):
        publish_story(story, by=alice)
    with pytest.raises(ValidationError, match=r"still cites \{1\}"):
        uncite(story.figures.get(), by=alice)
    with pytest.raises(ValidationError, match=r"cites figure \{4\}"):
        change_story(story, by=alice, text="Now {4}.")
    with pytest.raises(ValidationError, match="empty"):
        change_story(story, by=alice, text="")
    row = Story.objects.get()
    assert (row.text, row.figures.count()) == (story.text, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.update(published_at=None)


def test_small_counts_of_people_are_not_told_to_everybody(story, ana, agrees, bags, alice):
    few = add_indicator(
        name="People who agreed",
        objective=bags.indicator.objective,
        unit="people",
        rule="distinct",
        frequency="quarter",
        source="consent.given",
        by=alice,
    )
    agrees(ana)
    seen = compute(few, span_of("quarter", timezone.localdate()), by=alice)
    assert seen.value == 1
    cite(story, by=alice, observation=seen)
    change_story(story, by=alice, text="For {2}.")
    publish_story(story, by=alice)
    page = Client().get(story.public_path).content.decode()
    assert "fewer than" in page
    assert facing.words_of(selectors.figures_of(story)[1]).startswith("fewer than")


def test_in_a_mail_for_as_long_as_it_is_public(story, photo, ana, agrees, alice):
    given = {"story": str(story.uuid)}
    agrees(ana)
    assert STORY.faults(given) != []
    publish_story(story, by=alice)
    assert STORY.faults(given) == []
    address = f"http://testserver{story.public_path}"
    with translation.override("en"):
        assert STORY.text(given) == f"A shelf for all\n\nIt is never empty.\n\nRead the story:\n{address}"
    assert (
        f'src="http://testserver{story.public_path}{photo.uuid}/" alt="Ana beside the shelf"'
        in STORY.mjml(given)
    )
    assert [value for value, _title in STORY.fields[0].options()] == [str(story.uuid)]
    agrees(ana, is_given=False)
    assert (STORY.mjml(given), STORY.text(given), len(STORY.faults(given))) == ("", "", 1)


def test_a_list_comes_in_once_and_says_what_it_cannot_take(bob, tmp_path, capsys):
    head = "title,summary,body,language,owner\n"
    lines = (
        "A shelf,Never empty,Ana says so.,en,bob@example.org\n"
        "A shelf,,El mismo,es,\n"
        "a SHELF,,Twice,en,\n"
        ",,No title,en,\n"
        "Hers,,x,en,eve@example.org\n"
    )
    file = write(tmp_path / "stories.csv", head + lines)
    done = command(capsys, "import", file, "--kind", "stories")
    assert (done["rows"], done["created"]) == (5, {"stories": 2})
    refused = sorted((one["row"], one["column"]) for one in done["refused"])
    assert refused == [(4, ""), (5, "title"), (6, "owner")]
    assert Story.objects.get(language="en").owner == bob
    again = command(capsys, "import", file, "--kind", "stories")
    assert again["created"] == {"stories": 0}
    assert command(capsys, "imports", "undo", done["import"])["undone"] == 2
    assert not Story.objects.exists()


def test_follows_a_merge_and_forgets_the_erased(story, photo, ana, telling, agrees, alice):
    other = register_person(PersonDocument(given_name="Anna", family_name="Ruiz"), by=alice)
    name_person(story, by=alice, person=other, purpose=telling, named_as="Anna")
    done = merge_people(keep=ana, absorb=other, by=alice)
    assert [(one.person, one.named_as) for one in StoryPerson.objects.all()] == [(ana, "Ana")]
    undo(change_set=done, by=alice)
    assert sorted(StoryPerson.objects.values_list("person_id", "named_as")) == [
        (ana.pk, "Ana"),
        (other.pk, "Anna"),
    ]
    assert "A shelf for all" in str(export_person(ana, by=alice))
    StoryPerson.objects.filter(person=other).delete()
    agrees(ana)
    publish_story(story, by=alice)
    erase_person(ana, by=alice)
    row = Story.objects.get()
    assert (row.state, row.ended_why) == ("ended", "erased")
    assert row.text == "[…] says so.\n\nWe gave {1}."
    assert not StoryPerson.objects.exists()
    assert not File.objects.filter(kind="stories.story").exists()


def test_the_town_has_stories_and_loses_them(sample_town, capsys, story):
    rows = Story.objects.filter(is_sample=True)
    assert sorted(rows.values_list("state", flat=True)) == ["draft", "ended", "published", "published"]
    today = timezone.localdate()
    published = rows.exclude(state="draft")
    assert all(
        one.observation.ends_on < timezone.localdate(row.published_at)
        for row in published
        for one in row.figures.all()
    )
    told = {
        one.observation.indicator.source or one.observation.indicator.unit
        for row in published
        for one in row.figures.all()
    }
    assert told == {"bags", "events.people", "pairs"}
    assert (timezone.now() - min(published.values_list("published_at", flat=True))).days >= 420
    assert [sorted(row.languages) for row in selectors.public_stories(today)] == [["en", "es"]] * 2
    assert len(selectors.ending_soon(today, most=9)) == 1
    assert main(["sample", "remove", "--json"]) == 0
    assert Story.objects.get() == story
