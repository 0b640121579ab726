"""Entries told as sentences: exact words, links by policy, last known titles, keyset, bounded queries."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.translation import ngettext_lazy

from barnraise.foundation.policy import admins, team
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, Entry
from barnraise.plumbing.journal.selectors import Wanted, entries, timeline, verbs
from barnraise.plumbing.journal.services import (
    add_changes,
    arriving_by,
    close_change_set,
    open_change_set,
    record,
)
from barnraise.plumbing.journal.sockets import Sentence, sentences
from barnraise.plumbing.ui.sockets import Described, kinds

pytestmark = pytest.mark.django_db

BARN = Ref("barns", "barn", 7)
SHED = Ref("barns", "barn", 8)


class Word(str):
    """A sentence that is not in the catalogue."""


@pytest.fixture
def barns():
    """A room whose things are called "Barn 7", plugged for one test; `alive` are the keys that exist."""
    alive = {7, 8, 9}
    described = Described(
        noun="barn",
        titles=lambda keys: {key: f"Barn <{key}>" for key in keys if key in alive},
        url=lambda key: f"/barns/{key}/",
        policy=team,
    )
    with ExitStack() as plugs:
        plugs.enter_context(kinds.plugged("barns.barn", described))
        plugs.enter_context(sentences.plugged("barns.raised", Sentence(Word("{who} raised {what}"))))
        plugs.enter_context(sentences.plugged("barns.tied", Sentence(Word("{who} tied {what} to {others}"))))
        plugs.enter_context(
            sentences.plugged(
                "barns.imported",
                Sentence(ngettext_lazy("{who} brought {count} barn", "{who} brought {count} barns", "count")),
            )
        )
        yield alive


def leave(verb, *, by, about, **more):
    with transaction.atomic():
        return record(by=by, verb=verb, about=about, **more)


def test_a_sentence_names_person_and_thing_and_links_it(barns, alice):
    leave("barns.raised", by=alice, about=[BARN], changes={"height": (3, 4), "note": ("", "a <b>")})
    [told] = timeline(BARN, actor=alice).entries
    assert told.plain == "Alice raised Barn <7>"
    assert told.sentence == (
        '<span class="who" translate="no">Alice</span> raised '
        '<a href="/barns/7/" translate="no">Barn &lt;7&gt;</a>'
    )
    assert [(row.field, row.before, row.after) for row in told.rows] == [
        ("height", "3", "4"),
        ("note", "", "a <b>"),
    ]


def test_the_system_and_other_doors_are_named(barns, alice):
    with arriving_by("import"):
        leave("barns.imported", by=None, about=[], details={"count": 1200})
    leave("barns.imported", by=alice, about=[], details={"count": 1})
    second, first = entries(actor=alice).entries
    assert (first.plain, first.way) == ("The system brought 1,200 barns", "by an import")
    assert (second.plain, second.way) == ("Alice brought 1 barn", "")


def test_sentences_are_told_in_the_language_of_the_reader(barns, alice):
    with (
        sentences.plugged("barns.raised", Sentence(Word("{who} levantó {what}"))),
        translation.override("es"),
    ):
        leave("barns.raised", by=alice, about=[BARN])
        assert entries(actor=alice).entries[0].plain == "Alice levantó Barn <7>"


def test_a_kind_the_reader_may_not_open_is_named_by_its_noun_only(barns, alice, ada):
    secret = Described(noun="barn", titles=lambda keys: {7: "Secret"}, url=lambda key: "/x/", policy=admins)
    leave("barns.raised", by=ada, about=[BARN])
    with kinds.plugged("barns.barn", secret):
        assert entries(actor=alice).entries[0].plain == "Ada raised barn"
        assert entries(actor=ada).entries[0].plain == "Ada raised Secret"


def test_a_thing_that_is_gone_keeps_its_last_known_title(barns, alice, bob, ada):
    leave("barns.tied", by=alice, about=[bob, SHED])
    bob_ref = Ref.to(bob)
    bob.name = "Robert"
    leave("barns.raised", by=alice, about=[bob])
    bob.delete()
    newer, older = timeline(bob_ref, actor=ada).entries
    assert (newer.plain, older.plain) == ("Alice raised Robert", "Alice tied Robert to Barn <8>")
    assert 'class="gone"' in newer.sentence
    assert "<a " not in newer.sentence


def test_a_timeline_holds_mentions_and_change_sets_and_nothing_else(barns, alice):
    leave("barns.raised", by=alice, about=[BARN])
    leave("barns.raised", by=alice, about=[SHED])
    with transaction.atomic():
        batch = open_change_set(by=alice, verb="barns.imported")
        change = Change(kind="barns.barn", key=7, action="u", before={"height": 3}, after={"height": 5})
        add_changes(change_set=batch, changes=[change])
        close_change_set(change_set=batch)
        record(by=alice, verb="barns.imported", about=[], details={"count": 1}, change_set=batch)
    found = timeline(BARN, actor=alice).entries
    assert [told.plain for told in found] == ["Alice brought 1 barn", "Alice raised Barn <7>"]
    assert [(row.field, row.before, row.after) for row in found[0].rows] == [("height", "3", "5")]
    assert found[0].change_set == batch.pk


def test_a_timeline_is_walked_to_its_end_by_keyset(barns, alice):
    made = [leave("barns.raised", by=alice, about=[BARN]).pk for _ in range(7)]
    seen, before = [], None
    for _ in range(3):
        page = timeline(BARN, actor=alice, limit=3, before=before)
        seen.append([told.id for told in page.entries])
        before = page.following
    assert seen == [made[6:3:-1], made[3:0:-1], made[:1]]
    assert before is None


def test_a_timeline_of_twenty_asks_no_more_than_one_of_two(barns, alice, django_assert_num_queries):
    for _ in range(2):
        leave("barns.tied", by=alice, about=[BARN, SHED])
    with django_assert_num_queries(4):
        assert len(timeline(BARN, actor=alice).entries) == 2
    for _ in range(18):
        leave("barns.tied", by=alice, about=[BARN, SHED])
    with django_assert_num_queries(4):
        assert len(timeline(BARN, actor=alice).entries) == 20


def test_entries_are_filtered_by_person_part_verb_and_day(barns, alice, bob):
    old = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    with transaction.atomic():
        record(by=bob, verb="barns.raised", about=[BARN], at=old)
    leave("barns.tied", by=alice, about=[BARN, SHED])
    leave("profile.changed", by=None, about=[])

    def ask(**wanted):
        return [told.verb for told in entries(actor=alice, wanted=Wanted(**wanted)).entries]

    assert ask() == ["profile.changed", "barns.tied", "barns.raised"]
    assert ask(person=bob.pk) == ["barns.raised"]
    assert ask(person=0) == ["profile.changed"]
    assert ask(room="profile") == ["profile.changed"]
    assert ask(verb="barns.tied") == ["barns.tied"]
    assert ask(day=old.date()) == ["barns.raised"]


def test_every_verb_can_be_chosen_in_words(barns):
    assert dict(verbs("barns")) == {
        "barns.raised": "… raised …",
        "barns.tied": "… tied … to …",
        "barns.imported": "… brought … barns",
    }


def test_the_page_shows_filters_and_csv(barns, alice, vera, petra, logged_in):
    leave("barns.raised", by=alice, about=[BARN])
    leave("barns.tied", by=None, about=[BARN, SHED])
    page = logged_in(vera).get("/journal/", {"person": alice.pk})
    assert page.status_code == 200
    assert b"raised" in page.content
    assert b"tied" not in page.content.split(b'class="timeline"')[1]
    table = b"".join(logged_in(vera).get("/journal/entries.csv").streaming_content).decode()
    lines = table.lstrip("\ufeff").split("\r\n")
    assert lines[0] == "at,who,sentence,way,room,verb"
    assert lines[1].split(",")[1:] == [
        "The system",
        "The system tied Barn <7> to Barn <8>",
        "",
        "barns",
        "barns.tied",
    ]
    assert len(lines) == 4
    for address in ("/journal/", "/journal/entries.csv", "/journal/of/barns.barn:7/"):
        assert logged_in(petra).get(address).status_code == 403
        assert logged_in(None).get(address).status_code == 302


def test_a_cell_is_never_a_formula(barns, alice, logged_in):
    alice.name = "=HYPERLINK(1)"
    alice.save(update_fields=["name"])
    leave("barns.raised", by=alice, about=[BARN])
    table = b"".join(logged_in(alice).get("/journal/entries.csv").streaming_content).decode()
    assert ",'=HYPERLINK(1),'=HYPERLINK(1) raised" in table


def test_the_rest_of_a_timeline_comes_as_a_fragment(barns, vera, logged_in):
    for _ in range(40):
        leave("barns.raised", by=vera, about=[BARN])
    page = logged_in(vera).get("/journal/of/barns.barn:7/")
    assert page.content.count(b'class="told"') == 30
    before = Entry.objects.order_by("-id")[29].pk
    assert f"?before={before}".encode() in page.content
    part = logged_in(vera).get(f"/journal/of/barns.barn:7/?before={before}", headers={"HX-Request": "true"})
    assert part.content.count(b'class="told"') == 10
    assert b"<html" not in part.content
    assert logged_in(vera).get("/journal/of/nonsense/").status_code == 404
