"""The basic priority rating, by hand and by its properties."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from barnraise.why.needs.hanlon import Rating, basic, faults, priority, ranks

ALL_YES = (True,) * 5


def rating(size, seriousness, effectiveness, pearl=ALL_YES):
    return Rating(Decimal(size), Decimal(seriousness), Decimal(effectiveness), pearl)


def test_the_formulas_by_hand_and_their_bounds():
    assert basic("uic", 8, 14, 7) == pytest.approx(51.3333, abs=1e-4)
    assert (basic("uic", 10, 20, 10), basic("uic", 0, 0, 10)) == (100, 0)
    assert basic("double_seriousness", 8, 6, 9) == 180
    assert basic("double_seriousness", 10, 10, 10) == 300


def test_doubled_seriousness_is_three_times_the_other_on_half_the_scale():
    dice = random.Random(3)
    for _ in range(200):
        size, half, effect = (dice.randint(0, 20) / 2 for _ in range(3))
        assert basic("double_seriousness", size, half, effect) == pytest.approx(
            3 * basic("uic", size, 2 * half, effect)
        )


def test_means_come_before_the_formula_and_the_spread_is_told():
    found = priority("uic", [rating(9, 12, 6), rating(7, 18, 9)])
    assert (found.raters, found.size, found.seriousness, found.effectiveness) == (2, 8, 15, 7.5)
    assert (found.basic, found.low, found.high) == (57.5, 42.0, 75.0)
    assert found.overall == 57.5
    assert priority("uic", []) is None


def test_a_no_of_pearl_takes_it_out_of_the_ranking_and_ties_share_a_rank():
    first, same = priority("uic", [rating(9, 15, 8)]), priority("uic", [rating(9, 15, 8)])
    last = priority("uic", [rating(1, 2, 3)])
    no = priority("uic", [rating(10, 20, 10, (True, False, True, True, True)), rating(10, 20, 10)])
    assert (no.overall, no.basic, dict(no.refused_by)) == (0, 100, {"economics": 1})
    assert ranks({1: last, 2: first, 3: same, 4: no, 5: None}) == {2: 1, 3: 1, 1: 3}


def test_numbers_off_the_scale_are_refused_in_words():
    values = {"size": Decimal(3), "seriousness": Decimal(22), "effectiveness": Decimal("10.5")}
    assert faults("uic", values) == [
        ("seriousness", "It is 0 to 20 in this formula (got 22)."),
        ("effectiveness", "It is 0 to 10 in this formula (got 10.5)."),
    ]
    assert [name for name, _why in faults("double_seriousness", {**values, "seriousness": Decimal(12)})] == [
        "seriousness",
        "effectiveness",
    ]
