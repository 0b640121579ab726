"""Search on PostgreSQL: GIN over words and over three-letter pieces (pg_trgm), a B-tree for the beginnings of titles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from ..folding import kind_token, visibility_token
from ..ranking import Held, count_marks_and_words
from .asked import CANDIDATES, NEWEST, SAMPLE, Asked, Row, by_words

_FIELDS = "d.id, d.kind, d.key, d.title, d.title_folded, d.excerpt"
_WORDS = "array_to_tsvector(string_to_array(d.words, ' '))"
_PIECES = "array_to_tsvector(show_trgm(d.title_folded))"


def _rows(statement: str, values: Sequence[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Row(*row) for row in cursor.fetchall()]


def _quoted(word: str) -> str:
    """A word as a tsquery lexeme: nothing in it is read as syntax."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


class Postgresql:
    """The steps of search on PostgreSQL."""

    def by_title(self, asked: Asked) -> list[Row]:
        """See Engine."""
        part = (
            f"(SELECT {_FIELDS} FROM search_document d WHERE d.kind = %s AND d.title_folded ~>=~ %s "  # noqa: S608
            "AND d.title_folded ~<~ %s AND d.visibility = ANY(%s) ORDER BY d.title_folded USING ~<~ LIMIT %s)"
        )
        values: list[Any] = []
        for kind in asked.kinds:
            values += [kind, asked.folded, asked.folded + "\U0010ffff", list(asked.labels), asked.most]
        return _rows(" UNION ALL ".join([part] * len(asked.kinds)), values)

    def _matching(self, asked: Asked, wanted: str, kinds: Sequence[str]) -> list[Row]:
        # The index is asked for each kind of many by itself, so that no more rows are read than are shown of it, and once for all
        # others; and in a WITH of its own, for with a LIMIT beside it the whole table would be read where many match.
        groups = [[kind] for kind in kinds if kind in asked.many]
        if others := [kind for kind in kinds if kind not in asked.many]:
            groups.append(others)
        labels = [visibility_token(label) for label in asked.labels]
        marks = [f"({' | '.join(map(_quoted, labels))})"] if asked.common.isdisjoint(labels) else []
        inner = f"(SELECT {_FIELDS}, d.visibility FROM search_document d WHERE {_WORDS} @@ %s::tsquery)"  # noqa: S608
        withs = [f"w{place} AS MATERIALIZED {inner}" for place in range(len(groups))]
        parts: list[str] = []
        asks: list[Any] = []
        values: list[Any] = []
        for place, group in enumerate(groups):
            kind_marks = f"({' | '.join(map(_quoted, map(kind_token, group)))})"
            asks.append(" & ".join([wanted, kind_marks, *marks]))
            part = f"(SELECT {_FIELDS} FROM w{place} d WHERE d.kind = %s AND d.visibility = ANY(%s) LIMIT %s)"  # noqa: S608
            for kind in group:
                parts.append(part)
                values += [kind, list(asked.labels), asked.choice]
        return _rows(f"WITH {', '.join(withs)} {' UNION ALL '.join(parts)}", [*asks, *values])

    def _newest(self, asked: Asked, kind: str) -> list[Row]:
        held = " AND ".join(["strpos(' ' || d.words, %s) > 0"] * len(asked.telling))
        return _rows(
            f"SELECT {_FIELDS} FROM (SELECT * FROM search_document WHERE kind = %s ORDER BY key DESC LIMIT %s) d "  # noqa: S608
            f"WHERE d.visibility = ANY(%s) AND {held} LIMIT %s",
            [kind, NEWEST, list(asked.labels), *(f" {word}" for word in asked.telling), asked.choice],
        )

    def by_words(self, asked: Asked) -> list[Row]:
        """See Engine."""
        wanted = " & ".join(f"{_quoted(word)}:*" for word in asked.telling)
        return by_words(asked, self._newest, lambda asked, kinds: self._matching(asked, wanted, kinds))

    def by_identifier(self, asked: Asked) -> list[Row]:
        """See Engine."""
        return self._matching(asked, _quoted(asked.identifier), asked.kinds)

    def by_pieces(self, asked: Asked, wanted: Sequence[Held]) -> list[Row]:
        """See Engine."""
        expression = " | ".join(
            "("
            + " & ".join(
                [*map(_quoted, held), *([f"({' | '.join(map(_quoted, others))})"] if others else [])]
            )
            + ")"
            for held, others in wanted
        )
        return _rows(
            f"SELECT {_FIELDS} FROM search_document d WHERE {_PIECES} @@ %s::tsquery "  # noqa: S608
            "AND d.kind = ANY(%s) AND d.visibility = ANY(%s) LIMIT %s",
            [expression, list(asked.kinds), list(asked.labels), CANDIDATES],
        )

    def holding(self, pieces: Sequence[str], kind: str, most: int, *, is_large: bool) -> list[int]:
        """See Engine."""
        column = "d.kind || ''" if is_large else "d.kind"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT d.key FROM search_document d WHERE {_PIECES} @@ %s::tsquery AND {column} = %s LIMIT %s",  # noqa: S608
                [" & ".join(_quoted(piece) + ":*" * (len(piece) < 3) for piece in pieces), kind, most],
            )
            return [key for (key,) in cursor.fetchall()]

    def pieces(self, words: Sequence[str]) -> list[list[str]]:
        """See Engine. pg_trgm writes pieces with letters beyond ASCII as numbers, so it has to be asked."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT show_trgm(word) FROM unnest(%s::text[]) WITH ORDINALITY t(word, place) ORDER BY place",
                [list(words)],
            )
            return [found for (found,) in cursor.fetchall()]

    def rarity(self) -> dict[str, int]:
        """See Engine."""
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH ends AS (SELECT min(id) AS first, max(id) AS last FROM search_document), "
                "picked AS (SELECT DISTINCT (first + floor(random() * (last - first + 1)))::bigint AS id "
                "FROM ends, generate_series(1, %s)) "
                "SELECT words, show_trgm(title_folded) FROM search_document JOIN picked USING (id)",
                [SAMPLE],
            )
            found = cursor.fetchall()
        seen = count_marks_and_words(words for words, _pieces in found)
        for _words, pieces in found:
            seen.update(pieces)
        return dict(seen)
