"""What the reader answers with: plain values that can be kept, compared and sent on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Container = Literal["text", "zip", "xlsx", "xls", "json", "vcard"]
TableKind = Literal["delimited", "sheet", "json", "cards"]
LineEnds = Literal["lf", "crlf", "cr", "mixed", "none"]
LineSplit = Literal["lf", "any"]


class Row(NamedTuple):
    """One row of a table (a named tuple, since a million of them are made).

    ``number`` counts from 1 and is the row number a spreadsheet program shows: blank rows and the rows above
    the header count, a row whose cells hold line breaks counts once. ``values`` has at least one text per
    column of the table; it has more only where the row has more filled cells than the header.
    """

    number: int
    values: tuple[str, ...]


class RowCursor(NamedTuple):
    """A place between two rows: ``number`` is the last row done.

    ``offset`` is the byte after that row in the (unpacked) text; 0 where only counting helps (sheets, JSON,
    UTF-16).
    """

    number: int = 0
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth telling, not worth refusing. ``text`` is English; ``code`` and the rest are for a translator."""

    code: str
    text: str
    column: str | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class EncodingCandidate:
    """One reading of the bytes, with up to three sample lines in it."""

    encoding: str
    label: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``name`` is unique in its table and never blank.

    ``label`` is the header cell without outer blanks (may be blank or repeated), ``group`` the heading above it
    where the header has two rows, ``tag`` a HXL hashtag or a machine name from a row below the header.
    """

    index: int
    name: str
    label: str
    group: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class TableChoice:
    """All that is needed to read one table again; plain values only, so ``asdict`` and ``TableChoice(**kept)`` work.

    ``entry`` is the name inside an archive; ``sheet`` the worksheet, or the list inside a JSON object.
    ``header_row`` counts from 1; 0 means that the table has no header.
    """

    container: Container
    kind: TableKind
    entry: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    has_quotes: bool = True
    line_split: LineSplit = "lf"
    header_row: int = 1
    header_height: int = 1
    width: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """One table found in a file.

    ``row_count`` counts rows with content below the header; it is an estimate unless ``row_count_is_exact``.
    ``preamble`` holds the rows above the header. ``resource`` is the name a data package gives to the table.
    """

    name: str
    choice: TableChoice
    columns: tuple[Column, ...]
    samples: tuple[Row, ...]
    signature: str
    row_count: int | None = None
    row_count_is_exact: bool = False
    header_is_certain: bool = True
    encoding_is_certain: bool = True
    encodings: tuple[EncodingCandidate, ...] = ()
    line_ends: LineEnds = "none"
    preamble: tuple[Row, ...] = ()
    is_hidden: bool = False
    resource: str | None = None
    warnings: tuple[Notice, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Resource:
    """One file named by a data package: ``path`` is as written there."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a file is. ``encoding_is_certain`` is False when a person has to choose for at least one table."""

    name: str
    container: Container
    size: int
    tables: tuple[Table, ...]
    resources: tuple[Resource, ...] = ()
    warnings: tuple[Notice, ...] = field(default=())

    @property
    def encoding_is_certain(self) -> bool:
        """True when no table needs a person to choose its encoding."""
        return all(table.encoding_is_certain for table in self.tables)

    def table(self, name: str) -> Table:
        """Return the table of that name (or resource name); KeyError when there is none."""
        for table in self.tables:
            if name in (table.name, table.resource):
                return table
        raise KeyError(name)
