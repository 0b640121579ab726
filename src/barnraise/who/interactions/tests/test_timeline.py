"""The one timeline: strands laid together, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from barnraise.foundation.refs import Ref
from barnraise.who.interactions import timeline
from barnraise.who.interactions.merging import OVER, merged, pack, unpack
from barnraise.who.interactions.models import NextStep
from barnraise.who.interactions.services import add_next_step, finish_next_step, log_interaction
from barnraise.who.interactions.sockets import strands
from barnraise.who.people.services import change_person

MAY = datetime(2026, 5, 3, 14, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    at: int
    place: str
    name: str


def _read(items, after, most):
    start = 0 if not after else next(at for at, one in enumerate(items) if one.place == after) + 1
    return items[start : start + most]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from("abc"), st.lists(st.integers(0, 6), max_size=12), max_size=3),
    st.integers(1, 5),
)
def test_pages_show_everything_once_and_in_order(times, most):
    strands = {
        name: [Item(at, f"{name}{place}", name) for place, at in enumerate(sorted(found, reverse=True))]
        for name, found in times.items()
    }
    shown, places = [], {}
    for _page in range(60):
        asked = {
            name: _read(items, places.get(name, ""), most + 1)
            for name, items in strands.items()
            if places.get(name) != OVER
        }
        page, going = merged(asked, places, most)
        shown += page
        if going is None:
            break
        assert len(page) == most
        places = unpack(pack({**{n: p for n, p in places.items() if p == OVER}, **going}))
    assert sorted(one.place for one in shown) == sorted(
        one.place for items in strands.values() for one in items
    )
    assert [one.at for one in shown] == sorted((one.at for one in shown), reverse=True)


def test_words_of_an_address_that_nobody_gave_are_the_beginning():
    for strange in ("", "%%%", "bnVsbA", pack({}), "W10", "eyJhIjoxfQ"):
        assert unpack(strange) == {}


def test_talks_steps_and_changes_stand_in_one_line_of_time(ana, bob, logged_in):
    log_interaction(by=bob, text="First words", people=[ana], happened_at=MAY)
    log_interaction(
        by=bob, kind="mail", text="Second words", people=[ana], happened_at=MAY + timedelta(days=1)
    )
    step = add_next_step(by=bob, text="Send the flyer", person=ana)
    finish_next_step(step, by=bob)
    change_person(ana, by=bob, about="Knows everybody.")
    page = timeline.read(Ref.to(ana), actor=bob, most=10)
    items = page.items
    order = ["Send the flyer", "Second words", "First words"]
    assert [items.index(words) for words in order] == sorted(items.index(words) for words in order)
    assert "changed" in items
    assert page.following == ""
    only = {
        show: timeline.read(Ref.to(ana), actor=bob, most=10, show=show).count
        for show in ("mail", "note", "steps", "call")
    }
    assert only == {"mail": 1, "note": 1, "steps": 1, "call": 0}
    assert timeline.read(Ref.to(ana), actor=bob, most=10, show="changes").count == page.count - 3


def test_it_is_walked_to_its_end_without_gaps(ana, pantry, bob, logged_in):
    for number in range(30):
        log_interaction(
            by=bob, text=f"words-{number:02d}", people=[ana], happened_at=MAY - timedelta(days=number // 3)
        )
    browser, seen, address = logged_in(bob), [], reverse("interactions:timeline", args=[str(Ref.to(ana))])
    after = ""
    for _page in range(9):
        part = browser.get(address, {"after": after}, headers={"HX-Request": "true"}).content.decode()
        seen += [word[:8] for word in part.split('translate="no">') if word.startswith("words-")]
        if "after=" not in part:
            break
        after = part.split("after=")[1].split('"')[0]
    assert len(seen) == len(set(seen)) == 30
    assert sorted(seen, key=lambda word: int(word[6:]) // 3) == seen


def test_few_and_many_cost_the_same(ana, bob):
    counts = []
    for size in (7, 40):
        for number in range(size):
            log_interaction(by=bob, text="x", people=[ana], happened_at=MAY - timedelta(hours=number))
            step = add_next_step(by=bob, text="y", person=ana)
            finish_next_step(step, by=bob)
        with CaptureQueriesContext(connection) as asked:
            timeline.read(Ref.to(ana), actor=bob)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9 + len(list(strands))
    assert NextStep.objects.count() == 47


def test_a_strange_subject_is_not_there(ana, bob, petra, logged_in):
    for ref in ("people.person:0", "people.person:99999999999999999999", "accounts.account:1", "nonsense"):
        assert logged_in(bob).get(reverse("interactions:timeline", args=[ref])).status_code == 404
    assert logged_in(petra).get(reverse("interactions:timeline", args=[str(Ref.to(ana))])).status_code == 403
    strange = logged_in(bob).get(
        reverse("interactions:timeline", args=[str(Ref.to(ana))]), {"after": "%00", "show": "\x00"}
    )
    assert strange.status_code == 200


def test_an_upper_room_lays_its_own_strand_in(ana, bob):
    from barnraise.foundation.html import el
    from barnraise.foundation.policy import team
    from barnraise.who.interactions.sockets import Moment, Strand

    def read(ref, *, actor, after, most, only):
        return [] if after else [Moment(MAY, "1", lambda: el("li", "Shook hands"))]

    with strands.plugged("test.hands", Strand(team, read, (("hands", "Hands"),)), order=90):
        assert "Shook hands" in timeline.read(Ref.to(ana), actor=bob, most=20).items
        assert timeline.read(Ref.to(ana), actor=bob, show="hands").count == 1
