"""The score of a candidate: each term alone, together, and what is not known."""

from __future__ import annotations

import math
import random

import pytest

from barnraise.nowwhat.discovery.holes import Contacts
from barnraise.nowwhat.discovery.scoring import Aim, Known, Sought, alike, rank

FOOD = {"fresh": "fresh", "food": "food"}


def sought(**more):
    first = {"aims": [Aim("needs.need:1", FOOD)], "sectors": [("NTEE", "K")], "places": [(40.0, -82.0)]}
    return Sought(**{**first, **more})


def terms(one):
    return {term.name: term for term in one.terms}


def test_equal_words_equal_field_at_the_door_are_a_hundred():
    (one,) = rank(sought(), [Known(7, FOOD, [("NTEE", "K31")], 40.0, -82.0)])
    assert one.score == pytest.approx(100.0)
    found = terms(one)
    assert (found["need"].details["aim"], found["need"].details["words"]) == (
        "needs.need:1",
        ("food", "fresh"),
    )
    assert found["asks"].why == "sought"
    assert sum(one.points(term) for term in one.terms) == pytest.approx(one.score)


def test_each_term_by_hand():
    # Two texts, {fresh, food} and {food, bank}: df(food) 2, others 1; idf(food) 1, else ln(3/2) + 1.
    rare = math.log(3 / 2) + 1
    seen = Known(1, {"food": "food", "bank": "bank"}, [("NTEE", "K31")], 40.0, -82.2, frozenset({5}))
    # Two contacts that do not know each other hold us by 1/2; a third that knows neither makes it 1/3.
    aims = sought(
        sectors=[("NTEE", "K35")],
        asks=frozenset({5, 6}),
        fields={("NTEE", "K"): 3},
        contacts=Contacts((8, 9)),
    )
    (one,) = rank(aims, [seen])
    found = {name: term.value for name, term in terms(one).items()}
    km = terms(one)["distance"].details["km"]
    assert km == pytest.approx(17.04, abs=0.05)
    assert found == {
        "need": pytest.approx(1 / (1 + rare**2)),
        "sector": 0.75,
        "asks": 0.5,
        "distance": pytest.approx(math.exp(-km / 20)),
        "gap": 0.25,
        "network": pytest.approx(1 / 3),
    }
    weights = {"need": 30, "sector": 25, "asks": 20, "distance": 15, "gap": 5, "network": 5}
    assert one.score == pytest.approx(sum(weights[name] * value for name, value in found.items()))


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        (("NTEE", "K31"), ("NTEE", "K31"), 1.0),
        (("NTEE", "K"), ("NTEE", "K31"), 1.0),
        (("NTEE", "K31"), ("NTEE", "K35"), 0.75),
        (("NTEE", "K31"), ("NTEE", "K40"), 0.5),
        (("NTEE", "K31"), ("NTEE", "B20"), 0.0),
        (("NTEE", "K31"), ("ICNPTSO", "K31"), 0.0),
        (("SDG", "1"), ("SDG", "11"), 0.0),
        (("SDG", "2"), ("SDG", "2"), 1.0),
    ],
)
def test_how_alike_fields_are(one, other, value):
    assert alike(one, other) == alike(other, one) == value


def test_what_is_not_known_is_left_out_and_lowers_nothing():
    known = Known(1, FOOD, [("NTEE", "K31")], 40.0, -82.0)
    bare = Known(2, FOOD)
    ranked = rank(sought(), [bare, known])
    assert [one.score for one in ranked] == [pytest.approx(100), pytest.approx(100)]
    (one,) = [one for one in ranked if one.key == 2]
    assert {name: term.why for name, term in terms(one).items() if term.value is None} == {
        "sector": "known", "asks": "sought", "distance": "known", "gap": "known",
        "network": "sought",
    }  # fmt: skip


def test_whoever_answers_nothing_is_no_candidate_however_near():
    near = Known(1, {"museum": "museum"}, [("NTEE", "A50")], 40.0, -82.0, frozenset())
    assert rank(sought(asks=frozenset({5})), [near]) == []
    assert rank(Sought(), [Known(1, FOOD, [("NTEE", "K")], 40.0, -82.0)]) == []


def test_scores_lie_between_nothing_and_a_hundred_and_order_does_not_matter():
    dice = random.Random(4)
    words = ["fresh", "food", "bank", "clay", "river"]
    bodies = [
        Known(
            key,
            {word: word for word in dice.sample(words, dice.randrange(0, 4))},
            [("NTEE", dice.choice("KAB") + dice.choice(["", "30", "31"]))] if dice.random() < 0.7 else [],
            *((40 + dice.random(), -82.0) if dice.random() < 0.7 else (None, None)),
            dice.choice([None, frozenset(), frozenset({5})]),
        )
        for key in range(200)
    ]
    aims = sought(asks=frozenset({5}), fields={("NTEE", "K"): 2})
    ranked = rank(aims, bodies)
    assert ranked
    assert all(0 < one.score <= 100.0001 for one in ranked)
    dice.shuffle(bodies)
    assert rank(aims, bodies) == ranked
