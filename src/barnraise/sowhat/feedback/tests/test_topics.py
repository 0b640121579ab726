"""Topics, key words and tone against planted vocabularies, published outputs and values by hand."""

from __future__ import annotations

import random
from math import log

import pytest

from barnraise.sowhat.feedback.topics import compound, key_words, stripped, tone, topics, words_of

BUS = "bus late stop ride evening driver"
FOOD = "bread kitchen breakfast milk hungry morning"


def planted(many):
    dice = random.Random(5)
    return [" ".join(dice.sample((BUS if at % 2 else FOOD).split(), 4)) for at in range(many)]


def test_two_planted_vocabularies_are_told_apart_the_same_every_time():
    texts = planted(60)
    found = topics(texts, 2)
    assert sorted(tuple(sorted({at % 2 for at in one.members})) for one in found) == [(0,), (1,)]
    assert sum(len(one.members) for one in found) == 60
    words = [{word for term in one.terms for word in term.split()} for one in found]
    assert sorted(
        min(one & set(BUS.split()), one & set(FOOD.split()), key=len) == set() for one in words
    ) == [True, True]
    assert topics(texts, 2) == found
    assert topics(texts[:49], 2) == []


def test_personal_data_are_not_indexed():
    text = "Ana Flores, ana@example.org, +1 555 010 7788, at https://x.org/?a=1 wants the bus"
    assert words_of(stripped(text, ["Ana Flores"])) == ["wants", "bus"]


def test_key_words_by_hand():
    """Group a: bus 3, late 1; group b: bread 2, late 2. Mean words of a group 4; in all bus 3, late 3, bread 2."""
    found = key_words(["bus bus late", "bus", "bread late", "bread late"], ["a", "a", "b", "b"])
    assert found == {"a": ["bus", "late"], "b": ["bread", "late"]}
    assert 2 / 4 * log(1 + 4 / 2) > 2 / 4 * log(1 + 4 / 3)


def test_tone_is_vader_of_english_only():
    """Outputs of vaderSentiment 3.3.2, as it publishes them."""
    assert compound("VADER is VERY SMART, handsome, and FUNNY!!!") == 0.9342
    assert compound("VADER is not smart, handsome, nor funny.") == -0.7424
    assert compound("") == 0
    for text, language, expected in (
        ("I love the new bus", "en", "positive"),
        ("The bus is horrible", "en-US", "negative"),
        ("The bus goes to the school", "en", "neutral"),
        ("Me encanta el autobús", "es", "unscored"),
        (" ", "en", "unscored"),
    ):
        assert tone(text, language) == expected, text


@pytest.mark.parametrize("text", ["love " * 300, "awful " * 300, "😀", "x"])
def test_tone_stays_in_its_range(text):
    assert -1 <= compound(text) <= 1
