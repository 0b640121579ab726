"""The composer, the pages of interactions, and their list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from barnraise.plumbing.journal.models import ChangeSet, Entry
from barnraise.plumbing.journal.services import undo
from barnraise.plumbing.tags.selectors import tags_on
from barnraise.who.interactions.models import Interaction, NextStep
from barnraise.who.interactions.services import log_interaction

MAY = datetime(2026, 5, 3, 14, 0, tzinfo=UTC)
ADD = "/who/interactions/add/"


def test_the_composer_of_a_profile_keeps_with_one_post(ana, pantry, bob, logged_in):
    browser = logged_in(bob)
    page = browser.get(ana.get_absolute_url()).content.decode()
    assert f'action="{ADD}"' in page
    assert f'name="person" value="{ana.uuid}"' in page
    # the only organisation she has a role in is offered, ticked
    assert f'name="organisation" value="{pantry.uuid}" checked' in page
    answer = browser.post(
        ADD, {"person": str(ana.uuid), "text": "Hello\r\nthere", "next": ana.get_absolute_url()}
    )
    assert (answer.status_code, answer["Location"]) == (302, ana.get_absolute_url())
    row = Interaction.objects.get()
    assert (row.kind, row.text, row.by) == ("note", "Hello\nthere", bob)
    assert abs(row.happened_at - timezone.now()) < timedelta(minutes=1)
    shown = browser.get(ana.get_absolute_url()).content.decode()
    assert "It has been noted." in shown
    assert "Hello\nthere" in shown
    assert reverse("interactions:take_back", args=[row.uuid]) in shown
    browser.post(reverse("interactions:take_back", args=[row.uuid]))
    assert Interaction.objects.count() == 0


def test_everything_the_composer_can_say(ana, pantry, alice, bob, logged_in):
    given = {
        "person": str(ana.uuid),
        "organisation": str(pantry.uuid),
        "kind": "call",
        "text": "Called.",
        "when": "yesterday",
        "restricted": "on",
        "step_text": "Send the flyer",
        "step_due": "7",
        "step_owner": str(alice.pk),
    }
    assert logged_in(bob).post(ADD, given).status_code == 302
    row, step = Interaction.objects.get(), NextStep.objects.get()
    assert (row.kind, row.visibility, row.direction) == ("call", "coordinators", "")
    assert timedelta(hours=23) < timezone.now() - row.happened_at < timedelta(hours=25)
    assert (step.text, step.owner, step.by) == ("Send the flyer", alice, bob)
    assert step.due_on == timezone.localdate() + timedelta(days=7)
    assert (step.person, step.organisation) == (ana, pantry)


def test_an_explicit_day_wins_over_a_quick_word(ana, bob, logged_in):
    given = {"person": str(ana.uuid), "text": "x", "when": "yesterday", "happened_at": "2026-05-03T14:00"}
    given |= {"step_text": "y", "step_due": "7", "step_due_on": "2026-06-01"}
    logged_in(bob).post(ADD, given)
    assert Interaction.objects.get().happened_at == MAY
    assert str(NextStep.objects.get().due_on) == "2026-06-01"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": "x"}, "Say with whom it was"),
        ({"person": "ana", "text": " "}, "Write what was said"),
        ({"person": "ana", "text": "x", "happened_at": "2199-01-01T10:00"}, "lies in the future"),
        ({"person": "ana", "text": "x", "kind": "shout"}, "Select a valid choice"),
        ({"person": "ana", "text": "x", "step_text": "y", "step_due_on": "9999-12-31"}, "live to see"),
    ],
)
def test_a_refusal_keeps_what_was_typed_and_writes_nothing(ana, bob, logged_in, given, reason):
    given = {**given, **({"person": str(ana.uuid)} if "person" in given else {})}
    before = Entry.objects.count()
    answer = logged_in(bob).post(ADD, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert reason in page
    assert f">{given['text']}</textarea>" in page
    if "person" in given:
        assert f'name="person" value="{ana.uuid}" checked' in page
    assert (Interaction.objects.count(), NextStep.objects.count(), Entry.objects.count()) == (0, 0, before)


def test_people_are_found_by_typing_with_and_without_scripts(ana, bert, bob, logged_in):
    browser = logged_in(bob)
    part = browser.get("/who/interactions/who/", {"find": "ruiz", "person": str(bert.uuid)}).content.decode()
    assert part.index(str(bert.uuid)) < part.index(str(ana.uuid))
    assert f'value="{bert.uuid}" checked' in part
    assert f'value="{ana.uuid}" checked' not in part
    looked = browser.post(ADD, {"look": "1", "find": "ruiz", "text": "So far", "person": str(bert.uuid)})
    page = looked.content.decode()
    assert (looked.status_code, Interaction.objects.count()) == (200, 0)
    assert ">So far</textarea>" in page
    assert f'value="{bert.uuid}" checked' in page
    assert str(ana.uuid) in page


def test_it_goes_back_only_to_this_site(ana, bob, logged_in):
    given = {"person": str(ana.uuid), "text": "x"}
    for wanted in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = logged_in(bob).post(ADD, {**given, "next": wanted})
        assert answer["Location"] == ana.get_absolute_url()


def test_a_viewer_reads_and_writes_nothing(ana, bob, vera, petra, logged_in):
    row = log_interaction(by=bob, text="For the team", people=[ana])
    page = logged_in(vera).get(ana.get_absolute_url()).content.decode()
    assert "For the team" in page
    assert f'action="{ADD}"' not in page
    assert logged_in(vera).post(ADD, {"person": str(ana.uuid), "text": "x"}).status_code == 403
    assert logged_in(vera).get(row.get_absolute_url()).status_code == 200
    assert logged_in(petra).get(row.get_absolute_url()).status_code == 403
    assert Interaction.objects.count() == 1


def test_another_contributors_words_are_not_changed(ana, alice, bob, logged_in):
    row = log_interaction(by=alice, text="Hers", people=[ana])
    address = reverse("interactions:change", args=[row.uuid])
    assert logged_in(bob).get(address).status_code == 403
    assert logged_in(bob).post(address, {"text": "Mine"}).status_code == 403
    row.refresh_from_db()
    assert row.text == "Hers"


def test_a_change_by_form(ana, bert, bob, logged_in):
    row = log_interaction(by=bob, text="Before", people=[ana], happened_at=MAY)
    address = reverse("interactions:change", args=[row.uuid])
    page = logged_in(bob).get(address).content.decode()
    assert "Before" in page
    assert "2026-05-03T14:00" in page
    given = {
        "kind": "visit",
        "text": "After",
        "happened_at": "2026-05-03T14:00",
        "visibility": "team",
        "person": [str(bert.uuid)],
        "tags": "garden, youth",
    }
    assert logged_in(bob).post(address, given).status_code == 302
    row.refresh_from_db()
    assert (row.kind, row.text, row.happened_at) == ("visit", "After", MAY)
    assert [link.person for link in row.people.all()] == [bert]
    assert [tag.name for tag in tags_on(row)] == ["garden", "youth"]
    refused = logged_in(bob).post(address, {**given, "text": " "})
    assert refused.status_code == 422
    row.refresh_from_db()
    assert row.text == "After"


def test_removing_by_page_offers_its_undo(ana, bob, logged_in):
    row = log_interaction(by=bob, text="Gone?", people=[ana])
    browser = logged_in(bob)
    assert browser.get(reverse("interactions:remove", args=[row.uuid])).status_code == 200
    browser.post(reverse("interactions:remove", args=[row.uuid]))
    change_set = ChangeSet.objects.get()
    undo_address = reverse("journal:undo", args=[change_set.pk])
    assert undo_address in browser.get("/who/interactions/").content.decode()
    browser.post(undo_address)
    assert Interaction.objects.get().text == "Gone?"


def test_what_is_typed_is_escaped(ana, bob, logged_in):
    row = log_interaction(by=bob, text="<script>alert(1)</script>", subject="<b>x", people=[ana])
    for address in (ana.get_absolute_url(), row.get_absolute_url(), "/who/interactions/"):
        page = logged_in(bob).get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>x" not in page


FILTERS = [
    ("kind=call", {"river"}),
    ("text=riv", {"river"}),
    ("text=riv+nothing", set()),
    ("person=Ana+Ruiz", {"river", "garden"}),
    ("person=ana@example.org", {"river", "garden"}),
    ("organisation=Mill+Street+Pantry", {"garden"}),
    ("day_from=2026-05-03&day_to=2026-05-03", {"river"}),
    ("day_to=2026-05-02", {"garden"}),
    ("visibility=coordinators", {"quiet"}),
    ("visibility=team", {"river", "garden"}),
]


@pytest.fixture
def three(ana, bert, pantry, alice, bob, mill):
    log_interaction(by=bob, kind="call", text="river", happened_at=MAY, people=[ana])
    log_interaction(
        by=alice, text="garden", happened_at=MAY - timedelta(days=1), people=[ana], organisations=[pantry]
    )
    log_interaction(
        by=alice, text="quiet", happened_at=MAY + timedelta(days=9), people=[bert], visibility="coordinators"
    )


def _texts(page):
    return {word for word in ("river", "garden", "quiet") if f">{word}<" in page}


@pytest.mark.parametrize(("query", "texts"), FILTERS)
def test_the_list_is_narrowed(three, alice, logged_in, query, texts):
    answer = logged_in(alice).get(f"/who/interactions/?{query}")
    assert answer.status_code == 200
    assert _texts(answer.content.decode()) == texts


PAIRS = [
    ("text=riv&person=Ana+Ruiz", {"river"}),
    ("text=riv+nothing&person=Ana+Ruiz", set()),
    ("text=g&organisation=Mill+Street+Pantry", {"garden"}),
    ("person=Ana+Ruiz&organisation=Mill+Street+Pantry", {"garden"}),
    ("person=Ana+Ruiz&kind=call", {"river"}),
    ("text=%F0%9F%99%82&person=Ana+Ruiz", set()),
]
READ = {"found": {"FEW": 10_000}, "walked": {"FEW": -1, "CAP": -1}, "given up": {"FEW": -1, "WALKED": 1}}


@pytest.mark.parametrize("way", READ)
def test_filters_meet_however_the_list_is_read(three, bob, logged_in, way):
    browser = logged_in(bob)
    with patch.multiple("barnraise.plumbing.ui.lists.plans", **READ[way]):
        for query, texts in PAIRS + FILTERS:
            page = browser.get(f"/who/interactions/?{query}")
            assert (query, page.status_code, _texts(page.content.decode())) == (
                query,
                200,
                texts - {"quiet"},
            )
        for query, shown in (("person=Ana+Ruiz&state=open", False), ("text=river&person=Ana+Ruiz", False)):
            page = browser.get(f"/who/interactions/steps/?{query}")
            assert (query, page.status_code) == (query, 200)
            assert (">river<" in page.content.decode()) is shown


def test_more_filters_of_the_list(three, mill, alice, bob, logged_in):
    browser = logged_in(alice)
    assert _texts(browser.get(f"/who/interactions/?by={bob.pk}").content.decode()) == {"river"}
    assert _texts(browser.get(f"/who/interactions/?community={mill.pk}").content.decode()) == {
        "river",
        "garden",
    }
    page = browser.get("/who/interactions/?person=Nobody").content.decode()
    assert "There is no person of the name “Nobody”." in page


def test_csv_holds_what_the_reader_may_see(three, bob, logged_in):
    answer = logged_in(bob).get("/who/interactions/?export=csv")
    sheet = b"".join(answer.streaming_content).decode()
    assert [word in sheet for word in ("river", "garden", "quiet")] == [True, True, False]


def test_bulk_actions_and_their_undo(three, alice, bob, logged_in):
    keys = list(Interaction.objects.exclude(text="quiet").values_list("pk", flat=True))
    browser = logged_in(alice)

    def act(action, **values):
        answer = browser.post(
            "/who/interactions/", {"action": action, "key": keys, "answered": "1", **values}
        )
        assert answer.status_code == 302
        return ChangeSet.objects.order_by("-pk")[0]

    assert (
        logged_in(bob)
        .post("/who/interactions/", {"action": "remove", "key": keys, "answered": "1"})
        .status_code
        == 403
    )
    restricted = act("restrict", visibility="coordinators")
    assert set(Interaction.objects.values_list("visibility", flat=True)) == {"coordinators"}
    undo(change_set=restricted, by=alice)
    assert Interaction.objects.filter(visibility="team").count() == 2
    tagged = act("tag", names="Sunday, River")
    assert [tag.name for tag in tags_on(Interaction.objects.get(text="river"))] == ["River", "Sunday"]
    undo(change_set=tagged, by=alice)
    assert tags_on(Interaction.objects.get(text="river")) == []
    removed = act("remove")
    assert [row.text for row in Interaction.objects.all()] == ["quiet"]
    undo(change_set=removed, by=alice)
    assert set(Interaction.objects.values_list("text", flat=True)) == {"river", "garden", "quiet"}


def test_a_bulk_action_reaches_only_what_its_actor_sees(three, alice, bob, logged_in):
    from barnraise.who.interactions.lists import interactions

    assert interactions.rows(bob).count() == 2
    assert interactions.rows(alice).count() == 3


def test_a_profile_costs_the_same_for_few_and_many(ana, pantry, bob, logged_in):
    browser = logged_in(bob)
    counts = []
    for size in (7, 60):
        while Interaction.objects.count() < size:
            at = MAY - timedelta(hours=Interaction.objects.count())
            log_interaction(by=bob, text="x", people=[ana], organisations=[pantry], happened_at=at)
        for address in (ana.get_absolute_url(), pantry.get_absolute_url()):
            browser.get(address)
            with CaptureQueriesContext(connection) as seen:
                browser.get(address)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]


def test_the_palette_notes_about_a_named_person(ana, bob, vera, logged_in):
    page = logged_in(bob).get("/palette?q=call+ana").content.decode()
    address = reverse("interactions:about", args=[f"people.person:{ana.pk}"]) + "?kind=call"
    assert "Call: Ana Ruiz" in page
    assert address.replace("&", "&amp;") in page
    answer = logged_in(bob).get(address)
    assert answer["Location"].startswith(f"{ADD}?person={ana.uuid}")
    form = logged_in(bob).get(answer["Location"]).content.decode()
    assert f'name="person" value="{ana.uuid}" checked' in form
    assert 'value="call" checked' in form
    assert "Call: Ana Ruiz" not in logged_in(vera).get("/palette?q=call+ana").content.decode()
