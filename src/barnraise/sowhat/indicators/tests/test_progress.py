"""Periods of the calendar, and how far a value is on its path (METHODS 9.1)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barnraise.foundation.periods import Period
from barnraise.sowhat.indicators.progress import Path, expected, planned, progress, state
from barnraise.sowhat.indicators.spans import span_of, spans

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))


def path(baseline, target, **more):
    days = {"baseline_on": date(2025, 1, 1), "target_on": date(2026, 1, 1)}
    return Path(baseline=Decimal(baseline), target=Decimal(target), **{**days, **more})


def test_progress_of_rising_and_falling_targets():
    assert progress(path(40, 20), Decimal(25)) == Decimal("0.75"), "the example of the method"
    assert progress(path(100, 200), Decimal(150)) == Decimal("0.5")
    assert progress(path(100, 200), Decimal(90)) == Decimal("-0.1")
    assert progress(path(100, 200), Decimal(250)) == Decimal("1.5")
    assert progress(path(5, 5), Decimal(5)) is None
    assert progress(Path(None, None, Decimal(5), None), Decimal(5)) is None


@given(
    st.integers(-999, 999),
    st.integers(-999, 999),
    st.integers(-999, 999),
    st.integers(1, 99),
    st.integers(-9, 9),
)
def test_another_unit_changes_no_progress(baseline, target, actual, factor, shift):
    here = progress(path(baseline, target), Decimal(actual))
    there = progress(
        path(baseline * factor + shift, target * factor + shift), Decimal(actual * factor + shift)
    )
    assert (here is None) is (baseline == target)
    assert here is there is None or abs(here - there) < Decimal("1e-20")


def test_what_is_expected_by_now_and_the_limits_of_the_indicator():
    half = date(2025, 7, 2)
    assert expected(path(0, 100), half) == Decimal(182) / Decimal(365)
    assert (expected(path(0, 100), date(2024, 1, 1)), expected(path(0, 100), date(2030, 1, 1))) == (0, 1)
    assert planned(path(0, 365), half) == 182
    assert planned(path(0, 365, target_on=None), half) is None
    end = date(2026, 1, 1)
    told = [state(path(0, 100), Decimal(value), end) for value in (95, 94, 80, 79, -5)]
    assert told == ["on", "slow", "slow", "off", "off"]
    falling = [state(path(100, 0), Decimal(value), end) for value in (5, 6, 20, 21)]
    assert falling == ["on", "slow", "slow", "off"]
    assert state(path(0, 100, green_from=Decimal("0.5")), Decimal(50), end) == "on"
    assert state(path(0, 100), Decimal(0), date(2025, 1, 1)) == "early"
    assert state(path(0, 100), None, end) == state(path(7, 7), Decimal(7), end) == "unknown"


@given(DAYS, st.sampled_from(["month", "quarter", "year"]))
def test_periods_tile_the_calendar(day, frequency):
    here = span_of(frequency, day)
    assert here.begins <= day <= here.ends
    assert here.begins.day == 1
    following = span_of(frequency, here.ends + timedelta(days=1))
    assert following.begins == here.ends + timedelta(days=1)
    assert span_of(frequency, here.begins) == span_of(frequency, here.ends) == here


def test_periods_worked_by_hand():
    assert span_of("quarter", date(2024, 2, 29)) == Period(date(2024, 1, 1), date(2024, 3, 31))
    found = spans("quarter", date(2025, 11, 5), date(2026, 5, 1))
    assert [str(one) for one in found] == [
        "2025-10-01/2025-12-31",
        "2026-01-01/2026-03-31",
        "2026-04-01/2026-06-30",
    ]
    assert len(spans("month", date(1950, 1, 1), date(2026, 5, 1))) == 60
    with pytest.raises(KeyError):
        span_of("week", date(2026, 1, 1))
