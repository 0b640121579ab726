"""Which candidate fits a mistyped query best. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from .folding import LONGEST_COUNTED, trigrams, word_token

PIECES = 4
"""How many of the rarest known pieces of a query are paired."""

LIKELY = 86.0
"""A title as like as that has one slip, or two in a long word: when one is found, no further candidates are looked for."""

Held = tuple[tuple[str, ...], tuple[str, ...]]
"""All pieces of the first, and any of the second unless it is empty."""

SHORTLIST = 120
"""Candidates that are compared word by word."""

GOOD_ENOUGH = 72.0
"""The lowest likeness (0 to 100) that is shown."""


def tries(words: Sequence[Sequence[str]], seen: Mapping[str, int]) -> list[list[Held]]:
    """What a title has to hold to be compared with a mistyped query, the quickest first; a title is a candidate when it holds
    any of a try. `words` holds the pieces of each word, `seen` how often a sample of titles holds a piece.

    A slip spoils the pieces of one word. Of two words the rarest piece of each is tried, then three of the two rarest of
    each; of more words, two of the rarest pieces of three words. At last, and of one word, any two rare pieces of all.
    """
    known = [
        sorted({piece for piece in pieces if seen.get(piece)}, key=_rarely(seen))[:2] for pieces in words
    ]
    known = [pieces for pieces in known if pieces]
    found: list[list[Held]] = []
    if len(known) == 2:
        one, other = map(tuple, known)
        found.append([((one[0], other[0]), ())])
        if len(one) == len(other) == 2:
            found.append([(one, other), (other, one)])
    elif len(known) > 2:
        rarest_of_each = sorted({pieces[0] for pieces in known}, key=_rarely(seen))[:3]
        found.append([(pair, ()) for pair in combinations(rarest_of_each, 2)])
    found.append(rare_pairs([piece for pieces in words for piece in pieces], seen))
    return found


def rare_pairs(pieces: Sequence[str], seen: Mapping[str, int]) -> list[Held]:
    """Pairs of the rarest pieces; a title that holds any pair is a candidate.

    `seen` is how often a sample of titles holds a piece. Pieces the sample does not hold cost little to look for,
    and most of them come from the typing error itself, so they do not use up places of the known ones.
    """
    distinct = list(dict.fromkeys(pieces))
    unseen = [piece for piece in distinct if not seen.get(piece)][:PIECES]
    known = sorted((piece for piece in distinct if seen.get(piece)), key=_rarely(seen))[:PIECES]
    return [(pair, ()) for pair in combinations([*unseen, *known], 2)]


def _rarely(seen: Mapping[str, int]) -> Callable[[str], tuple[int, str]]:
    return lambda piece: (seen.get(piece, 0), piece)


def rarest(pieces: Sequence[str], seen: Mapping[str, int], most: int = 2 * PIECES) -> list[str]:
    """At most `most` of the pieces, those that the sample holds least often."""
    return sorted(dict.fromkeys(pieces), key=_rarely(seen))[:most]


def count_pieces(titles: Sequence[str]) -> Counter[str]:
    """In how many of these folded titles each three-letter piece occurs."""
    found: Counter[str] = Counter()
    for title in titles:
        found.update(trigrams(title))
    return found


def count_marks_and_words(documents: Iterable[str], least: int = 10) -> Counter[str]:
    """How many of these documents (words parted by blanks, the first two are marks) carry each mark, and hold a word that
    begins so; beginnings that fewer than `least` hold are left out.
    """
    marks: Counter[str] = Counter()
    begun: Counter[str] = Counter()
    for words in documents:
        kind, label, *others = words.split(" ")
        marks.update((kind, label))
        begun.update(
            {word_token(word[:end]) for word in others for end in range(1, len(word[:LONGEST_COUNTED]) + 1)}
        )
    return marks + Counter({word: count for word, count in begun.items() if count >= least})


def likeness(asked: Sequence[str], title: str) -> float:
    """How well a folded title answers folded query words, 0 to 100: each word's best partner, weighted by length.

    The last word may be the beginning of one. Titles with fewer words left over come a little higher.
    """
    parts = title.split()
    if not asked or not parts:
        return 0.0
    total = weight = 0.0
    for place, word in enumerate(asked):
        best = max(fuzz.ratio(word, part) for part in parts)
        if place == len(asked) - 1 and len(word) >= 3:
            best = max(best, *(fuzz.ratio(word, part[: len(word)]) - 4 for part in parts))
        total += best * len(word)
        weight += len(word)
    spare = max(0, len(parts) - len(asked))
    return total / weight - min(spare, 10) * 0.4


def best(asked: Sequence[str], titles: Sequence[str], *, most: int) -> list[tuple[int, float]]:
    """(place in `titles`, likeness) of at most `most` titles that are GOOD_ENOUGH, best first.

    First the shared three-letter pieces choose a shortlist, then words are compared with words.
    """
    pieces = trigrams(" ".join(asked))
    shared = [sum(piece in padded for piece in pieces) for padded in (f" {title} " for title in titles)]
    shortlist = sorted(range(len(titles)), key=lambda place: -shared[place])[:SHORTLIST]
    scored = [(place, likeness(asked, titles[place])) for place in shortlist]
    good = [(place, score) for place, score in scored if score >= GOOD_ENOUGH]
    return sorted(good, key=lambda item: (-item[1], titles[item[0]]))[:most]
