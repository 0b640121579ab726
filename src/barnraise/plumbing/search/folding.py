"""Text as the index holds it: folded words, compact identifiers, and what a query may ask for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from barnraise.foundation.text import fold

LONGEST_WORD = 60
"""Characters of a word that count."""

LONGEST_COUNTED = 8
"""Characters of the beginning of a word that are counted."""

MOST_QUERY_TEXT = 200
"""Characters of a query that are read."""

MOST_QUERY_WORDS = 10
"""Words of a query that are looked for."""

_APOSTROPHES = re.compile(r"['’ʼ`´]")
_NOT_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"(?<!\w)(?=[\w.\-/ ]*\d)\w+(?:[.\-/]\w+)+")
_KIND_MARK, _VISIBILITY_MARK, _WORD_MARK = "\ue000", "\ue001", "\ue002"


def tokens(text: str) -> list[str]:
    """The folded words of a text, apostrophes closed up: "St. Mary's (Peña)" is ["st", "marys", "pena"]."""
    closed = _APOSTROPHES.sub("", fold(text.replace("\0", " ")))
    return [word[:LONGEST_WORD] for word in _NOT_WORD.split(closed) if word]


def compact(text: str) -> str:
    """An identifier without its punctuation: "12-3456789" and "12 3456789" are "123456789"."""
    return "".join(tokens(text))[:LONGEST_WORD]


def compact_numbers(text: str) -> list[str]:
    """The compact forms of what looks like an identifier in a text (parts joined by - . /, with a digit)."""
    return [compact(found) for found in _NUMBER.findall(text)]


def kind_token(kind: str) -> str:
    """A word that stands for a kind; its first character cannot come from a text."""
    return _KIND_MARK + "".join(_NOT_WORD.split(kind))


def visibility_token(label: str) -> str:
    """A word that stands for a visibility label; its first character cannot come from a text."""
    return _VISIBILITY_MARK + "".join(_NOT_WORD.split(label))


def word_token(word: str) -> str:
    """What stands for the beginning of a word in counts of how common beginnings are."""
    return _WORD_MARK + word[:LONGEST_COUNTED]


def indexed_words(
    *, kind: str, visibility: str, title: str, text: str, identifiers: Iterable[str], most: int = 20_000
) -> str:
    """All that the word index holds of one document, words parted by one blank, about `most` characters."""
    found = [kind_token(kind), visibility_token(visibility), *tokens(title), *compact_numbers(title)]
    for identifier in identifiers:
        found += [compact(identifier), *tokens(identifier)]
    found += [*tokens(text[:most]), *compact_numbers(text[:most])]
    return " ".join(dict.fromkeys(word for word in found if word))


def query_words(text: str) -> list[str]:
    """The words a query asks for: at most MOST_QUERY_WORDS of its first MOST_QUERY_TEXT characters, none twice."""
    return list(dict.fromkeys(tokens(text[:MOST_QUERY_TEXT])))[:MOST_QUERY_WORDS]


def trigrams(folded: str) -> list[str]:
    """The three-letter pieces of folded words, with one blank before and after: "abc" gives " ab", "abc", "bc "."""
    found: dict[str, None] = {}
    for word in folded.split():
        padded = f" {word} "
        for start in range(len(padded) - 2):
            found[padded[start : start + 3]] = None
    return list(found)
