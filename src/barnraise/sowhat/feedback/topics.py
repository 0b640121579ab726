"""What comments are about, suggested from their words; and the tone of their words. Pure: texts in, groups out.

Topics: TF-IDF of terms of one and two words, taken apart by non-negative matrix factorisation (Lee, Seung, *Nature* 401, 1999), with
a fixed start, so that the same comments give the same topics. Fewer than 50 comments: the words that tell them apart, by class-based
TF-IDF. Tone: VADER (Hutto, Gilbert, ICWSM 2014, DOI 10.1609/icwsm.v8i1.14550), English only, a heuristic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Any

ENOUGH = 50
"""Fewer comments give no topics."""
SEED, MOST_TOPICS, TERMS = 0, 8, 5
POSITIVE, NEGATIVE = 0.05, -0.05
_PERSONAL = re.compile(r"\S+@\S+|https?://\S+|\+?\d[\d\s().-]{5,}\d|\d+")
_WORD = re.compile(r"[^\W\d_]{3,}")
STOP = frozenset(
    """
    the and for that this with was were are you your our they them their have has had not but from what when which who will
    would can could should there here more very just than then some all any about been also too its his her she him out get
    got into over las los del una uno unos unas que por para con como más muy pero sus está este esta esto son fue ser hay
    nos les sin sobre cuando también donde porque todo todos toda todas entre desde hasta nuestro nuestra ella ellos
    """.split()  # noqa: SIM905 - read as prose
)
"""Words that say nothing about what a comment is about, English and Spanish."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The words that tell a group apart, heaviest first, and the positions of its comments."""

    terms: tuple[str, ...]
    members: tuple[int, ...]


def stripped(text: str, names: Sequence[str] = ()) -> str:
    """Lower case, without addresses, numbers and the given names: personal data are not indexed."""
    found = _PERSONAL.sub(" ", text)
    for name in names:
        for word in name.split():
            found = re.sub(rf"\b{re.escape(word)}\b", " ", found, flags=re.IGNORECASE)
    return found.lower()


def words_of(text: str) -> list[str]:
    """Words of three letters or more that are no stop words."""
    return [word for word in _WORD.findall(text) if word not in STOP]


def how_many(count: int) -> int:
    """As many topics as a reader can take in: one for about 25 comments, 2 to MOST_TOPICS."""
    return max(2, min(MOST_TOPICS, count // 25))


def topics(texts: Sequence[str], many: int | None = None) -> list[Topic]:
    """Groups of comments, largest first; each comment stands in the one that weighs most in it, or in none.

    `texts` are stripped already. Empty for fewer than ENOUGH texts, or where no word stands in two of them.
    """
    if len(texts) < ENOUGH:
        return []
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        tokenizer=words_of, token_pattern=None, lowercase=False, ngram_range=(1, 2), min_df=2, max_df=0.6, max_features=4000
    )  # fmt: skip
    try:
        matrix = vectorizer.fit_transform(texts)
    except ValueError:
        return []
    wanted = min(many or how_many(len(texts)), *matrix.shape)
    model = NMF(n_components=wanted, init="nndsvd", random_state=SEED, max_iter=400)
    weights = model.fit_transform(matrix)
    terms = vectorizer.get_feature_names_out()
    return _groups(weights, model.components_, terms)


def _groups(weights: Any, components: Any, terms: Any) -> list[Topic]:
    members: dict[int, list[int]] = {}
    for at, row in enumerate(weights):
        best = int(row.argmax())
        if row[best] > 0:
            members.setdefault(best, []).append(at)
    found = []
    for topic, those in members.items():
        order = sorted(range(len(terms)), key=lambda n: (-components[topic][n], terms[n]))
        heavy = tuple(str(terms[n]) for n in order[:TERMS] if components[topic][n] > 0)
        found.append(Topic(heavy, tuple(those)))
    return sorted(found, key=lambda one: (-len(one.members), one.terms))


def key_words(texts: Sequence[str], groups: Sequence[str], most: int = TERMS) -> dict[str, list[str]]:
    """The words that tell each group of texts apart: frequency in the group × log(1 + mean words of a group / frequency in all).

    Class-based TF-IDF (Grootendorst 2022). `groups` names the group of each text. Ties by alphabet.
    """
    counts: dict[str, Counter[str]] = {}
    for text, group in zip(texts, groups, strict=True):
        counts.setdefault(group, Counter()).update(words_of(text))
    everywhere: Counter[str] = Counter()
    for one in counts.values():
        everywhere.update(one)
    mean = sum(everywhere.values()) / max(1, len(counts))
    found = {}
    for group, one in counts.items():
        total = max(1, sum(one.values()))
        weight = {word: n / total * log(1 + mean / everywhere[word]) for word, n in one.items()}
        found[group] = sorted(weight, key=lambda word: (-weight[word], word))[:most]
    return found


@cache
def _analyser() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def compound(text: str) -> float:
    """VADER's compound value of an English text, -1 to 1; 0 for an empty one."""
    return float(_analyser().polarity_scores(text)["compound"]) if text.strip() else 0.0


def tone(text: str, language: str) -> str:
    """positive, neutral or negative by its words; unscored where it is not English or empty."""
    if language.partition("-")[0].lower() != "en" or not text.strip():
        return "unscored"
    value = compound(text)
    return "positive" if value >= POSITIVE else "negative" if value <= NEGATIVE else "neutral"
