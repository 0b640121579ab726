"""Walking the thread: loops end, wide fans are counted, what may not be opened is not named."""

from __future__ import annotations

import re
from contextlib import ExitStack

import pytest

from barnraise.foundation.policy import admins, team
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import Described, Fan, LooseEnd, Thread, kinds, loose_ends, threads
from barnraise.plumbing.ui.threads import steps
from barnraise.why.needs.services import add_need

pytestmark = pytest.mark.django_db


def ref(model, key):
    return Ref("town", model, key)


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def town():
    """wells ← pumps ← drops, a loop among pumps, ten thousand drops, and letters that only admins open."""
    words = {"well": "Well", "pump": "Pump", "drop": "Drop", "letter": "Letter"}

    def described(model, policy):
        return Described(
            model,
            lambda keys: {key: f"{words[model]} {key}" for key in keys if key < 9000},
            lambda key: f"/{model}/{key}/",
            policy,
        )

    drops = Fan([ref("drop", key) for key in range(1, 51)], 10_000)
    plugs = {
        "town.well": Thread(downstream=lambda one: [ref("pump", 1)]),
        "town.pump": Thread(
            upstream=lambda one: [ref("well", 1)] if one.id == 1 else [ref("pump", 1)],
            downstream=lambda one: [ref("pump", 2), ref("pump", 9001)] if one.id == 1 else [ref("pump", 1)],
        ),
        "town.pump@drops": Thread(downstream=lambda one: drops if one.id == 2 else ()),
        "town.pump@letters": Thread(upstream=lambda one: [ref("letter", 1), ref("letter", 2)]),
    }
    with ExitStack() as stack:
        for model in words:
            policy = admins if model == "letter" else team
            stack.enter_context(kinds.plugged(f"town.{model}", described(model, policy)))
        for name, plug in plugs.items():
            stack.enter_context(threads.plugged(name, plug))
        stack.enter_context(
            loose_ends.plugged(
                "town.dry",
                LooseEnd("Dry pumps", "Dig.", team, lambda most: (31, [ref("pump", 1), ref("letter", 1)])),
            )
        )
        yield


def test_loops_end_and_fans_are_counted(town, alice):
    levels = steps(ref("well", 1), "downstream", actor=alice, depth=9, shown=5)
    assert [[one.title for one in level.things] for level in levels] == [
        ["Pump 1"],
        ["Pump 2"],
        [f"Drop {key}" for key in range(1, 6)],
    ]
    assert [level.more for level in levels] == [0, 0, 9995], (
        "a thing that is gone is left out, the rest is counted"
    )
    assert steps(ref("drop", 1), "downstream", actor=alice, depth=9) == []


def test_what_a_reader_may_not_open_is_counted_and_not_named(town, alice, ada):
    (level, further) = steps(ref("pump", 2), "upstream", actor=alice, depth=9)
    assert ([one.title for one in level.things], level.hidden) == (["Pump 1"], 2)
    assert [one.title for one in further.things] == ["Well 1"]
    (level, _further) = steps(ref("pump", 2), "upstream", actor=ada, depth=9)
    assert (sorted(one.title for one in level.things), level.hidden) == (
        ["Letter 1", "Letter 2", "Pump 1"],
        0,
    )


def test_pages_of_the_thread(town, alice, petra, logged_in):
    browser = logged_in(alice)
    page = browser.get("/trace/town.pump:2/")
    said = text(page)
    assert "2 that you may not open" in said
    assert "Letter" not in said
    assert "and 9951 more" in said.replace(",", ""), "fifty of pump 1 and the drops are named"
    assert 'href="/trace/town.pump:1/"' in page.content.decode()
    assert browser.get("/trace/town.letter:1/").status_code == 404, (
        "whoever may not open it does not learn that it is there"
    )
    for wrong in ("town.pump:9001", "nonsense", "town.castle:1"):
        assert browser.get(f"/trace/{wrong}/").status_code == 404, wrong
    loose = text(browser.get("/broken-threads/"))
    assert "Dry pumps 31 Dig. Pump 1 and 29 more 1 that you may not open" in loose
    assert "No thread is begun yet" not in loose
    for path in ("/trace/town.pump:2/", "/broken-threads/"):
        assert logged_in(petra).get(path).status_code == 403


def test_an_empty_installation_is_told_how_a_thread_begins(alice, vera, logged_in):
    page = logged_in(alice).get("/broken-threads/").content.decode()
    assert "No thread is begun yet" in page
    assert "Every thread holds" not in page
    assert 'href="/why/needs/add/"' in page
    assert 'href="/why/needs/add/"' not in logged_in(vera).get("/broken-threads/").content.decode()
    add_need(title="Buses in the evening", by=alice)
    assert "Every thread holds" in logged_in(alice).get("/broken-threads/").content.decode()
