"""Logging, changing and removing interactions through the services."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from barnraise.plumbing.journal.models import ChangeSet, Entry, Mention
from barnraise.plumbing.journal.services import undo
from barnraise.plumbing.search.selectors import find
from barnraise.who.communities.services import register_community
from barnraise.who.interactions import selectors
from barnraise.who.interactions.models import Heard, Interaction, InteractionPerson, NextStep
from barnraise.who.interactions.services import (
    change_interaction,
    log_interaction,
    next_step,
    remove_interaction,
    take_back,
)
from barnraise.who.organisations.models import Organisation
from barnraise.who.organisations.services import change_organisation, remove_organisation
from barnraise.who.people.models import Person, Role
from barnraise.who.people.services import remove_person

MAY = datetime(2026, 5, 3, 14, 0, tzinfo=UTC)


def _heard(**whom):
    row = Heard.objects.filter(**whom).first()
    return row and (row.last_at, row.count, row.team_last_at, row.team_count)


def test_a_call_is_noted_with_everything_that_follows(ana, pantry, bob):
    step = next_step(by=bob, text="  Send the flyer ", due_on=None)
    row = log_interaction(
        by=bob,
        kind="call",
        text="Line one \r\nline two\n",
        happened_at=MAY,
        people=[ana],
        organisations=[pantry],
        step=step,
    )
    assert (row.kind, row.text, row.happened_at, row.by, row.visibility) == (
        "call", "Line one\nline two", MAY, bob, "team",
    )  # fmt: skip
    assert row.community_id == ana.community_id
    assert _heard(person=ana) == _heard(organisation=pantry) == (MAY, 1, MAY, 1)
    made = NextStep.objects.get()
    assert (made.text, made.owner, made.person, made.organisation, made.interaction) == (
        "Send the flyer", bob, ana, pantry, row,
    )  # fmt: skip
    assert [hit.ref.id for hit in find("line two", actor=bob, kinds=[selectors.KIND])] == [row.pk]
    entry = Entry.objects.order_by("-pk")[0]
    assert (entry.verb, entry.by, entry.data) == ("interactions.logged", bob, {})
    assert list(Mention.objects.filter(entry=entry).values_list("kind", "key", "title")) == [
        (selectors.KIND, row.pk, "")
    ]


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        ({"text": "  \n "}, "text", "Write what was said"),
        ({"text": "x", "kind": "shout"}, "kind", "one of the kinds"),
        ({"text": "x", "visibility": "all"}, "visibility", "who may read it"),
        ({"text": "a\x00b"}, "text", "cannot be stored"),
        ({"text": "x" * 100_001}, "text", "100,000"),
        ({"text": "x", "happened_at": timezone.now() + timedelta(hours=1)}, "happened_at", "in the future"),
    ],
)
def test_what_cannot_be_noted_leaves_nothing(ana, bob, given, field, reason):
    before = (Entry.objects.count(), Interaction.objects.count(), Heard.objects.count())
    with pytest.raises(ValidationError) as no:
        log_interaction(by=bob, people=[ana], **given)
    assert any(reason in text for text in no.value.message_dict[field])
    assert (Entry.objects.count(), Interaction.objects.count(), Heard.objects.count()) == before


def test_the_last_contact_is_the_newest_and_a_restricted_one_is_counted_apart(ana, bob, alice):
    log_interaction(by=bob, text="May", happened_at=MAY, people=[ana])
    log_interaction(by=bob, text="April", happened_at=MAY - timedelta(days=30), people=[ana])
    hidden = log_interaction(
        by=alice, text="June", happened_at=MAY + timedelta(days=30), people=[ana], visibility="coordinators"
    )
    june = MAY + timedelta(days=30)
    assert _heard(person=ana) == (june, 3, MAY, 2)
    change_interaction(hidden, by=alice, visibility="team")
    assert _heard(person=ana) == (june, 3, june, 3)
    change_interaction(hidden, by=alice, people=[])
    assert _heard(person=ana) == (MAY, 2, MAY, 2)


def test_only_a_restricted_note_leaves_nothing_for_the_team(ana, alice):
    log_interaction(by=alice, text="June", happened_at=MAY, people=[ana], visibility="coordinators")
    assert _heard(person=ana) == (MAY, 1, None, 0)


def test_a_single_served_community_is_taken_over(pantry, mill, bob):
    change_organisation(pantry, by=bob, communities=(mill.pk,))
    assert log_interaction(by=bob, text="x", organisations=[pantry]).community_id == mill.pk
    other = register_community(name="Northgate", by=bob)
    change_organisation(pantry, by=bob, communities=(mill.pk, other.pk))
    assert log_interaction(by=bob, text="y", organisations=[pantry]).community_id is None


def test_a_change_moves_times_links_search_and_tells_no_words(ana, bert, bob):
    row = log_interaction(by=bob, text="Before", happened_at=MAY, people=[ana])
    earlier = MAY - timedelta(days=1)
    changed = change_interaction(row, by=bob, text="After all", happened_at=earlier, people=[ana.pk, bert.pk])
    assert changed == {"text", "happened_at", "people"}
    links = InteractionPerson.objects.order_by("person_id").values_list("person_id", "happened_at")
    assert list(links) == [(ana.pk, earlier), (bert.pk, earlier)]
    assert _heard(person=bert) == _heard(person=ana) == (earlier, 1, earlier, 1)
    assert find("before", actor=bob, kinds=[selectors.KIND]) == []
    entry = Entry.objects.order_by("-pk")[0]
    assert entry.data == {"changes": {"happened_at": [MAY.isoformat(), earlier.isoformat()]}}
    count = Entry.objects.count()
    assert change_interaction(row, by=bob, text="After all") == set()
    assert Entry.objects.count() == count


def test_a_bad_change_changes_nothing(ana, bob):
    row = log_interaction(by=bob, text="Before", people=[ana])
    with pytest.raises(ValidationError):
        change_interaction(row, by=bob, text="", kind="call")
    row.refresh_from_db()
    assert (row.text, row.kind) == ("Before", "note")
    with pytest.raises(TypeError):
        change_interaction(row, by=bob, colour="red")


def test_removing_can_be_undone_with_all_that_hung_on_it(ana, pantry, alice):
    step = next_step(by=alice, text="Send the flyer")
    row = log_interaction(
        by=alice, text="Gone?", happened_at=MAY, people=[ana], organisations=[pantry], step=step
    )
    uuid, key = row.uuid, row.pk
    done = remove_interaction(row, by=alice)
    assert (Interaction.objects.count(), NextStep.objects.count(), Heard.objects.count()) == (0, 0, 0)
    assert find("gone", actor=alice, kinds=[selectors.KIND]) == []
    undo(change_set=done, by=alice)
    back = Interaction.objects.get()
    assert (back.pk, back.uuid, back.text, back.happened_at, back.by) == (key, uuid, "Gone?", MAY, alice)
    assert NextStep.objects.get().text == "Send the flyer"
    assert _heard(person=ana) == _heard(organisation=pantry) == (MAY, 1, MAY, 1)
    assert len(find("gone", actor=alice, kinds=[selectors.KIND])) == 1


def test_taking_back_leaves_nothing(ana, bob):
    row = log_interaction(by=bob, text="Slip", people=[ana], step=next_step(by=bob, text="Nothing"))
    take_back(row, by=bob)
    assert (Interaction.objects.count(), NextStep.objects.count(), Heard.objects.count()) == (0, 0, 0)


def test_whoever_has_a_history_is_not_removed_and_is_told_what_can_be_done_instead(
    ana, bert, pantry, alice, bob, logged_in, asks
):
    step = next_step(by=alice, text="Ask again")
    log_interaction(
        by=alice, text="x", people=[ana], organisations=[pantry], step=step, visibility="coordinators"
    )
    with pytest.raises(ValidationError, match="1 interaction, 1 next step would lose"):
        remove_person(ana, by=alice)
    with pytest.raises(ValidationError, match="1 interaction, 1 next step would lose whom they are about"):
        remove_organisation(pantry, by=alice)
    browser = logged_in(alice)
    address = reverse("people:remove", args=[ana.uuid])
    for answer, status in ((browser.get(address), 200), (browser.post(address), 409)):
        assert answer.status_code == status
        shown = answer.content.decode()
        assert "1 interaction, 1 next step" in shown
        for name in ("merge", "erase", "retire"):
            assert reverse(f"people:{name}", args=[ana.uuid]) in shown
    shown = browser.get(reverse("organisations:remove", args=[pantry.uuid])).content.decode()
    assert reverse("organisations:close", args=[pantry.uuid]) in shown
    status, problem = asks(alice)("DELETE", f"/people/{ana.uuid}")
    assert (status, "1 interaction, 1 next step" in problem["detail"]) == (409, True)
    assert InteractionPerson.objects.get().person == ana
    assert logged_in(bob).post(reverse("people:retire", args=[ana.uuid])).status_code == 302
    ana.refresh_from_db()
    assert (ana.status, ana.is_active) == ("inactive", False)


def test_whoever_only_has_parts_of_their_own_is_removed_and_brought_back(ana, pantry, alice, logged_in):
    browser = logged_in(alice)
    uuid = ana.uuid
    browser.post(reverse("people:remove", args=[uuid]))
    assert not Person.objects.filter(uuid=uuid).exists()
    undo(change_set=ChangeSet.objects.latest("pk"), by=alice)
    browser.post(reverse("organisations:remove", args=[pantry.uuid]), follow=True)
    assert not Organisation.objects.filter(pk=pantry.pk).exists()
    assert Role.objects.count() == 0
    undo(change_set=ChangeSet.objects.latest("pk"), by=alice)
    assert Organisation.objects.get().uuid == pantry.uuid
    role = Role.objects.get()
    assert (role.person.uuid, role.organisation.uuid, role.title) == (uuid, pantry.uuid, "Director")
