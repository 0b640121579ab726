"""Worksheets of .xlsx and .xls files, read by calamine after their size was measured.

Calamine holds a sheet as one dense block in memory, so a single far cell costs gigabytes; and the size that
a sheet declares may lie. Hence every part is unpacked once into nothing and its cell references are measured.
XML entities: calamine reads with quick-xml, which expands no entity that a document declares. It passes over
the declaration and calls a use of it an error ("unrecognized entity", seen with python-calamine 0.9), so an
entity bomb stays the few bytes it is. A sheet that declares any is refused all the same: no spreadsheet
program writes one.
"""

from __future__ import annotations

import datetime
import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from . import phrases
from .limits import Limits
from .refusals import UnreadableFile

BLOCK = 1024 * 1024
CellValue = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
_COLUMN = re.compile(rb'\br="([A-Z]+)\d+"')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_SHEET = re.compile(r"(^|/)worksheets/[^/]+\.xml$", re.IGNORECASE)
_MARGIN = 200


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def measure(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse sheets with too many columns or cells, whatever size they declare."""
    for part in archive.namelist():
        if _SHEET.search(part):
            rows, columns = _extent(archive, part)
            if columns > limits.max_columns:
                raise UnreadableFile("too_many_columns", columns=columns, limit=limits.max_columns)
            if rows * columns > limits.max_sheet_cells:
                facts = {"rows": rows, "columns": columns, "limit": limits.max_sheet_cells}
                raise UnreadableFile("too_many_cells", table=part.rpartition("/")[2], **facts)


def _extent(archive: zipfile.ZipFile, part: str) -> tuple[int, int]:
    """Return (last row, last column) by the references of the cells; cells without one count along their row."""
    letters: set[bytes] = set()
    rows = 0
    cells = referred = 0
    with archive.open(part) as stream:
        rest = b""
        while block := stream.read(BLOCK):
            text = rest + block
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise UnreadableFile("damaged", name=part, detail=phrases.ENTITIES)
            cut = max(len(text) - _MARGIN, text.rfind(b"<"))
            text, rest = text[:cut], text[cut:]
            found, referred_here, lines, cells_here = _tally(text)
            letters |= found
            rows = max(rows, lines)
            cells += cells_here
            referred += referred_here
        found, referred_here, lines, cells_here = _tally(rest)
        letters |= found
        rows, cells, referred = max(rows, lines), cells + cells_here, referred + referred_here
    columns = max((column_number(name.decode()) for name in letters), default=0)
    if cells > referred:
        columns = max(columns, _widest(archive, part))
    return rows, columns


def _tally(text: bytes) -> tuple[set[bytes], int, int, int]:
    names = _COLUMN.findall(text)
    numbers = [int(number) for number in _ROW.findall(text)]
    return set(names), len(names), max(numbers, default=0), len(_CELL.findall(text))


def _widest(archive: zipfile.ZipFile, part: str) -> int:
    widest = run = 0
    with archive.open(part) as stream:
        rest = b""
        while block := stream.read(BLOCK):
            text = rest + block
            cut = max(len(text) - _MARGIN, text.rfind(b"<"))
            text, rest = text[:cut], text[cut:]
            pieces = re.split(rb"</(?:\w+:)?row>", text)
            for piece in pieces[:-1]:
                widest = max(widest, run + len(_CELL.findall(piece)))
                run = 0
            run += len(_CELL.findall(pieces[-1]))
    return max(widest, run)


@contextmanager
def opened(source: Path, name: str) -> Iterator[CalamineWorkbook]:
    """Open a workbook by its bytes. Raises UnreadableFile when it is protected or damaged."""
    try:
        # By stream, not by path: given a path, calamine believes the name.
        with source.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            yield book
    except PasswordError as locked:
        raise UnreadableFile("encrypted", name=name) from locked
    except CalamineError as broken:
        if "password" in str(broken).lower():
            raise UnreadableFile("encrypted", name=name) from broken
        raise UnreadableFile("damaged", name=name, detail=phrases.NOT_OPENED) from broken
    except BaseException as broken:
        # A bug of the reader in compiled code comes as a panic, which is no Exception.
        if type(broken).__name__ != "PanicException":
            raise
        raise UnreadableFile("damaged", name=name, detail=phrases.NOT_OPENED) from broken


def sheets(book: CalamineWorkbook) -> list[tuple[str, bool]]:
    """Return (name, is hidden) of the worksheets in order; charts and dialogs are no worksheets."""
    return [
        (sheet.name, sheet.visible != SheetVisibleEnum.Visible)
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def cell_rows(
    sheet: CalamineSheet, zeros: Mapping[int, int] = MappingProxyType({})
) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells as text) of every row down to the last filled one, blank rows too.

    ``zeros`` are the digits that whole numbers of a column (from 0) are shown with.
    """
    if sheet.start is None:
        return
    # iter_rows leaves out the empty columns at the left, not the empty rows above.
    margin = [""] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = margin + [cell if type(cell) is str else cell_text(cell) for cell in cells]
        for column, digits in zeros.items():
            place = column - len(margin)
            if 0 <= place < len(cells) and type(cells[place]) in (float, int) and texts[column].isdigit():
                texts[column] = texts[column].zfill(digits)
        yield number, texts


def spans(sheet: CalamineSheet) -> list[tuple[int, int, int, int]]:
    """Return the merged ranges as (top, left, bottom, right), counted from 1, ends included."""
    found = sheet.merged_cell_ranges or []
    return [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in found]


def cell_text(value: CellValue) -> str:
    """Return a cell as text: whole numbers without ".0", dates in ISO 8601, TRUE and FALSE, blank as ""."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time()
        return value.date().isoformat() if is_day else value.isoformat(timespec="seconds")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="seconds")
    return value.isoformat()


def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    if not math.isfinite(value):
        return ""
    # Excel keeps 17 digits and shows 15: 0.1 + 0.2 is 0.3 to the person who sees it.
    return format(Decimal(f"{value:.15g}"), "f")
