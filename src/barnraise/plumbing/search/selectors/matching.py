"""Which things hold certain words, for lists that filter by words."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, StrIndex

from ..folding import kind_token, query_words
from ..models import SearchDocument
from .postgresql import _WORDS as POSTGRESQL_WORDS

_SQLITE = (
    "SELECT d.key FROM search_words w CROSS JOIN search_document d ON d.id = w.rowid "
    "WHERE w.search_words MATCH %s AND d.kind = %s"
)
_POSTGRESQL = f"SELECT d.key FROM search_document d WHERE {POSTGRESQL_WORDS} @@ %s::tsquery AND d.kind = %s"  # noqa: S608


def _statement(kind: str, text: str) -> tuple[str, list[Any]]:
    words = query_words(text)
    if connection.vendor == "sqlite":
        asked = " AND ".join([f'"{word}"*' for word in words] + [f'"{kind_token(kind)}"'])
        statement = _SQLITE
    else:
        asked = " & ".join([f"'{word}':*" for word in words] + [f"'{kind_token(kind)}'"])
        statement = _POSTGRESQL
    return statement + ("" if words else " AND 1 = 0"), [asked, kind]


def keys_with(kind: str, text: str) -> Any:
    """A subquery of the keys of that kind that hold a word beginning with each word of `text`: `rows.filter(pk__in=...)`.

    Whom the rows are shown to is the caller's to say. A text without words matches nothing.
    """
    statement, values = _statement(kind, text)
    return RawSQL(statement, values, output_field=BigIntegerField())  # noqa: S611 - no value is part of the statement


LOOKED_AT, ENOUGH = 2000, 10
"""Where so many of the newest hold the words, they are common and no index is asked."""


def some_with(kind: str, text: str, most: int) -> tuple[list[int], bool]:
    """(keys of `keys_with` in no order, whether there are many more): at most `most`, or the newest where the words are common."""
    if not query_words(text):
        return [], False
    newest = SearchDocument.objects.filter(kind=kind).order_by("-key")[:LOOKED_AT]
    common = list(
        _held(SearchDocument.objects.filter(pk__in=newest.values("pk")), text).values_list("key", flat=True)[
            :ENOUGH
        ]
    )
    if len(common) == ENOUGH:
        return common, True
    statement, values = _statement(kind, text)
    if connection.vendor == "postgresql":
        # In a WITH of its own, so that the index is read, and not the whole table until enough are met.
        statement = f"WITH w AS MATERIALIZED ({statement}) SELECT key FROM w"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement + " LIMIT %s", [*values, most])
        found = [key for (key,) in cursor.fetchall()]
    return found, len(found) == most


def holds(kind: str, text: str) -> Any:
    """`keys_with` as a condition on rows of that kind, asked of each row by itself: for a reader who walks them in an order."""
    found = SearchDocument.objects.filter(kind=kind, key=OuterRef("pk"))
    return Exists(_held(found, text) if query_words(text) else found.none())


def _held(documents: QuerySet[SearchDocument], text: str) -> QuerySet[SearchDocument]:
    for place, word in enumerate(query_words(text)):
        at = StrIndex(Concat(Value(" "), "words"), Value(f" {word}"))
        documents = documents.annotate(**{f"at_{place}": at}).filter(**{f"at_{place}__gt": 0})
    return documents
