"""However a list is read (found and sorted, walked and tested, or given up walking), it shows the same rows in the same order."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.lists import BooleanFilter, ChoiceFilter, SubqueryFilter, TextFilter, lists
from barnraise.plumbing.ui.lists.keyset import Order, batches, ordered, page
from barnraise.plumbing.ui.lists.plans import Plan
from barnraise.plumbing.ui.lists.selection import capped_count, read

from .list_of_people import URL, fill, mounted, people

PLANS = "barnraise.plumbing.ui.lists.plans"
WAYS = {
    "found": {"FEW": 10_000},
    "walked": {"FEW": -1},
    "given up": {"FEW": -1, "SHORT": 2, "WALKED": 2},
    "together": {"FEW": 1, "SHORT": 2, "TOGETHER": 7},
    "the fewest": {"FEW": 1, "SHORT": 2, "LISTED": 11},
    "too many": {"FEW": 1, "SHORT": 2, "TOGETHER": 2},
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
            with patch.multiple(PLANS, _sizes={}, **WAYS[way]):
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
        with (
            patch.multiple(PLANS, _sizes={}, **limits),
            patch("barnraise.plumbing.ui.lists.filters.CAP", limits["CAP"]),
        ):
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


def test_what_rows_are_annotated_with_is_not_worked_out_to_count_them(db):
    fill(12)
    others = Account.objects.filter(role=OuterRef("role")).values("role").annotate(many=Count("pk"))
    rows = Account.objects.annotate(dear=Subquery(others.values("many")))
    with CaptureQueriesContext(connection) as asked:
        assert capped_count(rows, 9) == (9, True)
        assert capped_count(rows.filter(dear__gt=99), 9) == (0, False)
    assert ["dear" in one["sql"] or "many" in one["sql"] for one in asked] == [False, True]


def test_of_many_rows_some_are_asked_for_the_other_filters(db):
    _town(20)
    count, is_more = _counted("role=viewer&active=1", CAP=5, FEW=4)
    assert is_more
    assert 1 <= count <= 4  # of four viewers at most three are not active


def test_common_filters_that_few_rows_pass_together_are_intersected_and_nothing_is_walked(db):
    """Of 20, 13 are viewers and 5 are not active; 3 are both."""
    _town(20)
    try:
        asked = read(people(), QueryDict("role=viewer&active=0"))
        whole = [row.pk for row in ordered(asked.rows(None), Order("name"))]
        limits = {"FEW": 4, "SHORT": 2, "LISTED": 15, "_sizes": {}}
        with patch.multiple(PLANS, **limits), CaptureQueriesContext(connection) as seen:
            plan = Plan.of(asked, None)
            assert [row.pk for row in plan.take(Order("name"), None, 2)] == whole[:2]
            assert plan.count() == (3, False)
        assert len(whole) == 3
        said = [query["sql"] for query in seen.captured_queries]
        # How many each lets through, and lists; the highest key; keys of both; those of this list; the page.
        assert len(said) == 8
        assert ("INTERSECT" if connection.vendor == "sqlite" else " IN (SELECT") in said[5]
        assert " LIKE " not in said[5]
    finally:
        lists._plugs.pop("test-people", None)


def test_common_filters_that_many_rows_pass_together_are_told_as_at_least_that_many(db):
    """13 of 20 are viewers, 15 are active, 10 both."""
    _town(20)
    Account.objects.exclude(email__endswith="@people.test").delete()
    role = ChoiceFilter("role", "Role", options=Account._meta.get_field("role").choices)
    active = BooleanFilter("active", "Active", condition=Q(is_active=True))
    with patch.multiple(PLANS, FEW=4, CAP=5, SHORT=1, TOGETHER=4, _sizes={}):
        plan = Plan(Account.objects.all(), [(role, ["viewer"]), (active, "1")])
        assert len(plan.take(Order("name"), None, 20)) == 10
        assert plan.count() == (4, True)


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


def test_names_that_others_than_this_table_find_are_tested_before_anything_is_walked_far(db):
    rows = fill(20)
    for at, row in enumerate(rows):
        row.role = "viewer" if at % 2 else "admin"
    Account.objects.bulk_update(rows, ["role"])
    found = [row.pk for row in rows[4:10]]
    called = TextFilter(
        "called", "Called", field="name", is_folded=False, finder=lambda text, most: found[:most]
    )
    role = ChoiceFilter("role", "Role", options=Account._meta.get_field("role").choices)
    with (
        patch.multiple(PLANS, FEW=3, SHORT=2, WALKED=3, _sizes={}),
        patch("barnraise.plumbing.ui.lists.filters.FEW", 3),  # all six are asked for all the same
    ):
        plan = Plan(
            Account.objects.filter(email__endswith="@people.test"), [(called, "name"), (role, ["viewer"])]
        )
        assert [row.name for row in plan.take(Order("name", is_descending=True), None, 2)] == [
            "name 00009",
            "name 00007",
        ]
        assert plan.count() == (3, False)


def test_a_no_is_taken_as_all_but_those_who_say_yes_where_they_are_fewer(db):
    """Of 20, 7 are admins, 5 are not active; 2 admins are not."""
    _town(20)
    Account.objects.exclude(email__endswith="@people.test").delete()
    role = ChoiceFilter("role", "Role", options=Account._meta.get_field("role").choices)
    active = BooleanFilter("active", "Active", condition=Q(is_active=True))
    with (
        patch.multiple(PLANS, FEW=4, SHORT=1, LISTED=7, _sizes={}),
        CaptureQueriesContext(connection) as seen,
    ):
        plan = Plan(Account.objects.all(), [(role, ["admin"]), (active, "1")])
        assert [row.name for row in plan.take(Order("name"), None, 20)] == sorted(
            row.name for row in Account.objects.filter(role="admin", is_active=True)
        )
        assert plan.count() == (5, False)
    word = "EXCEPT" if connection.vendor == "sqlite" else "NOT EXISTS"
    assert sum(word in query["sql"] for query in seen.captured_queries) == 1
