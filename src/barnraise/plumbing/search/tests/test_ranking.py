"""Which titles are compared with a mistyped query."""

from __future__ import annotations

from barnraise.plumbing.search.folding import trigrams
from barnraise.plumbing.search.ranking import count_pieces, rare_pairs, rare_sets

TITLES = [
    f"{given} {family}"
    for given in ("ana", "james", "renee", "sofia")
    for family in ("fainledale", "peorleyan", "hefaville")
]
SEEN = count_pieces(TITLES)


def _met(sets: list[tuple[str, ...]], title: str) -> bool:
    held = set(trigrams(title))
    return any(held.issuperset(pieces) for pieces in sets)


def test_a_slip_in_one_of_two_words_still_meets_the_title_and_few_others():
    for slip in ("sofia fanledale", "soffia fainledale", "sofia fainlefale"):
        sets = rare_sets([trigrams(word) for word in slip.split()], SEEN)
        assert {len(pieces) for pieces in sets} == {3}, slip
        assert [title for title in TITLES if _met(sets, title)][:1] == ["sofia fainledale"], slip
        assert sum(_met(sets, title) for title in TITLES) <= 3, slip


def test_one_word_and_words_that_nobody_has_are_looked_for_by_pairs():
    one = [trigrams("fanledale")]
    assert rare_sets(one, SEEN) == rare_pairs(one[0], SEEN)
    strange = [trigrams("xqxqxq"), trigrams("zkzkzk")]
    assert rare_sets(strange, SEEN) == rare_pairs([*strange[0], *strange[1]], SEEN)
