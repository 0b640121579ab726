"""Walking a list by keys gives every row exactly once, in order, both ways, whatever the values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.lists.keyset import Order, Position, batches, ordered, pack, page, unpack

START = datetime(2026, 1, 1, tzinfo=UTC)
VALUES = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", "é", "zz"]), st.one_of(st.none(), st.integers(0, 3))),
    max_size=14,
)
ORDERS = st.sampled_from(["name", "-name", "last_login", "-last_login", "pk", "-pk"])


def _make(values):
    Account.objects.bulk_create(
        Account(
            email=f"n{at}@example.org",
            name=name,
            last_login=None if day is None else START + timedelta(days=day),
        )
        for at, (name, day) in enumerate(values)
    )


class TestWalking(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(VALUES, ORDERS, st.integers(1, 5))
    def test_pages_forwards_then_backwards_are_the_whole_list(self, values, text, size):
        _make(values)
        order = Order.parse(text)
        whole = list(ordered(Account.objects.all(), order).values_list("pk", flat=True))
        forwards, cursors, cursor = [], [], ""
        while True:
            found = page(Account.objects.all(), order, cursor, size)
            forwards.append([row.pk for row in found.rows])
            cursors.append(found.previous)
            cursor = found.next
            if not cursor:
                break
        assert [pk for rows in forwards for pk in rows] == whole
        at = len(forwards) - 1
        while cursors[at] and at:
            back = page(Account.objects.all(), order, cursors[at], size)
            at -= 1
            assert [row.pk for row in back.rows] == forwards[at]
            assert bool(back.previous) == (at > 0)
        assert [row.pk for batch in batches(Account.objects.all(), order, 3) for row in batch] == whole


@pytest.mark.parametrize(
    "cursor", ["x", "AAAA", "W10", "é", pack(Position("a", -1)), pack(Position("a\x00", 1)), "A" * 5000]
)
def test_a_strange_cursor_is_the_first_page(db, cursor):
    _make([("a", 1), ("b", 2)])
    assert [row.name for row in page(Account.objects.all(), Order("name"), cursor, 1).rows] == ["a"]


def test_a_cursor_keeps_dates(db):
    place = Position(START, 7, True)
    assert unpack(pack(place), Account, Order("last_login")) == place
