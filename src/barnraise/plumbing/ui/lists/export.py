"""What is shown, as CSV or XLSX: all matching rows, the chosen columns, in order, in flat memory."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook

from barnraise.foundation.text import spreadsheet_safe

from .keyset import Order, batches

if TYPE_CHECKING:
    from .declaration import Column, ListPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_XLSX = 1_000_000
"""A sheet holds 1,048,576 rows."""


class _Line:
    """csv.writer writes to it; it hands the line on."""

    def write(self, text: str) -> str:
        return text


def _texts(
    page: ListPage, columns: Sequence[Column], rows: QuerySet[Any], order: Order
) -> Iterator[list[Any]]:
    yield [str(column.title) for column in columns]
    for batch in batches(rows, order):
        if page.prepare:
            page.prepare(batch)
        for row in batch:
            yield [_text(column, row) for column in columns]


def _text(column: Column, row: Any) -> Any:
    value = column.text(row) if column.text else column.cell(row)
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return spreadsheet_safe(str(value))


def exported(
    page: ListPage, columns: Sequence[Column], rows: QuerySet[Any], order: Order, kind: str
) -> HttpResponseBase:
    """The download. `kind` is "csv" or "xlsx"."""
    name = f"{page.name}-{timezone.localdate().isoformat()}.{kind}"
    lines = _texts(page, columns, rows, order)
    if kind == "xlsx":
        return FileResponse(_workbook(lines, page.name), as_attachment=True, filename=name, content_type=XLSX)
    write = csv.writer(_Line()).writerow
    response = StreamingHttpResponse((write(line) for line in lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _workbook(lines: Iterator[list[Any]], title: str) -> Any:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for at, line in enumerate(lines):
        if at > MOST_XLSX:
            break
        sheet.append(line)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    book.save(file)
    file.seek(0)
    return file
