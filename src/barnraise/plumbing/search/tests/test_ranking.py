"""Which titles are compared with a mistyped query."""

from __future__ import annotations

from barnraise.plumbing.search.folding import trigrams
from barnraise.plumbing.search.ranking import Held, count_pieces, rare_pairs, tries

TITLES = [
    f"{given} {family}"
    for given in ("ana", "james", "renee", "sofia")
    for family in ("fainledale", "peorleyan", "hefaville")
]
SEEN = count_pieces(TITLES)


def _met(wanted: list[Held], title: str) -> bool:
    held = set(trigrams(title))
    return any(
        held.issuperset(pieces) and (not others or held.intersection(others)) for pieces, others in wanted
    )


def _of(text: str) -> list[list[str]]:
    return [trigrams(word) for word in text.split()]


def test_a_slip_in_one_of_two_words_still_meets_the_title_and_few_others():
    for slip in ("sofia fanledale", "soffia fainledale", "sofia fainlefale"):
        quick, three, pairs = tries(_of(slip), SEEN)
        assert len(quick) == 1, slip
        met = [title for title in TITLES if _met(three, title)]
        assert "sofia fainledale" in met, slip
        assert len(met) <= 4, slip
        assert _met(pairs, "sofia fainledale"), slip


def test_a_slip_in_one_of_three_words_leaves_a_pair_of_the_others():
    (pairs, _all) = tries(_of("sofia hefavile peorleyan"), SEEN)
    assert len(pairs) == 3
    assert _met(pairs, "sofia hefaville peorleyan")


def test_one_word_and_words_that_nobody_has_are_looked_for_by_pairs():
    one = _of("fanledale")
    assert tries(one, SEEN) == [rare_pairs(one[0], SEEN)]
    strange = _of("xqxqxq zkzkzk")
    assert tries(strange, SEEN) == [rare_pairs([*strange[0], *strange[1]], SEEN)]
