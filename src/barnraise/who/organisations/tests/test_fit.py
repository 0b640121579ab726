"""The score of a fit: every term by hand, the properties that hold for all, and what is asked of the database."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from barnraise.who.organisations.fit import (
    WEIGHTS,
    Amount,
    Ask,
    Gift,
    Giver,
    rank,
    stems,
    top,
    weigh,
)
from barnraise.who.organisations.season import Season

ON = date(2026, 7, 1)
MEALS = Ask(
    1,
    "in_kind",
    "Warm meals for the winter shelter",
    Amount(120, "meals", "week"),
    touching={7: frozenset({7, 1}), 8: frozenset({8, 1})},
    sectors=(("NTEE", "K31"),),
    places=((40.0, -82.0),),
)
SOUP = Gift(1, "in_kind", "Warm soup on Sundays", Amount(60, "meals", "week"))
CHURCH = Giver(
    5, (SOUP,), lat=40.0, lon=-82.0, communities=frozenset({7}), sectors=(("NTEE", "K30"), ("SDG", "2"))
)


def _values(fit):
    return {term.name: term.value for term in fit.terms}


def test_a_score_by_hand():
    fit = weigh(MEALS, CHURCH, on=ON)
    # half of the meals; one of two words needed; one of two communities; at the door; in season; the same field
    assert _values(fit) == {
        "amount": 0.5, "words": 0.5, "communities": 0.5, "distance": 1.0, "season": 1.0, "sector": 0.5,
    }  # fmt: skip
    assert fit.score == pytest.approx(30 * 0.5 + 30 * 0.5 + 15 * 0.5 + 10 + 10 + 5 * 0.5)
    assert sum(fit.points(term) for term in fit.terms) == pytest.approx(fit.score)
    assert fit.gifts == (1,)


def test_what_is_not_known_is_left_out_and_the_others_carry_its_weight():
    fit = weigh(MEALS, replace(CHURCH, lat=None, lon=None, communities=frozenset(), sectors=()), on=ON)
    assert {term.name: term.why for term in fit.terms if term.value is None} == {
        "communities": "giver", "distance": "giver", "sector": "giver",
    }  # fmt: skip
    assert fit.score == pytest.approx(100 * (30 * 0.5 + 30 * 0.5 + 10) / 70)
    bare = Ask(1, "in_kind", "a b", None)
    fit = weigh(bare, CHURCH, on=ON)
    assert {term.name: term.why for term in fit.terms if term.value is None} == {
        "amount": "ask", "words": "ask", "communities": "ask", "distance": "ask", "sector": "ask",
    }  # fmt: skip
    assert fit.score == 100.0


@pytest.mark.parametrize(
    ("given", "asked", "value"),
    [
        (Amount(30, "meals", "week"), Amount(120, "meals", "week"), 0.25),
        (Amount(500, "meals", "week"), Amount(120, "meals", "week"), 1.0),
        (Amount(12, "meals", "week"), Amount(104, "meals", "month"), 12 * 52 / (104 * 12)),
        (Amount(24, "meals", "year"), Amount(12, "meals", "month"), 24 / 144),
        (Amount(60, "meals", "year"), Amount(120, "meals"), 0.5),
        (Amount(900, "meals"), Amount(120, "meals", "week"), 0.5),
        (Amount(120, "kilograms", "week"), Amount(120, "meals", "week"), 0.25),
        (None, Amount(120, "meals", "week"), 0.5),
        (Amount(500_000, "USD"), Amount(2_000_000, "USD"), 0.25),
        (Amount(500_000, "EUR"), Amount(2_000_000, "USD"), 0.25),
    ],
)
def test_amounts_are_compared_where_they_can_be_and_guessed_where_not(given, asked, value):
    fit = weigh(replace(MEALS, amount=asked), replace(CHURCH, gifts=(replace(SOUP, amount=given),)), on=ON)
    assert _values(fit)["amount"] == pytest.approx(value)


def test_several_gifts_are_added_up():
    gifts = (SOUP, replace(SOUP, key=2, amount=Amount(30, "meals", "week")), Gift(3, "space", "Hall"))
    fit = weigh(MEALS, replace(CHURCH, gifts=gifts), on=ON)
    assert (_values(fit)["amount"], fit.gifts) == (0.75, (1, 2))


def test_what_is_out_of_season_counts_but_says_so():
    winter = Season(since=(11, 15), until=(3, 31))
    alone = weigh(MEALS, replace(CHURCH, gifts=(replace(SOUP, season=winter),)), on=ON)
    season = next(term for term in alone.terms if term.name == "season")
    assert (season.value, season.details["begins"]) == (0.0, date(2026, 11, 15))
    # A tenth in season (3 + 10 points) is worth less than all of it out of season (30).
    little = replace(SOUP, key=2, amount=Amount(12, "meals", "week"))
    much = replace(SOUP, season=winter, amount=Amount(120, "meals", "week"))
    fit = weigh(MEALS, replace(CHURCH, gifts=(little, much)), on=ON)
    assert (_values(fit)["amount"], _values(fit)["season"]) == (1.0, 0.0)
    # 90 of 120 in season (22.5 + 10) is worth more than all of it out of season.
    enough = replace(little, amount=Amount(90, "meals", "week"))
    fit = weigh(MEALS, replace(CHURCH, gifts=(enough, much)), on=ON)
    assert (_values(fit)["amount"], _values(fit)["season"]) == (0.75, 1.0)


def test_another_kind_or_another_place_does_not_fit():
    assert weigh(MEALS, replace(CHURCH, gifts=(replace(SOUP, kind="money"),)), on=ON) is None
    elsewhere = replace(SOUP, communities=frozenset({99}))
    assert weigh(MEALS, replace(CHURCH, gifts=(elsewhere,)), on=ON) is None
    above = replace(SOUP, communities=frozenset({1}))
    assert weigh(MEALS, replace(CHURCH, gifts=(above,)), on=ON) is not None
    assert weigh(replace(MEALS, touching={}), replace(CHURCH, gifts=(elsewhere,)), on=ON) is not None


def test_who_serves_the_town_serves_its_neighbourhoods():
    assert _values(weigh(MEALS, replace(CHURCH, communities=frozenset({1})), on=ON))["communities"] == 1.0
    assert _values(weigh(MEALS, replace(CHURCH, communities=frozenset({99})), on=ON))["communities"] == 0.0


@pytest.mark.parametrize(
    ("asked", "own", "value"),
    [
        ((("SDG", "2"),), (("SDG", "2"),), 1.0),
        ((("SDG", "2"),), (("SDG", "20"),), 0.0),
        ((("NTEE", "K"),), (("NTEE", "K31"),), 1.0),
        ((("NTEE", "K31"),), (("NTEE", "K20"),), 0.5),
        ((("NTEE", "K31"),), (("NTEE", "P20"),), 0.0),
        ((("NTEE", "K31"),), (("SDG", "2"),), 0.0),
        ((("OWN", "Food"),), (("OWN", "Food and more"),), 0.0),
    ],
)
def test_sectors_match_by_code_and_by_field(asked, own, value):
    fit = weigh(replace(MEALS, sectors=asked), replace(CHURCH, sectors=own), on=ON)
    assert _values(fit)["sector"] == value


def test_distance_halves_every_ten_kilometres_to_the_nearest_place():
    degree = 10 / 111.1949
    near = weigh(MEALS, replace(CHURCH, lat=40.0 + degree), on=ON)
    assert _values(near)["distance"] == pytest.approx(0.5, abs=1e-4)
    two = replace(MEALS, places=((0.0, 0.0), (40.0 + degree, -82.0)))
    assert _values(weigh(two, replace(CHURCH, lat=40.0 + degree), on=ON))["distance"] == 1.0


def test_words_are_compared_without_their_ends():
    assert stems("Warm MEALS, served with care!") == {
        "warm": "warm",
        "meals": "meals",
        "serve": "served",
        "care": "care",
    }
    one = weigh(
        replace(MEALS, what="Volunteers"), replace(CHURCH, gifts=(replace(SOUP, what="A volunteer"),)), on=ON
    )
    assert _values(one)["words"] == 1.0


def test_the_best_comes_first_and_more_asks_break_a_tie():
    other = replace(MEALS, key=2, kind="space", what="Room", amount=None)
    hall = Gift(9, "space", "Parish room")
    both = replace(CHURCH, key=6, gifts=(SOUP, hall))
    far = replace(CHURCH, key=7, lat=41.0)
    ranked = rank([MEALS, other], [far, CHURCH, both], on=ON)
    assert [one.giver for one in ranked] == [6, 5, 7]
    assert [fit.ask for fit in ranked[0].fits] == [2, 1]
    assert [fit.giver for fit in top(ranked, 1, 2)] == [5, 6]


def _anything(dice):
    seasons = (
        Season(),
        Season(frozenset({7})),
        Season(frozenset({1, 2})),
        Season(since=(6, 1), until=(7, 1)),
    )
    amount = dice.choice(
        [
            None,
            Amount(dice.randint(1, 300), dice.choice(["meals", "items"]), dice.choice(["", "week", "year"])),
        ]
    )
    communities = frozenset(dice.sample([1, 7, 8, 99], dice.randint(0, 2)))
    what = " ".join(dice.sample(["warm", "meals", "winter", "bread", "shelter"], dice.randint(1, 3)))
    return Gift(
        dice.randint(1, 10**6),
        dice.choice(["in_kind", "space"]),
        what,
        amount,
        dice.choice(seasons),
        communities,
    )


def _anyone(dice, key):
    lat = dice.choice([None, 40.0 + dice.random()])
    return Giver(
        key,
        tuple(_anything(dice) for _n in range(dice.randint(1, 5))),
        lat=lat,
        lon=None if lat is None else -82.0,
        communities=frozenset(dice.sample([1, 7, 8, 99], dice.randint(0, 3))),
        sectors=tuple(dice.sample([("NTEE", "K31"), ("NTEE", "P20"), ("SDG", "2")], dice.randint(0, 2))),
    )


def test_one_more_gift_never_lowers_a_score():
    dice = random.Random(20260701)
    asks = [
        MEALS,
        replace(MEALS, key=2, amount=None),
        replace(MEALS, key=3, amount=Amount(9, "meals"), touching={}),
    ]
    raised = 0
    for _round in range(3000):
        giver = _anyone(dice, 1)
        more = replace(giver, gifts=(*giver.gifts, _anything(dice)))
        for ask in asks:
            before, after = weigh(ask, giver, on=ON), weigh(ask, more, on=ON)
            if before is not None:
                assert after is not None
                assert after.score >= before.score - 1e-9
                raised += after.score > before.score
    assert raised > 500


def test_order_says_nothing():
    dice = random.Random(7)
    asks = [MEALS, replace(MEALS, key=2, kind="space", what="Room for meals", amount=None)]
    givers = [_anyone(dice, key) for key in range(1, 60)]
    before = rank(asks, givers, on=ON)
    for _round in range(20):
        mixed = [replace(one, gifts=tuple(dice.sample(one.gifts, len(one.gifts)))) for one in givers]
        dice.shuffle(mixed)
        assert rank(asks[::-1], mixed, on=ON) == before


def test_every_score_lies_between_0_and_100_and_is_the_sum_of_its_points():
    dice = random.Random(11)
    for _round in range(2000):
        fit = weigh(MEALS, _anyone(dice, 1), on=ON)
        if fit is not None:
            assert 0 <= fit.score <= 100 + 1e-9
            assert all(0 <= term.value <= 1 for term in fit.terms if term.value is not None)
            assert sum(map(fit.points, fit.terms)) == pytest.approx(fit.score)
            assert [term.name for term in fit.terms] == list(WEIGHTS)
