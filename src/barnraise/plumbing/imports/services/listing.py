"""Write down which records an edition lists, and how to take that back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes

from ..judging import Judged
from ..models import Import, Listing

_UPSERT = """
INSERT INTO imports_listing (series_id, source_key, key, batch_id, "row", digest, document)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (series_id, source_key) DO UPDATE SET key = excluded.key, batch_id = excluded.batch_id,
"row" = excluded."row", digest = excluded.digest, document = excluded.document
"""
_SEEN = 'UPDATE imports_listing SET batch_id = %s, "row" = %s WHERE series_id = %s AND source_key = %s'


def note_listings(batch: Import, judged: Judged, *, is_new: bool) -> None:
    """Keep what the listings of these records said before, for undo. Call it before the records are written:
    an undo goes backwards, so it takes the records back first and then knows which of them are left."""
    accepted = {one.source_key: one for one in judged.accepted}
    if not accepted or batch.change_set is None:
        return
    before = {}
    if not is_new:
        there = Listing.objects.filter(series=batch.series, source_key__in=list(accepted))
        for row in there:
            is_same = bytes(row.digest) == accepted[row.source_key].digest
            said = (None, None) if is_same else (bytes(row.digest).hex(), row.document)
            before[row.source_key] = [row.key, row.batch_id, row.row, *said]
    stored = {
        "series": batch.series_id,
        "new": [key for key in accepted if key not in before],
        "before": before,
    }
    change = Change(kind="imports.import", key=batch.pk, action=Change.Action.UPDATED, before=stored)
    add_changes(change_set=batch.change_set, changes=[change])


def list_records(batch: Import, judged: Judged, keys: Sequence[int]) -> None:
    """List the records of this batch as this edition gives them; `keys` are those of the created, in order."""
    told = list(zip(judged.creates, keys, strict=True))
    told += [(one, one.key or 0) for one in (*judged.updates, *judged.unchanged) if one.merged is not None]
    series, mine = batch.series_id, batch.pk
    with connection.cursor() as cursor:
        if told:
            cursor.executemany(
                _UPSERT,
                [
                    (series, one.source_key, key, mine, one.record.row, one.digest, one.text)
                    for one, key in told
                ],
            )
        seen = [
            (mine, one.record.row, series, one.source_key) for one in judged.unchanged if one.merged is None
        ]
        if seen:
            cursor.executemany(_SEEN, seen)
