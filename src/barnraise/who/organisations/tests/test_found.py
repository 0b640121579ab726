"""Services, gives and seeks are found by their words at once, and never after they went."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from barnraise.plumbing.journal.models import Entry
from barnraise.plumbing.journal.services import close_change_set, open_change_set, undo
from barnraise.plumbing.search.models import SearchDocument
from barnraise.plumbing.search.selectors import find
from barnraise.plumbing.search.services import compare_counts
from barnraise.who.organisations.documents import Offered, OrganisationDocument
from barnraise.who.organisations.exchanges import ExchangeDocument
from barnraise.who.organisations.models import Exchange
from barnraise.who.organisations.services import (
    add_service,
    change_exchange,
    change_organisation,
    change_service,
    register_exchange,
    register_organisation,
    remove_exchange,
    remove_many,
    remove_service,
)

SERVICE, EXCHANGE = "organisations.service", "organisations.exchange"
TUTORING = Offered(ref="t", name="Tutoring", description="After school", languages=("es",))
HALL = ExchangeDocument("gives", "space", "Parish hall", condition="Leave it clean")


@pytest.fixture
def church(bob):
    return register_organisation(OrganisationDocument(name="St Mark's", services=(TUTORING,)), by=bob)


def _found(words, actor):
    return {
        (hit.ref.kind, hit.title) for hit in find(words, actor=actor) if hit.ref.kind in {SERVICE, EXCHANGE}
    }


def test_it_is_found_from_the_moment_it_is_written_until_it_goes(church, bob, alice):
    hall = register_exchange(church, HALL, by=bob)
    choir = add_service(church, Offered(ref="", name="Choir", areas=("Old Mill",)), by=bob)
    for words, found in (
        ("tutor", {(SERVICE, "Tutoring")}),
        ("español", {(SERVICE, "Tutoring")}),
        ("mill", {(SERVICE, "Choir")}),
        ("clean parish", {(EXCHANGE, "Parish hall")}),
        ("mark", {(SERVICE, "Tutoring"), (SERVICE, "Choir"), (EXCHANGE, "Parish hall")}),
    ):
        assert _found(words, bob) == found, words
    change_organisation(church, by=bob, name="St Luke's")
    assert _found("mark", bob) == set()
    assert len(_found("luke", bob)) == 3
    change_service(choir, replace(TUTORING, ref="", name="Singing"), by=bob)
    change_exchange(hall, by=bob, what="Hall with a kitchen")
    assert _found("choir", bob) == _found("parish", bob) == set()
    assert _found("kitchen", bob) == {(EXCHANGE, "Hall with a kitchen")}
    remove_service(choir, by=bob)
    assert _found("singing", bob) == set()
    change_set = open_change_set(by=alice, verb="organisations.removed_many")
    remove_many([church.pk], by=alice, change_set=change_set)
    close_change_set(change_set=change_set)
    assert not SearchDocument.objects.exclude(kind__startswith="communities").exists()
    undo(change_set=change_set, by=alice)
    assert _found("luke", bob) == {(SERVICE, "Tutoring"), (EXCHANGE, "Hall with a kitchen")}
    remove_exchange(Exchange.objects.get(), by=bob)
    assert _found("kitchen", bob) == set()
    assert compare_counts() == {}


def test_many_ended_removed_and_undone_stay_found_as_they_are(church, bob, alice, logged_in):
    hall = register_exchange(church, HALL, by=bob)
    ticked = {"key": [str(hall.pk)], "query": "", "answered": "1"}
    url = reverse("organisations:exchanges")
    logged_in(alice).post(url, {"action": "remove", **ticked})
    assert _found("parish", bob) == set()
    undo(change_set=Entry.objects.get(verb="organisations.exchanges_removed").change_set, by=alice)
    assert _found("parish", bob) == {(EXCHANGE, "Parish hall")}


def test_words_in_too_many_rows_are_shown_newest_first_and_said_so(church, bob, logged_in, monkeypatch):
    monkeypatch.setattr("barnraise.plumbing.search.selectors.matching.ENOUGH", 3)
    for what in ("Hall B", "Hall C", "Hall A", "Stage"):
        register_exchange(church, ExchangeDocument("gives", "space", what), by=bob)
    browser, url = logged_in(bob), reverse("organisations:exchanges")

    def shown(**query):
        page = browser.get(url, query)
        return [row.what for row in page.context["found"].rows], "Newest first:" in page.content.decode()

    assert shown(what="hall") == (["Hall A", "Hall C", "Hall B"], True)
    assert shown(what="hall", sort="kind") == (["Hall B", "Hall C", "Hall A"], False)
    assert shown(what="hall b") == (["Hall B"], False)
    file = b"".join(browser.get(url, {"what": "hall", "export": "csv"})).decode()
    assert [line.split(",")[0] for line in file.splitlines()[1:]] == ["Hall A", "Hall B", "Hall C"]
