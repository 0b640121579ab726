"""What a judge remembers: the listings of a series, and what this import has seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from .judging import Judged, Known
from .models import Import, Listing, Series
from .sockets import Document, Noun

_COLUMNS = ("source_key", "key", "digest", "document", "row", "batch_id")


def listed(series: Series | None, batch: Import, noun: Noun, source_keys: Sequence[str]) -> dict[str, Known]:
    """What the series says of these keys. Records that are gone have no key."""
    if series is None:
        return {}
    found = list(
        Listing.objects.filter(series=series, source_key__in=set(source_keys)).values_list(*_COLUMNS)
    )
    if not found:
        return {}
    there = noun.existing([key for _, key, *_ in found])
    return {
        source_key: Known(
            key if key in there else None, bytes(mark), document or None, row, batch_id == batch.pk
        )
        for source_key, key, mark, document, row, batch_id in found
    }


def told_of(judged: Judged) -> list[Document]:
    """What would be written of a batch: the new documents, and of the changed ones the fields that change."""
    changed: list[Document] = [one.merged.document for one in judged.updates if one.merged]
    return [*(one.record.document for one in judged.creates), *changed]


class Listed:
    """The memory of a run: everything is in the listings, so a run can be taken over by any process."""

    def __init__(self, batch: Import, noun: Noun) -> None:
        self.batch, self.noun = batch, noun

    def recall(self, source_keys: Sequence[str]) -> Mapping[str, Known]:
        """See Memory."""
        return listed(self.batch.series, self.batch, self.noun, source_keys)

    def claimed(self, keys: Collection[int]) -> set[int]:
        """See Memory."""
        mine = Listing.objects.filter(batch=self.batch, key__in=list(keys))
        return set(mine.values_list("key", flat=True))

    def row_of(self, key: int) -> int | str:
        """The row that stands for this record."""
        found = Listing.objects.filter(batch=self.batch, key=key).values_list("row", flat=True).first()
        return found if found is not None else "?"


class Dreamt:
    """The memory of a dry run: the listings as they stand, and in this process what the run would have listed."""

    def __init__(self, batch: Import, noun: Noun, series: Series | None) -> None:
        self.batch, self.noun, self.series = batch, noun, series
        self.seen: dict[str, tuple[bytes, int]] = {}
        self.rows_of: dict[int, int] = {}
        self.brought: dict[str, set[str]] = {}

    def recall(self, source_keys: Sequence[str]) -> Mapping[str, Known]:
        """See Memory."""
        found = listed(self.series, self.batch, self.noun, source_keys)
        for source_key in source_keys:
            if source_key in self.seen:
                mark, row = self.seen[source_key]
                before = found.get(source_key)
                found[source_key] = Known(before.key if before else None, mark, None, row, True)
        return found

    def claimed(self, keys: Collection[int]) -> set[int]:
        """See Memory."""
        return {key for key in keys if key in self.rows_of}

    def row_of(self, key: int) -> int | str:
        """The row that stands for this record."""
        return self.rows_of.get(key, "?")

    def keep(self, judged: Judged) -> None:
        """Remember a batch as if it had been written."""
        for noun, found in self.noun.brings(told_of(judged)).items():
            self.brought.setdefault(noun, set()).update(found)
        for verdict in judged.accepted:
            self.seen[verdict.source_key] = (verdict.digest, verdict.record.row)
            if verdict.key is not None:
                self.rows_of[verdict.key] = verdict.record.row
