"""What somebody asked, and the rows that databases answer with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..folding import compact, kind_token, query_words, visibility_token, word_token
from ..ranking import Held

CANDIDATES = 2000
"""Titles that are compared for one mistyped query."""

SAMPLE = 4000
"""Titles looked at to learn which three-letter pieces are rare."""

RANKED = 60
"""Documents of each kind that are ranked at least."""

COMMON = 100
"""A label, or the beginning of a word, that so many of the sample have is common."""

LARGE = 1000
"""A kind that so many of the sample are is large: its mark would not shorten a look-up."""

NEWEST = 2000
"""Documents of a kind of many that are looked at for common words."""


@dataclass(frozen=True, slots=True)
class Row:
    """A document as a search step gives it."""

    id: int
    kind: str
    key: int
    title: str
    title_folded: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A query made ready: folded words, the kinds and labels to look in, and how many documents of each kind."""

    words: tuple[str, ...]
    identifier: str
    kinds: tuple[str, ...]
    labels: tuple[str, ...]
    most: int
    common: frozenset[str] = frozenset()
    large: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()
    """Kinds of which so many of the sample are that common words are held by thousands of them."""

    @classmethod
    def of(
        cls,
        text: str,
        *,
        kinds: Sequence[str],
        labels: Sequence[str],
        most: int,
        seen: Mapping[str, int] | None = None,
    ) -> Asked:
        """`identifier` is the query without punctuation when it could be one (a digit, 4 to 60 characters), else ""."""
        words = tuple(query_words(text))
        whole = compact(text[:100])
        could_be = 4 <= len(whole) < 60 and any(letter.isdigit() for letter in whole)
        counts = seen or {}
        common = frozenset(mark for mark, count in counts.items() if count > COMMON)
        large = frozenset(kind for kind in kinds if counts.get(kind_token(kind), 0) > LARGE)
        many = frozenset(kind for kind in kinds if kind_token(kind) in common)
        return cls(words, whole if could_be else "", tuple(kinds), tuple(labels), most, common, large, many)

    @property
    def choice(self) -> int:
        """Documents of each kind to rank before the best are kept: an index gives matches in no useful order."""
        return max(self.most, RANKED)

    @property
    def folded(self) -> str:
        """The words parted by one blank, as titles are kept."""
        return " ".join(self.words)

    @property
    def telling(self) -> tuple[str, ...]:
        """The words worth an index look-up: single letters only when there is nothing else."""
        return tuple(word for word in self.words if len(word) > 1) or self.words

    def is_walked(self, kind: str) -> bool:
        """Whether the newest of a kind are looked at before the index: there are many of it, and so many documents hold the
        words that the index would give tens of thousands.
        """
        words = {word_token(word) for word in self.telling}
        return kind in self.many and bool(words) and words <= self.common

    def marks_of(self, kinds: Sequence[str]) -> list[list[str]]:
        """Marks worth asking the word index for, any of each list: marks of most documents would only slow it down.

        The rows are narrowed by their columns in any case.
        """
        labels = [visibility_token(label) for label in self.labels]
        found = [] if self.large.intersection(kinds) else [[kind_token(kind) for kind in kinds]]
        return found if self.common.intersection(labels) else [*found, labels]


def by_words(
    asked: Asked,
    newest: Callable[[Asked, str], list[Row]],
    indexed: Callable[[Asked, Sequence[str]], list[Row]],
) -> list[Row]:
    """The newest of large kinds for common words, where they are enough; what the index gives of all others."""
    found: list[Row] = []
    left: list[str] = []
    for kind in asked.kinds:
        rows = newest(asked, kind) if asked.is_walked(kind) else []
        found += rows
        if len(rows) < asked.most:
            left.append(kind)
    there = {row.id for row in found}
    return found + [row for row in indexed(asked, left) if row.id not in there] if left else found


class Engine(Protocol):
    """What a database does for search. Every step looks only in the kinds and labels of `asked`."""

    def by_title(self, asked: Asked) -> list[Row]:
        """Titles that begin with the query, in order, at most `asked.most` of each kind."""

    def by_words(self, asked: Asked) -> list[Row]:
        """Documents that hold a word beginning with each word asked, at most `asked.choice` of each kind."""

    def by_identifier(self, asked: Asked) -> list[Row]:
        """Documents that hold `asked.identifier` as a whole, at most `asked.choice` of each kind."""

    def by_pieces(self, asked: Asked, wanted: Sequence[Held]) -> list[Row]:
        """At most CANDIDATES documents whose title holds what any of `wanted` names."""

    def holding(self, pieces: Sequence[str], kind: str, most: int, *, is_large: bool) -> list[int]:
        """Keys of at most `most` documents of a kind whose title holds all these pieces, which may be beginnings of pieces.

        Of a large kind, which holds much of all, only the pieces are looked up.
        """

    def pieces(self, words: Sequence[str]) -> list[list[str]]:
        """The three-letter pieces of each of these folded texts, in this database's own writing."""

    def rarity(self) -> dict[str, int]:
        """In how many of about SAMPLE documents each piece of a title, and each mark of kind and label, occurs."""
