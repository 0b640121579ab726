"""Bring the index in line with some things of one kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from barnraise.foundation.text import shorten
from barnraise.plumbing.jobs import services as jobs

from ..folding import indexed_words, tokens
from ..models import SearchDocument
from ..policies import VISIBILITIES
from ..sockets import Document, documents

AT_ONCE = 1000
"""Documents in one statement."""

_COLUMNS = ("kind", "key", "title", "title_folded", "excerpt", "words", "visibility", "updated_at")
_WRITTEN = ("title", "title_folded", "excerpt", "words", "visibility", "updated_at")
_TOLD_APART = ("title", "excerpt", "words", "visibility")


def index(kind: str, keys: Collection[int], *, known: Mapping[int, Document] | None = None) -> int:
    """Write what the plug of `kind` says about these keys; keys it leaves out are taken from the index.

    `known` are documents the caller has at hand already, exactly as the plug would read them.
    Call it last in the transaction of the write, so that a rollback takes the index along. Any number of keys.
    Returns how many documents the keys have now. Raises SocketError when nothing is plugged for `kind`,
    ValueError when a document carries an unknown visibility label.
    """
    plug = documents.get(kind)
    now = timezone.now()
    written = 0
    with transaction.atomic():
        for batch in _batches(sorted(set(keys)), AT_ONCE):
            found = {key: known[key] for key in batch if key in known} if known else {}
            if missing := [key for key in batch if key not in found]:
                found.update((document.key, document) for document in plug.read(missing))
            _write(kind, list(found.values()), now)
            remove(kind, [key for key in batch if key not in found])
            written += len(found)
    return written


def index_later(kind: str, keys: Collection[int], *, by: Any = None) -> None:
    """The same as a background job after the caller's commit: for side effects on many things of another room."""
    for batch in _batches(sorted(set(keys)), 20_000):
        jobs.start(
            handler="search.index",
            title="Bring search up to date",
            arguments={"kind": kind, "keys": batch},
            by=by,
        )


def remove(kind: str, keys: Collection[int]) -> int:
    """Take these things from the index, in the caller's transaction. Returns how many were in it."""
    gone = 0
    with transaction.atomic():
        for batch in _batches(sorted(set(keys)), AT_ONCE):
            gone += SearchDocument.objects.filter(kind=kind, key__in=batch).delete()[0]
    return gone


def _batches(keys: Sequence[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(keys), size):
        yield list(keys[start : start + size])


def _row(kind: str, document: Document, now: datetime) -> tuple[Any, ...]:
    if document.visibility not in VISIBILITIES:
        raise ValueError(
            f"{kind}:{document.key} carries the visibility {document.visibility!r}; use one of {', '.join(VISIBILITIES)}."
        )
    title = shorten(document.title.replace("\0", ""), 300)
    return (
        kind,
        document.key,
        title,
        " ".join(tokens(title))[:300],
        shorten(document.text[:1000].replace("\0", ""), 240),
        indexed_words(
            kind=kind,
            visibility=document.visibility,
            title=title,
            text=document.text,
            identifiers=document.identifiers,
        ),
        document.visibility,
        now,
    )


def _write(kind: str, found: Sequence[Document], now: datetime) -> None:
    """Insert or update; rows that say the same as before are not touched, so their index entries stay too."""
    if not found:
        return
    rows = [_row(kind, document, now) for document in found]
    stamp = connection.ops.adapt_datetimefield_value
    values = [cell if not isinstance(cell, datetime) else stamp(cell) for row in rows for cell in row]
    places = ", ".join(["(" + ", ".join(["%s"] * len(_COLUMNS)) + ")"] * len(rows))
    updates = ", ".join(f"{name} = excluded.{name}" for name in _WRITTEN)
    differs = " OR ".join(f"search_document.{name} <> excluded.{name}" for name in _TOLD_APART)
    statement = (
        f"INSERT INTO search_document ({', '.join(_COLUMNS)}) VALUES {places} "  # noqa: S608
        f"ON CONFLICT (kind, key) DO UPDATE SET {updates} WHERE {differs}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
