"""Streaming the rows of a chosen table, from its start or from where an earlier reading stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

from . import address_cards, container, json_source, workbook, zeros, zipped
from .assembly import Numbered, fit
from .delimited import START, Layout, is_wide, records
from .limits import DEFAULT_LIMITS, Limits
from .refusals import UnreadableFile
from .shapes import Row, RowCursor, TableChoice


def rows(
    source: Path, table: TableChoice, *, start_after: int = 0, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Row]:
    """Yield the rows below the header that have content, in order, each with at least ``table.width`` texts.

    ``start_after`` leaves out all rows up to that number. Text is read as a stream, also inside an archive;
    sheets and JSON are held in memory. Raises UnreadableFile at the row that cannot be read.
    """
    container.check_size(source, limits)
    if table.kind == "delimited":
        # Without a cursor per row: this path reads registers of a million rows.
        with _text_stream(source, table) as stream:
            begin = RowCursor(max(start_after, _last_header_row(table)))
            width = table.width
            for number, cells, _ in records(stream, _layout(table), limits, begin):
                if any(cells):
                    yield Row(number, tuple(cells) if len(cells) == width else fit(cells, width))
        return
    for row, _ in rows_with_cursor(source, table, start=RowCursor(start_after), limits=limits):
        yield row


def rows_with_cursor(
    source: Path, table: TableChoice, *, start: RowCursor = START, limits: Limits = DEFAULT_LIMITS
) -> Iterator[tuple[Row, RowCursor]]:
    """Yield each row with the cursor behind it; giving that cursor as ``start`` goes on with the next row.

    In text a cursor is a byte offset, so nothing before it is parsed again; elsewhere rows are counted.
    """
    container.check_size(source, limits)
    last = _last_header_row(table)
    if table.kind == "delimited":
        begin = start if start.offset or start.number > last else RowCursor(last)
        yield from _text_rows(source, table, begin, limits)
        return
    numbered = _numbered(source, table, limits)
    begin_after = max(last, start.number)
    for number, cells in numbered:
        if number > begin_after and any(cells):
            yield Row(number, fit(cells, table.width)), RowCursor(number)


def _numbered(source: Path, table: TableChoice, limits: Limits) -> Iterator[Numbered]:
    if table.kind == "cards":
        return address_cards.numbered(source, source.name)
    return _sheet_rows(source, table, limits) if table.kind == "sheet" else _json_rows(source, table, limits)


def _last_header_row(table: TableChoice) -> int:
    return table.header_row + table.header_height - 1 if table.header_row else 0


def _layout(table: TableChoice) -> Layout:
    if table.encoding is None or table.delimiter is None:
        raise ValueError("a delimited table needs an encoding and a delimiter")
    return Layout(table.encoding, table.delimiter, table.has_quotes, table.line_split)


def _text_stream(source: Path, table: TableChoice) -> AbstractContextManager[BinaryIO]:
    return zipped.entry_stream(source, table.entry, source.name) if table.entry else source.open("rb")


def _text_rows(
    source: Path, table: TableChoice, start: RowCursor, limits: Limits
) -> Iterator[tuple[Row, RowCursor]]:
    layout = _layout(table)
    wide = is_wide(layout.encoding)
    with _text_stream(source, table) as stream:
        for number, cells, offset in records(stream, layout, limits, start):
            if any(cells):
                yield Row(number, fit(cells, table.width)), RowCursor(number, 0 if wide else offset)


def _sheet_rows(source: Path, table: TableChoice, limits: Limits) -> Iterator[Numbered]:
    shown: dict[int, int] = {}
    if table.container == "xlsx":
        with zipped.opened(source, source.name) as archive:
            zipped.check(archive, source.name, limits)
            zipped.verify(archive)
            workbook.measure(archive, limits)
            shown = zeros.zero_columns(archive).get(table.sheet or "", {})
    with workbook.opened(source, source.name) as book:
        if table.sheet not in book.sheet_names:
            raise UnreadableFile("no_such_table", table=table.sheet or "")
        yield from workbook.cell_rows(book.get_sheet_by_name(table.sheet), shown)


def _json_rows(source: Path, table: TableChoice, limits: Limits) -> Iterator[Numbered]:
    with (
        zipped.entry_stream(source, table.entry, source.name) if table.entry else source.open("rb") as stream
    ):
        found = json_source.lists(json_source.load(stream, limits))
    items = json_source.choose(found, table.sheet or "")
    yield from json_source.text_rows(items, json_source.field_names(items))
