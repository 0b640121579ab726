"""Better or worse: pure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from barnraise.who.communities.amounts import exact, text
from barnraise.who.communities.comparing import Known, standing, trend
from barnraise.who.communities.figure_words import digits
from barnraise.who.communities.sparks import spark


@pytest.mark.parametrize(
    ("value", "other", "direction", "found"),
    [
        (3, 2, "higher", "better"),
        (3, 2, "lower", "worse"),
        (2, 3, "higher", "worse"),
        (2, 3, "lower", "better"),
        (3, 2, "neutral", "higher"),
        (2, 3, "neutral", "lower"),
        (2, 2, "lower", "equal"),
    ],
)
def test_a_value_stands_beside_another(value, other, direction, found):
    assert standing(Decimal(value), Decimal(other), direction=direction) == found


def test_what_lies_inside_the_interval_cannot_be_told_apart():
    assert standing(Decimal(3), Decimal(2), direction="lower", low=Decimal(2), high=Decimal(4)) == "unclear"
    assert standing(Decimal(3), Decimal("1.9"), direction="lower", low=Decimal(2), high=Decimal(4)) == "worse"
    assert standing(Decimal(3), Decimal(2), direction="lower", low=Decimal(2)) == "worse"


def test_a_trend_goes_from_the_first_known_to_the_last():
    points = [Known("2021", Decimal(10)), Known("2022", Decimal(14)), Known("2023", Decimal(12))]
    found = trend(points, direction="lower")
    assert found is not None
    assert (found.since, found.change, found.standing) == ("2021", Decimal(2), "worse")
    assert trend(points[:1], direction="lower") is None
    near = [
        Known("2021", Decimal(10), Decimal(8), Decimal(12)),
        Known("2023", Decimal(13), Decimal(11), Decimal(15)),
    ]
    assert trend(near, direction="lower").standing == "unclear"
    far = [
        Known("2021", Decimal(10), Decimal(8), Decimal(12)),
        Known("2023", Decimal(15), Decimal(13), Decimal(17)),
    ]
    assert trend(far, direction="higher").standing == "better"
    assert (
        trend([Known("2021", Decimal(5)), Known("2022", Decimal(5))], direction="higher").standing == "equal"
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0.17300000000000001", "0.173"),
        ("8351.736549364388", "8351.7365493644"),
        ("72.0", "72"),
        ("4585871", "4585871"),
        ("0", "0"),
        ("-0.50", "-0.5"),
        ("0.00000000001", "0"),
        ("123456789012.123456", "123456789012.123"),
    ],
)
def test_a_number_has_one_form(given, kept):
    assert text(exact(given)) == kept
    assert exact(kept) == exact(given)


@pytest.mark.parametrize("given", ["NaN", "Infinity", "1e15", "-1e20", "ten"])
def test_what_is_no_number_is_refused(given):
    with pytest.raises(ValueError, match="not a number"):
        exact(given)
    assert exact("") is None


def test_numbers_are_shown_in_as_many_places_as_are_worth_reading():
    shown = [
        digits(Decimal(one))
        for one in ("8351.7365", "12345.6", "122.43", "22.449", "7.126", "0.012345", "0", "72")
    ]
    assert shown == ["8,351.7", "12,346", "122.4", "22.4", "7.13", "0.0123", "0", "72"]


def test_a_spark_needs_two_points():
    assert spark([Decimal(1)]) == ""
    assert spark([Decimal(1), Decimal(1)]).count("<polyline") == 1
