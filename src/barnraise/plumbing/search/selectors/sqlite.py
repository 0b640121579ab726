"""Search on SQLite: FTS5 for words and three-letter pieces, a B-tree for the beginnings of titles."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection

from ..folding import trigrams
from ..ranking import Held, count_marks_and_words, count_pieces
from .asked import CANDIDATES, NEWEST, SAMPLE, Asked, Row, by_words

_FIELDS = "d.id, d.kind, d.key, d.title, d.title_folded, d.excerpt"
_LAST = "\U0010ffff"


def _rows(statement: str, values: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Row(*row) for row in cursor.fetchall()]


def _quoted(word: str) -> str:
    """A word as an FTS5 string: nothing in it is read as syntax."""
    return '"' + word.replace('"', '""') + '"'


def _any(words: Sequence[str]) -> str:
    return "(" + " OR ".join(_quoted(word) for word in words) + ")"


def _places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _beginning(cursor: Any, piece: str) -> list[str]:
    """The pieces that begin so, of all titles."""
    cursor.execute(
        "SELECT term FROM search_pieces_terms WHERE term >= %s AND term < %s", [piece, piece + _LAST]
    )
    return [term for (term,) in cursor.fetchall()]


class Sqlite:
    """The steps of search on SQLite."""

    def by_title(self, asked: Asked) -> list[Row]:
        """See Engine."""
        part = (
            f"SELECT * FROM (SELECT {_FIELDS} FROM search_document d WHERE d.kind = %s AND d.title_folded >= %s "  # noqa: S608
            f"AND d.title_folded < %s AND d.visibility IN ({_places(asked.labels)}) ORDER BY d.title_folded LIMIT %s)"
        )
        values: list[Any] = []
        for kind in asked.kinds:
            values += [kind, asked.folded, asked.folded + _LAST, *asked.labels, asked.most]
        return _rows(" UNION ALL ".join([part] * len(asked.kinds)), values)

    def _matching(self, asked: Asked, wanted: str, kinds: Sequence[str]) -> list[Row]:
        # FTS5 gathers all documents that a beginning of a word is in before it gives the first: kinds of many are asked for one
        # by one, all others by one question.
        many = [kind for kind in kinds if kind in asked.many]
        found = [row for kind in many for row in self._held(asked, wanted, [kind], asked.choice)]
        others = [kind for kind in kinds if kind not in asked.many]
        counts: Counter[str] = Counter()
        for row in self._held(asked, wanted, others, NEWEST) if others else ():
            counts[row.kind] += 1
            if counts[row.kind] <= asked.choice:
                found.append(row)
        return found

    def _held(self, asked: Asked, wanted: str, kinds: Sequence[str], most: int) -> list[Row]:
        expression = " AND ".join([wanted, *(_any(marks) for marks in asked.marks_of(kinds))])
        return _rows(
            f"SELECT {_FIELDS} FROM search_words w CROSS JOIN search_document d ON d.id = w.rowid "  # noqa: S608
            f"WHERE w.search_words MATCH %s AND d.kind IN ({_places(kinds)}) "
            f"AND d.visibility IN ({_places(asked.labels)}) LIMIT %s",
            [expression, *kinds, *asked.labels, most],
        )

    def _newest(self, asked: Asked, kind: str) -> list[Row]:
        held = " AND ".join(["instr(' ' || d.words, %s) > 0"] * len(asked.telling))
        return _rows(
            f"SELECT {_FIELDS} FROM (SELECT * FROM search_document WHERE kind = %s ORDER BY key DESC LIMIT %s) d "  # noqa: S608
            f"WHERE d.visibility IN ({_places(asked.labels)}) AND {held} LIMIT %s",
            [kind, NEWEST, *asked.labels, *(f" {word}" for word in asked.telling), asked.choice],
        )

    def by_words(self, asked: Asked) -> list[Row]:
        """See Engine."""
        wanted = " AND ".join(f"{_quoted(word)}*" for word in asked.telling)
        return by_words(asked, self._newest, lambda asked, kinds: self._matching(asked, wanted, kinds))

    def by_identifier(self, asked: Asked) -> list[Row]:
        """See Engine."""
        return self._matching(asked, _quoted(asked.identifier), asked.kinds)

    def by_pieces(self, asked: Asked, wanted: Sequence[Held]) -> list[Row]:
        """See Engine."""
        expression = " OR ".join(
            "(" + " AND ".join([*map(_quoted, held), *([_any(others)] if others else [])]) + ")"
            for held, others in wanted
        )
        return _rows(
            f"SELECT {_FIELDS} FROM search_pieces p CROSS JOIN search_document d ON d.id = p.rowid "  # noqa: S608
            f"WHERE p.search_pieces MATCH %s AND d.kind IN ({_places(asked.kinds)}) "
            f"AND d.visibility IN ({_places(asked.labels)}) LIMIT %s",
            [expression, *asked.kinds, *asked.labels, CANDIDATES],
        )

    def holding(self, pieces: Sequence[str], kind: str, most: int, *, is_large: bool) -> list[int]:
        """See Engine."""
        with connection.cursor() as cursor:
            groups = [[piece] if len(piece) > 2 else _beginning(cursor, piece) for piece in pieces]
            if not all(groups):
                return []
            cursor.execute(
                "SELECT d.key FROM search_pieces p CROSS JOIN search_document d ON d.id = p.rowid "
                "WHERE p.search_pieces MATCH %s AND d.kind = %s LIMIT %s",
                [" AND ".join(map(_any, groups)), kind, most],
            )
            return [key for (key,) in cursor.fetchall()]

    def pieces(self, words: Sequence[str]) -> list[list[str]]:
        """See Engine."""
        return [trigrams(word) for word in words]

    def rarity(self) -> dict[str, int]:
        """See Engine."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT min(id), max(id) FROM search_document")
            first, last = cursor.fetchone()
            if first is None:
                return {}
            span = range(first, last + 1)
            picked = sorted(random.sample(span, min(SAMPLE, len(span))))
            cursor.execute(
                f"SELECT title_folded, words FROM search_document WHERE id IN ({_places(picked)})",  # noqa: S608
                picked,
            )
            found = cursor.fetchall()
        return dict(
            count_pieces([title for title, _ in found]) + count_marks_and_words(words for _, words in found)
        )
