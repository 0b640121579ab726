"""Which things hold certain words, as a subquery for lists that filter by words."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from ..folding import kind_token, query_words
from .postgresql import _WORDS as POSTGRESQL_WORDS

_SQLITE = (
    "SELECT d.key FROM search_words w CROSS JOIN search_document d ON d.id = w.rowid "
    "WHERE w.search_words MATCH %s AND d.kind = %s"
)
_POSTGRESQL = f"SELECT d.key FROM search_document d WHERE {POSTGRESQL_WORDS} @@ %s::tsquery AND d.kind = %s"  # noqa: S608


def keys_with(kind: str, text: str) -> Any:
    """A subquery of the keys of that kind that hold a word beginning with each word of `text`: `rows.filter(pk__in=...)`.

    Whom the rows are shown to is the caller's to say. A text without words matches nothing.
    """
    words = query_words(text)
    if connection.vendor == "sqlite":
        asked = " AND ".join([f'"{word}"*' for word in words] + [f'"{kind_token(kind)}"'])
        statement = _SQLITE
    else:
        asked = " & ".join([f"'{word}':*" for word in words] + [f"'{kind_token(kind)}'"])
        statement = _POSTGRESQL
    if not words:
        statement += " AND 1 = 0"
    return RawSQL(statement, (asked, kind), output_field=BigIntegerField())  # noqa: S611 - no value is part of the statement
