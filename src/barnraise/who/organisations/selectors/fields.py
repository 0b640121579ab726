"""Sectors as people say them: which fields a text speaks of, and the words of a field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.conf import settings
from django.utils.translation import override

from ..fit import stems
from ..sectors import SECTOR_SCHEMES, choices, label

__all__ = ["fields_named", "is_prefixed", "main_sector_choices", "sector_label", "sector_words", "stems"]

MOST_MAJORS = 3
"""A word that stands in more main fields of a scheme than that ("services") tells none of them."""

sector_label = label


def main_sector_choices() -> list[tuple[str, str]]:
    """("NTEE:K", "NTEE K · Food, farming and nutrition") for every main field, in the reader's language."""
    return [(key, text) for key, text in choices() if key == main_sector(key)]


def main_sector(key: str) -> str:
    """The main field of "NTEE:K30": "NTEE:K"."""
    scheme, _colon, code = key.partition(":")
    return f"{scheme}:{code[:1]}" if is_prefixed(scheme) else key


def is_prefixed(scheme: str) -> bool:
    """Longer codes of this scheme fall under shorter ones."""
    found = SECTOR_SCHEMES.get(scheme)
    return found is not None and found.is_prefixed


@lru_cache(maxsize=5_000)
def sector_words(scheme: str, code: str) -> str:
    """What the code stands for, in every language of the house."""
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.append(label(scheme, code))
    return " ".join(found)


@lru_cache(maxsize=1)
def _telling() -> Mapping[str, frozenset[tuple[str, str]]]:
    """Stem of a word -> the listed codes whose titles hold it, of words that tell a field."""
    codes: dict[str, set[tuple[str, str]]] = defaultdict(set)
    majors: dict[tuple[str, str], set[str]] = defaultdict(set)
    for scheme, found in SECTOR_SCHEMES.items():
        for code in found.codes:
            for stem in stems(sector_words(scheme, code)):
                codes[stem].add((scheme, code))
                majors[stem, scheme].add(code[:1] if found.is_prefixed else code)
    vague = {stem for (stem, _scheme), some in majors.items() if len(some) > MOST_MAJORS}
    return {stem: frozenset(some) for stem, some in codes.items() if stem not in vague}


def fields_named(texts: Iterable[str]) -> set[tuple[str, str]]:
    """(scheme, code) of the listed fields whose titles share a telling word with one of these texts. A hint, not a classification."""
    telling = _telling()
    return {pair for text in texts for stem in stems(text) for pair in telling.get(stem, ())}
