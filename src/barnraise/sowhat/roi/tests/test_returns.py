"""The formulas of social return against tables worked by hand and properties that any such formula has."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barnraise.sowhat.roi.returns import (
    Range,
    Terms,
    benefit_cost,
    break_even,
    cost_per_outcome,
    discounted,
    gross_ratio,
    impact,
    in_case,
    months_until_covered,
    present_value,
    years,
)

D = Decimal
HAND = Terms(D(100), D(50), D("0.2"), D("0.1"), D("0.25"), D("0.5"), D(3))
shares = st.decimals(0, "0.9", places=2)
terms = st.builds(
    Terms,
    st.decimals(1, 500, places=0),
    st.decimals(1, 900, places=2),
    shares,
    shares,
    shares,
    shares,
    st.integers(1, 12).map(D),
)


def test_a_table_worked_by_hand():
    """100 × 50 = 5,000; less 20 %, 10 % and 25 % is 2,700; then 1,350 and 675. At 10 %: 2,454.545 + 1,115.702 + 507.137."""
    assert impact(HAND) == D(2700)
    assert years(HAND) == [D(2700), D(1350), D(675)]
    assert round(present_value(HAND, D("0.1")), 3) == D("4077.385")
    assert round(present_value(HAND, D("0.1"), discount_first_year=False), 3) == D("4485.124")
    assert gross_ratio(D(4000), D(2000)) == 2
    assert months_until_covered(D(2400), D(1200)) == 6
    assert months_until_covered(D(0), D(1200)) is None
    assert cost_per_outcome(D(3000), D(50)) == 60
    assert cost_per_outcome(D(3000), D(50), D("0.25")) == 80
    assert cost_per_outcome(D(3000), D(0)) is None
    assert cost_per_outcome(D(3000), D(50), D(1)) is None
    assert benefit_cost(D(300), D(200)) == D("1.5")


def test_published_discount_factors():
    """The Green Book's factors at 3.5 % for years 0, 1, 2, 5, 10, 30: 1, 0.9662, 0.9335, 0.8420, 0.7089, 0.3563."""
    for year, factor in (
        (0, "1"),
        (1, "0.9662"),
        (2, "0.9335"),
        (5, "0.8420"),
        (10, "0.7089"),
        (30, "0.3563"),
    ):
        flows = [D(0)] * year + [D(1)]
        assert round(discounted(flows, D("0.035"), first_period=0), 4) == D(factor)


@settings(max_examples=60, deadline=None)
@given(terms, st.decimals("0.01", "0.2", places=3))
def test_properties(one, rate):
    value = present_value(one, rate)
    whole = present_value(one, rate, discount_first_year=False)
    assert abs(whole - value * (1 + rate)) < D("1e-12") * max(1, abs(whole))
    q = (1 - Fraction(one.dropoff)) / (1 + Fraction(rate))
    n = int(one.duration)
    closed = Fraction(impact(one)) / (1 + Fraction(rate)) * ((1 - q**n) / (1 - q) if q != 1 else n)
    assert abs(Fraction(value) - closed) < Fraction(1, 10**9)
    assert present_value(replace(one, deadweight=D(1)), rate) == 0
    assert discounted([D(3), D(4)], D(0)) == 7
    shifted = discounted(years(one), rate, first_period=2)
    assert abs(shifted * (1 + rate) - value) < D("1e-12") * max(1, abs(value))


@settings(max_examples=40, deadline=None)
@given(terms, shares, st.decimals(1, 90, places=0), st.booleans())
def test_the_low_case_is_never_worth_more(one, spread, more, is_harm):
    sign = D(-1) if is_harm else D(1)
    ranges = {
        "quantity": Range(one.quantity, one.quantity, one.quantity + more),
        "proxy": Range(*sorted((sign * one.proxy, sign * one.proxy, sign * (one.proxy + more)))),
        "duration": Range(one.duration, one.duration, one.duration + 2),
        **{
            name: Range(getattr(one, name), getattr(one, name), min(D(1), getattr(one, name) + spread))
            for name in ("deadweight", "displacement", "attribution", "dropoff")
        },
    }
    low, base, high = (present_value(in_case(ranges, case)) for case in ("low", "base", "high"))
    assert low <= base <= high


def test_what_cannot_be_reckoned_is_refused_in_words():
    for wrong, words in (
        ({"deadweight": D(50)}, "Deadweight must be between 0 and 1 .got 50.; enter 50% as 0.5."),
        ({"dropoff": D("-0.1")}, "Drop-off must be between 0 and 1"),
        ({"duration": D(0)}, "Duration must be at least one year."),
        ({"proxy": D("NaN")}, "Proxy must be a finite number."),
    ):
        with pytest.raises(ValueError, match=words):
            replace(HAND, **wrong)
    with pytest.raises(ValueError, match=r"Inputs are zero or negative, so a ratio is not defined."):
        gross_ratio(D(5), D(0))
    with pytest.raises(ValueError, match=r"Discount rate must be above -1."):
        discounted([D(1)], D(-1))
    with pytest.raises(ValueError, match="positive costs"):
        benefit_cost(D(5), D(0))


def test_where_the_ratio_is_one():
    """At the value that is found, what an outcome is worth is what was put in."""
    rate, inputs, others = D("0.035"), D(4000), D(500)
    for name in ("quantity", "proxy", "deadweight", "attribution", "dropoff"):
        even = break_even(HAND, name, others, inputs, rate, discount_first_year=True)
        assert even is not None, name
        worth = present_value(replace(HAND, **{name: even}), rate)
        assert abs(worth + others - inputs) < D("1e-6"), name
    assert break_even(HAND, "duration", others, D(4300), rate, discount_first_year=True) == 2
    assert break_even(HAND, "deadweight", D(0), D(90000), rate, discount_first_year=True) is None
    assert break_even(HAND, "duration", D(0), D(90000), rate, discount_first_year=True) is None
    assert break_even(HAND, "duration", D(0), D(900), rate, discount_first_year=True) is None
