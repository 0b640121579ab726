"""What is shown, as CSV or XLSX: all matching rows, the chosen columns, in order, in flat memory."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from barnraise.foundation.text import spreadsheet_safe

from .keyset import Order, Source, batches

if TYPE_CHECKING:
    from .declaration import Column, Download, ListPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_XLSX = 1_000_000
"""A sheet holds 1,048,576 rows; what is more goes on in a further sheet."""

LONGEST_CELL = 32_767
_UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]")


class _Line:
    """csv.writer writes to it; it hands the line on."""

    def write(self, text: str) -> str:
        return text


def _texts(page: ListPage, columns: Sequence[Column], rows: Source, order: Order) -> Iterator[list[Any]]:
    yield [str(column.title) for column in columns]
    for batch in batches(rows, order):
        if page.prepare:
            page.prepare(batch)
        for row in batch:
            yield [_text(column, row) for column in columns]


def _as_asked(lines: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """The lines in the language and zone of the request, which is over when they are sent."""
    language, zone = get_language(), timezone.get_current_timezone()
    while True:
        with override(language), timezone.override(zone):
            line = next(lines, None)
        if line is None:
            return
        yield line


def _text(column: Column, row: Any) -> Any:
    """A number, an ISO 8601 day or instant in the reader's zone, or text that no spreadsheet runs."""
    value = column.text(row) if column.text else _plain(column.cell(row))
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return spreadsheet_safe(_UNPRINTABLE.sub("", str(value)))


def _plain(cell: Any) -> Any:
    """The words of a cell without its markup."""
    return unescape(strip_tags(str(cell))) if hasattr(cell, "__html__") else cell


def exported(
    page: ListPage, columns: Sequence[Column], rows: Source, order: Order, kind: str
) -> HttpResponseBase:
    """The download. `kind` is "csv" or "xlsx"."""
    name = f"{page.name}-{timezone.localdate().isoformat()}.{kind}"
    lines = _as_asked(_texts(page, columns, rows, order))
    if kind == "xlsx":
        return FileResponse(_workbook(lines, page.name), as_attachment=True, filename=name, content_type=XLSX)
    write = csv.writer(_Line()).writerow
    response = StreamingHttpResponse((write(line) for line in lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def downloaded(page: ListPage, download: Download, rows: Source, order: Order) -> StreamingHttpResponse:
    """A file of another kind than a table, in flat memory."""
    pieces = (piece for batch in batches(rows, order) for piece in download.octets(batch))
    response = StreamingHttpResponse(pieces, content_type=download.content_type)
    name = f"{page.name}-{timezone.localdate().isoformat()}.{download.name}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _workbook(lines: Iterator[list[Any]], title: str) -> Any:
    from openpyxl import Workbook  # slow to load, and seldom needed

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    head = next(lines)
    sheet.append(head)
    for at, line in enumerate(lines):
        if at and at % MOST_XLSX == 0:
            sheet = book.create_sheet()
            sheet.append(head)
        sheet.append([cell[:LONGEST_CELL] if isinstance(cell, str) else cell for cell in line])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    book.save(file)
    file.seek(0)
    return file
