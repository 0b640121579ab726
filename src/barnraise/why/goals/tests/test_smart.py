"""SMART letter by letter, rules of aggregation, and the graph of a logic model."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barnraise.foundation.refs import Ref
from barnraise.why.goals.aggregation import aggregate
from barnraise.why.goals.logic import loop, without_way
from barnraise.why.goals.smart import Facts, missing

WHOLE = {
    "measure": "Children",
    "unit": "children",
    "baseline": Decimal(1),
    "target": Decimal(2),
    "has_owner": True,
    "has_need": True,
    "due_on": date(2026, 1, 1),
}


def test_every_missing_letter_is_named_with_the_field_that_mends_it():
    assert missing(Facts(**WHOLE)) == []
    empty = [(one.letter, one.field) for one in missing(Facts())]
    assert empty == [
        ("S", "measure"),
        ("M", "unit"),
        ("M", "baseline"),
        ("A", "target"),
        ("A", "owner"),
        ("R", "need"),
        ("T", "due_on"),
    ]
    for without, letter, field in [
        ({"measure": ""}, "S", "measure"),
        ({"unit": ""}, "M", "unit"),
        ({"baseline": None}, "M", "baseline"),
        ({"target": None}, "A", "target"),
        ({"target": Decimal(1)}, "A", "target"),
        ({"is_up": False}, "A", "target"),
        ({"has_owner": False}, "A", "owner"),
        ({"has_need": False}, "R", "need"),
        ({"due_on": None}, "T", "due_on"),
    ]:
        assert [(one.letter, one.field) for one in missing(Facts(**{**WHOLE, **without}))] == [
            (letter, field)
        ]
    assert missing(Facts(**{**WHOLE, "baseline": Decimal(0), "target": Decimal(-5), "is_up": False})) == []


def line(key, day, value):
    return Ref("people", "person", key), date(2026, 1, day), Decimal(value)


def test_rules_over_rows_worked_by_hand():
    rows = [line(1, 3, "2.5"), line(2, 9, 4), line(1, 9, 1), line(3, 1, -1)]
    worked = {
        "sum": "6.5",
        "mean": "1.625",
        "count": "4",
        "distinct": "3",
        "maximum": "4",
        "minimum": "-1",
        "last": "4",
    }
    assert {rule: aggregate(rule, rows) for rule in worked} == {k: Decimal(v) for k, v in worked.items()}
    of_nothing = {rule: aggregate(rule, []) for rule in worked}
    assert of_nothing == {**dict.fromkeys(worked), "sum": 0, "count": 0, "distinct": 0}
    with pytest.raises(ValueError, match="median"):
        aggregate("median", rows)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 28), st.integers(-999, 999)), min_size=1))
def test_rules_agree_with_the_standard_library_in_any_order(given_rows):
    rows = [line(*one) for one in given_rows]
    values = [value for _key, _day, value in given_rows]
    for turned in (rows, rows[::-1]):
        assert aggregate("sum", turned) == sum(values)
        assert aggregate("mean", turned) == pytest.approx(Decimal(mean(values)), abs=Decimal("0.0001"))
        assert aggregate("maximum", turned) == max(values)
        assert aggregate("distinct", turned) == len({key for key, _day, _value in given_rows})


def is_acyclic(arrows):
    before = {}
    for start, end in arrows:
        before.setdefault(end, set()).add(start)
    try:
        list(TopologicalSorter(before).static_order())
    except CycleError:
        return False
    return True


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_no_arrow_ever_closes_a_loop(wanted):
    kept = []
    for start, end in wanted:
        found = loop(kept, start, end)
        assert (found == []) is is_acyclic([*kept, (start, end)])
        if found:
            assert (found[0], found[-1]) == (start, start)
        else:
            kept.append((start, end))


def test_loops_are_told_as_they_would_run_and_lost_activities_are_found():
    assert loop([], 1, 1) == [1, 1]
    assert loop([(1, 2)], 2, 1) == [2, 1, 2]
    assert loop([(1, 2), (2, 3), (3, 4)], 4, 1) == [4, 1, 2, 3, 4]
    steps = {1: "input", 2: "activity", 3: "activity", 4: "output", 5: "outcome"}
    assert without_way(steps, [(1, 2), (2, 4), (4, 5), (1, 3)]) == [3]
