"""Refused rows as they stand in their files, with the reason behind: to be mended and given again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.tabular import Row, Table, UnreadableFile, rows

from .columns import headings
from .judging import place_of
from .models import Finding, Import
from .notices import reason
from .reading import mapped_tables, sources
from .sockets import Source

AHEAD = 4000
"""Findings held while the files are read: more than one step of work leaves, so that those of a row are among them."""


def rows_refused(batch: Import, phase: str) -> Iterator[list[Any]]:
    """A header and one line for each refused row: its cells, then row, column and reason. In flat memory.

    Rows that are not found in the files any more come last, without their cells.
    """
    tables = _tables(batch)
    names = [one.name for one in headings([(label, table) for label, _source, table in tables])]
    yield [*names, _("Refused: row"), _("Refused: column"), _("Refused: reason")]
    found = Finding.objects.filter(batch=batch, phase=phase, kind=Finding.Kind.REFUSED).order_by("pk")
    left = found.iterator(chunk_size=2000)
    held: dict[str, Finding] = {}
    for label, table, row in _rows(tables):
        if len(held) < AHEAD:
            held.update((place_of(one.table, one.row), one) for one in islice(left, AHEAD))
        if not held:
            return
        refused = held.pop(place_of(label, row.number), None)
        if refused is not None:
            cells = dict(zip(table.names, row.values, strict=False))
            yield [*(cells.get(name, "") for name in names), *_why(refused, len(tables))]
    for refused in chain(held.values(), left):
        yield [*("" for _name in names), *_why(refused, len(tables))]


def _rows(tables: list[tuple[str, Source, Table]]) -> Iterator[tuple[str, Table, Row]]:
    """Every row that can still be read."""
    for label, source, table in tables:
        try:
            for row in rows(source.path, table.choice):
                yield label, table, row
        except (UnreadableFile, OSError):
            continue


def _tables(batch: Import) -> list[tuple[str, Source, Table]]:
    given = sources(batch)
    if not batch.format:
        return mapped_tables(given)
    refused = set(
        batch.findings.filter(kind=Finding.Kind.REFUSED).values_list("table", flat=True).distinct()[:500]
    )
    every = [(table.name, source, table) for source in given for table in source.recognition.tables]
    return [one for one in every if one[0][:120] in refused]


def _why(refused: Finding, many: int) -> list[Any]:
    where = f"{refused.table}, {refused.row}" if many > 1 else refused.row
    return [where, refused.column, reason(refused.reason, refused.details)]
