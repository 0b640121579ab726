"""Next steps: from noting to done, on Today and in their list; and who has gone quiet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from barnraise.plumbing.journal.models import ChangeSet, Entry
from barnraise.plumbing.journal.services import undo
from barnraise.who.interactions import selectors
from barnraise.who.interactions.models import NextStep
from barnraise.who.interactions.services import (
    add_next_step,
    change_next_step,
    finish_next_step,
    log_interaction,
    remove_next_step,
    reopen_next_step,
)
from barnraise.who.people.services import change_person

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def _today():
    return timezone.localdate()


def test_from_open_to_done_and_back(ana, alice, bob):
    step = add_next_step(by=bob, text=" Send  the flyer ", person=ana, due_on=_today())
    assert (step.text, step.owner, step.is_done) == ("Send the flyer", bob, False)
    finish_next_step(step, by=alice)
    step.refresh_from_db()
    assert (step.is_done, step.done_by) == (True, alice)
    first = step.done_at
    finish_next_step(step, by=bob)
    step.refresh_from_db()
    assert (step.done_at, step.done_by) == (first, alice)
    reopen_next_step(step, by=bob)
    step.refresh_from_db()
    assert (step.done_at, step.done_by) == (None, None)
    verbs = Entry.objects.filter(room="interactions").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [f"interactions.step_{done}" for done in ("added", "done", "reopened")]


def test_what_cannot_be_a_next_step(ana, bob):
    for text in ("", "  ", "x" * 301, "a\x00b"):
        with pytest.raises(ValidationError):
            add_next_step(by=bob, text=text, person=ana)
    step = add_next_step(by=bob, text="Right", person=ana)
    with pytest.raises(ValidationError):
        change_next_step(step, by=bob, text="")
    assert NextStep.objects.get().text == "Right"


def test_what_comes_first_stands_first(ana, alice, bob, logged_in):
    today = _today()
    later = add_next_step(by=bob, text="Paint", person=ana, due_on=today + timedelta(days=9))
    late = add_next_step(by=bob, text="Build", person=ana, due_on=today - timedelta(days=2))
    never = add_next_step(by=bob, text="Dream", person=ana)
    done = add_next_step(by=bob, text="Plan", person=ana, due_on=today - timedelta(days=9))
    finish_next_step(done, by=bob)
    page = logged_in(alice).get("/who/interactions/steps/").content.decode()
    places = [page.index(f">{row.text}<") for row in (late, later, never, done)]
    assert places == sorted(places)
    change_next_step(later, by=bob, due_on=today - timedelta(days=5))
    page = logged_in(alice).get("/who/interactions/steps/").content.decode()
    assert page.index(">Paint<") < page.index(">Build<")
    states = {
        "open": {"Build", "Paint", "Dream"},
        "late": {"Build", "Paint"},
        "undated": {"Dream"},
        "done": {"Plan"},
    }
    for state, texts in states.items():
        shown = logged_in(alice).get(f"/who/interactions/steps/?state={state}").content.decode()
        assert {text for text in ("Build", "Paint", "Dream", "Plan") if f">{text}<" in shown} == texts


def test_one_click_does_it_from_any_page_and_the_toast_takes_it_back(ana, bob, logged_in):
    step = add_next_step(by=bob, text="Send the flyer", person=ana, due_on=_today())
    browser = logged_in(bob)
    for address in ("/", ana.get_absolute_url()):
        assert reverse("interactions:finish_step", args=[step.uuid]) in browser.get(address).content.decode()
    answer = browser.post(reverse("interactions:finish_step", args=[step.uuid]), {"next": "/"})
    assert answer["Location"] == "/"
    reopen = reverse("interactions:reopen_step", args=[step.uuid])
    assert reopen in browser.get("/").content.decode()
    browser.post(reopen)
    step.refresh_from_db()
    assert step.done_at is None


def test_putting_off_assigning_and_removing(ana, alice, bob, logged_in):
    step = add_next_step(by=bob, text="Send the flyer", person=ana, due_on=_today() - timedelta(days=3))
    browser = logged_in(bob)
    move = reverse("interactions:move_step", args=[step.uuid])
    browser.post(move, {"step_due": "7"})
    step.refresh_from_db()
    assert step.due_on == _today() + timedelta(days=7)
    browser.post(move, {})
    step.refresh_from_db()
    assert step.due_on == _today() + timedelta(days=7)
    browser.post(
        reverse("interactions:change_step", args=[step.uuid]),
        {"text": "Send two", "owner": alice.pk, "due_on": "2026-12-24"},
    )
    step.refresh_from_db()
    assert (step.text, step.owner, str(step.due_on)) == ("Send two", alice, "2026-12-24")
    done = remove_next_step(step, by=bob)
    assert NextStep.objects.count() == 0
    undo(change_set=done, by=bob)
    back = NextStep.objects.get()
    assert (back.pk, back.uuid, back.text, back.person, back.owner) == (
        step.pk,
        step.uuid,
        "Send two",
        ana,
        alice,
    )


def test_bulk_actions_of_the_list(ana, alice, bob, logged_in):
    rows = [add_next_step(by=bob, text=f"No {n}", person=ana, due_on=_today()) for n in range(3)]
    keys = [row.pk for row in rows]

    def act(browser, action, **values):
        return browser.post(
            "/who/interactions/steps/", {"action": action, "key": keys, "answered": "1", **values}
        )

    act(logged_in(bob), "finish")
    assert NextStep.objects.filter(done_by=bob).count() == 3
    undo(change_set=ChangeSet.objects.order_by("-pk")[0], by=alice)
    assert NextStep.objects.filter(done_at=None, done_by=None).count() == 3
    act(logged_in(bob), "move", due_on="2027-01-05")
    assert {str(row.due_on) for row in NextStep.objects.all()} == {"2027-01-05"}
    undo(change_set=ChangeSet.objects.order_by("-pk")[0], by=alice)
    assert {row.due_on for row in NextStep.objects.all()} == {_today()}
    assert act(logged_in(bob), "assign", owner=alice.pk).status_code == 403
    act(logged_in(alice), "assign", owner=alice.pk)
    assert NextStep.objects.filter(owner=alice).count() == 3
    undo(change_set=ChangeSet.objects.order_by("-pk")[0], by=alice)
    assert NextStep.objects.filter(owner=bob).count() == 3
    act(logged_in(alice), "remove")
    assert NextStep.objects.count() == 0
    undo(change_set=ChangeSet.objects.order_by("-pk")[0], by=alice)
    assert sorted(NextStep.objects.values_list("pk", flat=True)) == keys


def test_today_shows_own_steps_the_late_first(ana, alice, bob, logged_in):
    add_next_step(by=bob, text="Mine later", person=ana, due_on=_today() + timedelta(days=2))
    add_next_step(by=bob, text="Mine late", person=ana, due_on=_today() - timedelta(days=2))
    add_next_step(by=alice, text="Hers", person=ana, due_on=_today())
    page = logged_in(bob).get("/").content.decode()
    card = page[page.index("My next steps") :].partition("</section>")[0]
    assert card.index("Mine late") < card.index("Mine later")
    assert "2 days late" in card
    assert "Hers" not in card
    assert "My next steps" not in logged_in(None).get("/", follow=True).content.decode()


def test_a_step_may_hang_on_an_interaction(ana, bob, logged_in):
    row = log_interaction(by=bob, text="x", people=[ana])
    given = {"interaction": str(row.uuid), "person": str(ana.uuid), "step_text": "Then this", "step_due": "1"}
    logged_in(bob).post(reverse("interactions:add_step"), given)
    step = NextStep.objects.get()
    assert (step.interaction, step.person, step.due_on) == (row, ana, _today() + timedelta(days=1))
    logged_in(bob).post(reverse("interactions:add_step"), {"step_text": "About nobody"})
    logged_in(bob).post(reverse("interactions:add_step"), {"interaction": "x" * 36, "step_text": "Nor this"})
    assert NextStep.objects.count() == 1


@pytest.fixture(params=[300, 0])
def keeps_many(request, monkeypatch):
    """Asked as for a reader who keeps few, and as for one who keeps very many."""
    monkeypatch.setattr("barnraise.who.interactions.selectors.quiet.KEPT", request.param)


@pytest.mark.usefixtures("keeps_many")
def test_gone_quiet_are_those_somebody_keeps(ana, bert, pantry, alice, bob, vera):
    for whom, days in ((ana, 91), (bert, 200)):
        log_interaction(by=bob, text="x", people=[whom], happened_at=NOW - timedelta(days=days), now=NOW)
    log_interaction(by=bob, text="x", organisations=[pantry], happened_at=NOW - timedelta(days=120), now=NOW)
    assert selectors.gone_quiet(bob, now=NOW, most=9) == []
    change_person(ana, by=bob, owner=bob.pk)
    step = add_next_step(by=alice, text="Call them", organisation=pantry)
    found = selectors.gone_quiet(bob, now=NOW, most=9)
    assert [(one.name, one.days, one.owner, one.step) for one in found] == [
        ("Ana Ruiz", 91, "Bob", None),
        ("Mill Street Pantry", 120, "", step),
    ]
    # her own first
    assert [one.name for one in selectors.gone_quiet(alice, now=NOW, most=1)] == ["Mill Street Pantry"]
    log_interaction(by=bob, text="back", people=[ana], happened_at=NOW - timedelta(days=89), now=NOW)
    assert [one.name for one in selectors.gone_quiet(bob, now=NOW, most=9)] == ["Mill Street Pantry"]


@pytest.mark.usefixtures("keeps_many")
def test_a_restricted_word_is_neither_told_nor_hidden_by_silence(ana, alice, bob):
    change_person(ana, by=bob, owner=bob.pk)
    log_interaction(by=bob, text="x", people=[ana], happened_at=NOW - timedelta(days=300), now=NOW)
    hidden = NOW - timedelta(days=100)
    log_interaction(by=alice, text="x", people=[ana], happened_at=hidden, now=NOW, visibility="coordinators")
    assert [one.days for one in selectors.gone_quiet(bob, now=NOW, most=9)] == [300]
    assert [one.days for one in selectors.gone_quiet(alice, now=NOW, most=9)] == [100]


@pytest.mark.usefixtures("keeps_many")
def test_who_moved_away_is_not_called(ana, bob, petra):
    change_person(ana, by=bob, owner=bob.pk, status="inactive")
    log_interaction(by=bob, text="x", people=[ana], happened_at=NOW - timedelta(days=300), now=NOW)
    assert selectors.gone_quiet(bob, now=NOW, most=9) == []
    change_person(ana, by=bob, status="active")
    assert len(selectors.gone_quiet(bob, now=NOW, most=9)) == 1
    assert selectors.gone_quiet(petra, now=NOW, most=9) == []


def test_the_card_offers_to_note_at_once(ana, bob, logged_in):
    change_person(ana, by=bob, owner=bob.pk)
    log_interaction(by=bob, text="x", people=[ana], happened_at=timezone.now() - timedelta(days=120))
    page = logged_in(bob).get("/").content.decode()
    assert "Gone quiet" in page
    assert "120 days quiet" in page
    assert f'href="{ana.get_absolute_url()}#note"' in page
