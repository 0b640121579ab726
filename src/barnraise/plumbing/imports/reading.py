"""The records of an import: its format reads them, or a mapping makes them from the rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from barnraise.foundation.tabular import Row, Table, UnreadableFile, rows

from .mapping import compile_mapping, for_table
from .models import Import
from .packing import unpacked
from .sockets import AddedOnly, Bad, FieldRefused, Noun, Record, Source, formats, nouns, subjects

LABEL = 120
"""Characters of the label by which findings name a table."""
SAMPLE = 2000
"""Records whose keys decide of which series an import is an edition."""
CHUNK = 1000
"""Records asked about at once, whether what they are about is here."""


def sources(batch: Import) -> list[Source]:
    """The files of an import in order, as they were recognised."""
    found = batch.files.select_related("file").order_by("position")
    return [
        Source(one.file.path, one.file.name, unpacked(one.recognition), one.choices)
        for one in found
        if one.recognition
    ]


def table_of(source: Source) -> Table | None:
    """The table that a mapping reads: the chosen one, else the first seen that has rows and columns; None when there is none."""
    wanted = source.choices.get("sheet")
    tables = source.recognition.tables
    if wanted:
        return next((t for t in tables if wanted in (t.name, t.resource, t.choice.entry)), None)
    seen = [table for table in tables if not table.is_hidden] or list(tables)
    # A cover sheet or a list of remarks has one column.
    full = (table for table in seen if len(table.columns) > 1 and table.row_count != 0)
    return next(full, seen[0] if seen else None)


def mapped_tables(given: Sequence[Source]) -> list[tuple[str, Source, Table]]:
    """(label, source, table) of what a mapping reads. Labels tell the tables of several files apart."""
    found = [(source, table) for source in given if (table := table_of(source)) is not None]
    if len(given) == 1:
        return [(table.name[:LABEL], source, table) for source, table in found]
    return [
        (
            source.name[:LABEL] if table.name == source.name else f"{source.name} · {table.name}"[:LABEL],
            source,
            table,
        )
        for source, table in found
    ]


def has_several(given: Sequence[Source], *, is_by_mapping: bool) -> bool:
    """Whether rows come from more than one table, so that a row's number alone does not say where it stands."""
    return len(given) > 1 or (not is_by_mapping and sum(len(one.recognition.tables) for one in given) > 1)


def records(batch: Import, given: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """The records after the first `start_after`, in a fixed order. Raises UnreadableFile, MappingRefused.

    Those that hold together follow each other, wherever they stand in the files.
    """
    if (held := held_with(batch.noun)) is not None:
        return islice(_gathered(_as_written(batch, given, 0), held), start_after, None)
    return _as_written(batch, given, start_after)


def held_with(noun: str) -> Callable[[Record | Bad], str | None] | None:
    """What tells which records of this noun hold together, None where each stands for itself. A refused row has nothing to hold to."""
    plug = nouns.get(noun)
    if not isinstance(plug, AddedOnly) or not plug.rows_hold_together:
        return None
    return lambda one: plug.held_with(one.document) if isinstance(one, Record) else None


def _as_written(batch: Import, given: Sequence[Source], start_after: int) -> Iterator[Record | Bad]:
    if batch.format:
        return formats.get(batch.format).read(given, start_after=start_after)
    return mapped(batch.mapping, nouns.get(batch.noun), given, start_after=start_after)


def _gathered(
    stream: Iterator[Record | Bad], held: Callable[[Record | Bad], str | None]
) -> Iterator[Record | Bad]:
    """All of them, by what they hold to as it comes first; what holds to nothing goes before. All are kept in memory for it."""
    groups: dict[str | None, list[Record | Bad]] = {None: []}
    for one in stream:
        groups.setdefault(held(one), []).append(one)
    for found in groups.values():
        yield from found


def mapped(
    mapping: dict[str, Any], noun: Noun, given: Sequence[Source], *, start_after: int = 0
) -> Iterator[Record | Bad]:
    """Rows of the chosen tables through a mapping. What a field refuses is told with the person's own column name."""
    left_out = start_after
    for label, source, table in mapped_tables(given):
        make = _maker(mapping, noun, table, label)
        for row in rows(source.path, table.choice):
            if left_out:
                left_out -= 1
                continue
            yield make(row)


def _maker(mapping: dict[str, Any], noun: Noun, table: Table, name: str) -> Any:
    mapping = for_table(mapping, table.names)
    compiled = compile_mapping(mapping, table.names, noun)
    build = noun.builder()
    columns = {rules["field"]: column for column, rules in mapping["columns"].items() if rules.get("field")}

    def make(row: Row) -> Record | Bad:
        values = compiled(row)
        if isinstance(values, Bad):
            return Bad(values.row, values.column, values.value, values.reason, values.details, name)
        try:
            return Record(row.number, build(values), name)
        except FieldRefused as no:
            column = columns.get(no.column, no.column)
            return Bad(row.number, column, str(no.value)[:300], no.reason, no.details, name)

    return make


def read_through(given: Sequence[Source], *, is_by_mapping: bool) -> int:
    """Parse every row that will be read, to the end; how many there are. Raises UnreadableFile at one that cannot be."""
    count = 0
    for source in given:
        chosen = [table_of(source)] if is_by_mapping else list(source.recognition.tables)
        for table in chosen:
            if table is not None:
                count += sum(1 for _ in rows(source.path, table.choice))
    return count


def expected_rows(batch: Import, given: Sequence[Source]) -> int | None:
    """How many records to expect, for a progress bar; None when nobody counted."""
    plug = formats.get(batch.format) if batch.format else None
    if plug is not None and plug.expects is not None:
        return plug.expects(given)
    counts: list[int | None] = []
    for source in given:
        tables = list(source.recognition.tables) if batch.format else [table_of(source)]
        counts += [table.row_count for table in tables if table is not None]
    if not counts or None in counts:
        return None
    # Of a register in several tables the largest list says most: others only add to its records.
    known = [count for count in counts if count is not None]
    return max(known) if batch.format else sum(known)


def sample_keys(batch: Import, given: Sequence[Source], *, most_read: int | None = None) -> list[str]:
    """The source keys of the first records, for finding the series. A file that cannot be read gives those before.

    Of a noun whose records are about something only those count that are about what is here; they may lie far down, so
    the whole file is read for them, or its first `most_read` records.
    """
    noun, about = nouns.get(batch.noun), subjects.find(batch.noun)
    found: list[str] = []
    stream = islice(records(batch, given), SAMPLE if about is None else most_read)
    try:
        while len(found) < SAMPLE and (chunk := list(islice(stream, CHUNK))):
            documents = [one.document for one in chunk if isinstance(one, Record)]
            if about is not None:
                absent = about.absent(documents)
                documents = [one for one, gone in zip(documents, absent, strict=True) if gone is None]
            found += [noun.source_key(one) for one in documents]
    except UnreadableFile:
        pass
    return found[:SAMPLE]
