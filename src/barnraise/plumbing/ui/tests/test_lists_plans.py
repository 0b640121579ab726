"""However a list is read (found and sorted, walked and tested, or given up walking), it shows the same rows in the same order."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.lists import SubqueryFilter, TextFilter, lists
from barnraise.plumbing.ui.lists.keyset import Order, batches, ordered, page
from barnraise.plumbing.ui.lists.plans import Plan
from barnraise.plumbing.ui.lists.selection import read

from .list_of_people import URL, fill, mounted, people

PLANS = "barnraise.plumbing.ui.lists.plans"
WAYS = {
    "found": {"FEW": 10_000},
    "walked": {"FEW": -1},
    "given up": {"FEW": -1, "WALKED": 2},
}
QUERIES = st.lists(
    st.sampled_from(
        ["role=viewer", "role=admin", "role=viewer&role=admin", "active=1", "active=0", "called=1", "called=01",
         "near=a", "near=b", "near=a&near=b", "seen_from=2026-01-05", "key_from=1", "called=zzz"]
    ),
    max_size=3,
    unique_by=lambda query: query.partition("=")[0],
)  # fmt: skip
ORDERS = st.sampled_from(["name", "-name", "email", "role", "-role", "last_login", "-last_login"])


def _town(count):
    rows = fill(count)
    for at, row in enumerate(rows):
        row.role = "viewer" if at % 3 else "admin"
        row.is_active = at % 4 > 0
        row.name = ("anna", "ben", "carl")[at % 3] + f" {at}"
    Account.objects.bulk_update(rows, ["role", "is_active", "name"])


class TestPlans(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(QUERIES, ORDERS, st.sampled_from(sorted(WAYS)), st.integers(1, 6))
    def test_every_way_gives_the_rows_of_the_filters_in_order(self, queries, order, way, size):
        _town(20)
        try:
            asked = read(people(), QueryDict("&".join(queries)))
            assert asked.problems == []
            by = Order.parse(order)
            whole = [row.pk for row in ordered(asked.rows(None), by)]
            with patch.multiple(PLANS, **WAYS[way]):
                plan, walked, cursor = Plan.of(asked, None), [], ""
                while True:
                    found = page(plan, by, cursor, size)
                    walked += [row.pk for row in found.rows]
                    cursor = found.next
                    if not cursor:
                        break
                assert walked == whole
                assert [row.pk for batch in batches(plan, by, 3) for row in batch] == whole
                assert plan.count() == (len(whole), False)
        finally:
            lists._plugs.pop("test-people", None)


def _counted(query, **limits):
    try:
        with patch.multiple(PLANS, **limits), patch("barnraise.plumbing.ui.lists.filters.CAP", limits["CAP"]):
            return Plan.of(read(people(), QueryDict(query)), None).count()
    finally:
        lists._plugs.pop("test-people", None)


@pytest.mark.parametrize(
    ("query", "cap", "counted"),
    [
        ("role=viewer", 20, (13, False)),
        ("role=viewer", 12, (12, True)),
        ("role=viewer&active=1", 13, (10, False)),
    ],
)
def test_counts_are_exact_up_to_the_cap_and_never_too_high_beyond_it(db, query, cap, counted):
    """13 of 20 are viewers, 15 are active, 10 both."""
    _town(20)
    assert _counted(query, CAP=cap, FEW=3) == counted


def test_of_many_rows_some_are_asked_for_the_other_filters(db):
    _town(20)
    count, is_more = _counted("role=viewer&active=1", CAP=5, FEW=4)
    assert is_more
    assert 1 <= count <= 4  # of four viewers at most three are not active


def test_the_words_of_a_name_are_looked_up_where_somebody_knows_them(db):
    rows = fill(20)
    asked = []

    def finder(text, most):
        asked.append((text, most))
        return [rows[3].pk, rows[4].pk]

    filter_ = TextFilter("called", "Called", field="name", is_folded=False, finder=finder)
    with CaptureQueriesContext(connection) as seen:
        plan = Plan(Account.objects.filter(email__endswith="@people.test"), [(filter_, "00003")])
        assert [row.pk for row in plan.take(Order("name"), None, 50)] == [rows[3].pk]
        assert plan.count() == (1, False)
    assert asked == [("00003", 2_501)]
    assert len(seen) == 2


def test_a_common_filter_walks_the_order_and_collects_no_keys(db):
    fill(20)
    near = SubqueryFilter(
        "near", "Near", subquery=lambda one: Account.objects.filter(name__startswith=one).values("pk")
    )
    with patch.multiple(PLANS, FEW=5, WALKED=100), CaptureQueriesContext(connection) as seen:
        found = Plan(Account.objects.filter(email__endswith="@people.test"), [(near, ["name"])]).take(
            Order("name"), None, 5
        )
    assert [row.name for row in found] == [f"name {at:05}" for at in range(5)]
    assert "EXISTS" in seen.captured_queries[-1]["sql"]
    assert len(seen) == 3


def test_a_page_with_more_than_the_cap_says_so(db, alice, logged_in):
    fill(60, role="viewer")
    with (
        mounted(people()),
        patch.multiple(PLANS, FEW=10, CAP=20),
        patch("barnraise.plumbing.ui.lists.filters.CAP", 20),
    ):
        shown = logged_in(alice).get(URL + "?role=viewer").content.decode()
    assert '<strong class="number"><span class="number">50</span>+</strong>' in shown
