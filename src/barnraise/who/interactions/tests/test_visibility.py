"""A note that only coordinators read is read by nobody else, by no way; its writer keeps it."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse

from barnraise.foundation.refs import Ref
from barnraise.plumbing.files.services import keep
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.who.interactions import selectors
from barnraise.who.interactions.models import Interaction, NextStep
from barnraise.who.interactions.services import (
    change_interaction,
    log_interaction,
    next_step,
    open_feed,
    remove_interaction,
)

SECRET = "zebra crossing"
"""Words that stand nowhere else."""


@pytest.fixture
def note(ana, pantry, alice):
    """Alice's restricted note, with a restricted next step of her own."""
    step = next_step(by=alice, text="Ask about the zebra money")
    return log_interaction(
        by=alice,
        subject="A zebra crossing",
        text=f"In confidence: {SECRET}.",
        people=[ana],
        organisations=[pantry],
        visibility="coordinators",
        step=step,
    )


def _addresses(note, ana, pantry):
    """Every page that could show it."""
    step = NextStep.objects.get()
    return [
        "/",
        ana.get_absolute_url(),
        pantry.get_absolute_url(),
        reverse("interactions:list"),
        reverse("interactions:list") + "?text=zebra",
        reverse("interactions:list") + "?visibility=coordinators",
        reverse("interactions:list") + "?export=csv",
        reverse("interactions:list") + "?export=xlsx",
        reverse("interactions:steps"),
        reverse("interactions:steps") + "?export=csv",
        reverse("interactions:timeline", args=[str(Ref.to(ana))]),
        reverse("interactions:timeline", args=[str(Ref.to(pantry))]),
        reverse("interactions:timeline", args=[str(Ref.to(ana))]) + "?show=note",
        note.get_absolute_url(),
        note.get_absolute_url() + "change/",
        step.get_absolute_url(),
        step.get_absolute_url() + "change/",
        reverse("interactions:by_key", args=[note.pk]),
        "/search?q=zebra",
        "/palette?q=zebra",
        "/journal/",
        "/journal/entries.csv",
        reverse("journal:thing", args=[str(Ref.to(note))]),
        reverse("journal:thing", args=[str(Ref.to(ana))]),
        reverse("journal:thing", args=[str(Ref.to(step))]),
    ]


def _body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("who", ["bob", "vera", "petra"])
def test_no_page_shows_a_word_of_it(note, ana, pantry, who, logged_in, request):
    change_interaction(note, by=note.by, kind="call")
    browser = logged_in(request.getfixturevalue(who))
    for address in _addresses(note, ana, pantry):
        answer = browser.get(address)
        # what was asked for may be repeated in a search box; the note's other words may not
        shown = (
            _body(answer).replace(b'value="zebra"', b"").replace(b"q=zebra", b"").replace(b"text=zebra", b"")
        )
        assert b"crossing" not in shown, address
        assert b"zebra money" not in shown, address


def test_pages_of_it_are_refused(note, bob, logged_in):
    step = NextStep.objects.get()
    browser = logged_in(bob)
    for address in (
        note.get_absolute_url(),
        reverse("interactions:by_key", args=[note.pk]),
        step.get_absolute_url(),
    ):
        assert browser.get(address).status_code == 403
    for verb in ("change", "remove", "take_back"):
        assert browser.post(reverse(f"interactions:{verb}", args=[note.uuid]), {}).status_code == 403
    for verb in ("finish_step", "reopen_step", "move_step", "remove_step", "change_step"):
        assert browser.post(reverse(f"interactions:{verb}", args=[step.uuid]), {}).status_code == 403
    assert Interaction.objects.count() == NextStep.objects.count() == 1


def test_those_who_lead_read_it_everywhere(note, ana, pantry, ada, logged_in):
    browser = logged_in(ada)
    for address in (
        ana.get_absolute_url(),
        pantry.get_absolute_url(),
        note.get_absolute_url(),
        reverse("interactions:list"),
        "/search?q=zebra",
    ):
        assert b"zebra crossing" in _body(browser.get(address)).lower(), address


def test_the_api_gives_it_to_nobody_else(note, bob, alice, asks):
    step = NextStep.objects.get()
    send = asks(bob)
    assert send("GET", "/interactions")[1]["items"] == []
    assert send("GET", f"/interactions/{note.uuid}")[0] == 404
    assert send("PATCH", f"/interactions/{note.uuid}", {"text": "mine"})[0] == 404
    assert send("DELETE", f"/interactions/{note.uuid}")[0] == 404
    assert send("GET", "/next-steps")[1]["items"] == []
    assert send("GET", f"/next-steps/{step.uuid}")[0] == 404
    assert send("POST", "/next-steps", {"text": "x", "interaction": str(note.uuid)})[0] == 404
    assert send("GET", "/search?q=zebra")[1]["items"] == []
    assert SECRET in asks(alice)("GET", f"/interactions/{note.uuid}")[1]["text"]
    assert (Interaction.objects.count(), NextStep.objects.count()) == (1, 1)


def test_counts_and_the_last_contact_leave_it_out(note, ana, bob, alice):
    assert selectors.last_contact(Ref.to(ana), actor=bob) is None
    assert selectors.last_contact(Ref.to(ana), actor=alice) == (note.happened_at, 1)


def test_its_writer_keeps_reading_and_changing_it(ana, bob, vera, logged_in, asks):
    own = log_interaction(by=bob, text=f"Mine: {SECRET}.", people=[ana], visibility="coordinators")
    browser = logged_in(bob)
    for address in (own.get_absolute_url(), ana.get_absolute_url(), reverse("interactions:list")):
        assert SECRET.encode() in browser.get(address).content
    assert asks(bob)("PATCH", f"/interactions/{own.uuid}", {"text": "Changed."})[0] == 200
    assert logged_in(vera).get(own.get_absolute_url()).status_code == 403
    assert asks(bob)("GET", "/search?q=changed")[1]["items"] == []


def test_a_next_step_of_it_is_read_by_who_is_to_do_it(ana, alice, bob, vera, logged_in):
    step = next_step(by=alice, text="Bring the zebra money", owner=bob)
    log_interaction(by=alice, text=SECRET, people=[ana], visibility="coordinators", step=step)
    row = NextStep.objects.get()
    page = logged_in(bob).get(row.get_absolute_url())
    assert page.status_code == 200
    assert b"Bring the zebra money" in page.content
    assert b"crossing" not in page.content
    assert logged_in(bob).post(reverse("interactions:finish_step", args=[row.uuid])).status_code == 302
    row.refresh_from_db()
    assert row.done_by == bob
    assert logged_in(vera).get(row.get_absolute_url()).status_code == 403


def test_files_follow_who_reads_it(note, ana, alice, bob, logged_in):
    paper = io.BytesIO(b"zebra crossing on paper\n")
    paper.name = "paper.txt"
    plain = log_interaction(by=alice, text="Open.", people=[ana])
    kept = keep(paper, by=alice, about=Ref.to(plain))
    address = reverse("files:download", args=[kept.uuid])
    assert logged_in(bob).get(address).status_code == 200
    change_interaction(plain, by=alice, visibility="coordinators")
    assert logged_in(bob).get(address).status_code == 403
    change_interaction(plain, by=alice, visibility="team")
    assert logged_in(bob).get(address).status_code == 200


def test_the_page_of_its_change_set_tells_no_words(note, alice, bob, vera, logged_in):
    done = remove_interaction(note, by=alice)
    for reader in (alice, bob, vera):
        page = logged_in(reader).get(reverse("journal:change_set", args=[done.pk]))
        assert page.status_code == 200
        assert b"zebra" not in page.content
    assert ChangeSet.objects.get(pk=done.pk).count == 1


def test_a_calendar_holds_only_own_steps(note, alice, bob, client):
    from datetime import date

    NextStep.objects.update(due_on=date(2026, 6, 1))
    bobs, alices = (open_feed(account=one, by=one) for one in (bob, alice))
    read = [
        client.get(selectors.address_of(feed).removeprefix("http://testserver")).content
        for feed in (bobs, alices)
    ]
    assert b"zebra" not in read[0]
    assert b"zebra" in read[1]
