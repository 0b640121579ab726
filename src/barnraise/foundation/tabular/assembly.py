"""From rows of cells to a described table: header, columns, samples, count, what is worth telling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from . import header as headers
from .limits import Limits
from .refusals import UnreadableFile
from .repair import find_damage
from .shapes import Column, Notice, Row, Table, TableChoice

_TOP = 60
_SAMPLES = 20
_MOST_DAMAGED = 12
Span = tuple[int, int, int, int]
Numbered = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller knows of a table beside its rows."""

    header_row: int | None = None
    first_row: int = 1
    spans: Sequence[Span] = ()
    counts: bool = True
    estimate: int | None = None
    has_header: bool = True
    ends_open: bool = False


def fit(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Return the cells of a row with at least ``width`` texts; blank cells beyond the last column are dropped."""
    count = len(cells)
    if count == width:
        return tuple(cells)
    if count < width:
        return (*cells, *[""] * (width - count))
    while count > width and not cells[count - 1]:
        count -= 1
    return tuple(cells[:count])


def build(name: str, choice: TableChoice, records: Iterable[Numbered], known: Known, limits: Limits) -> Table:
    """Describe a table. Raises UnreadableFile when it has no filled row or too many columns."""
    iterator = iter(records)
    top = list(islice(iterator, max(_TOP, (known.header_row or 0) + 20)))
    head = _header(top, known)
    last = head.row + head.height - 1 if head.row else known.first_row - 1
    data_top = [cells for number, cells in top if number > last and any(cells)]
    header_rows = [cells for number, cells in top if head.row and head.row <= number <= last]
    if not data_top and not any(any(cells) for cells in header_rows):
        raise UnreadableFile("no_table")
    columns = headers.columns(header_rows, _width(header_rows, data_top), known.spans, head.row)
    if len(columns) > limits.max_columns:
        raise UnreadableFile("too_many_columns", columns=len(columns), limit=limits.max_columns)
    choice = replace(choice, header_row=head.row, header_height=head.height, width=len(columns))
    look = _Look(columns)
    look.over(chain(top, iterator) if known.counts else top, last)
    counted = look.count if known.counts else known.estimate
    return Table(
        name=name,
        choice=choice,
        columns=columns,
        samples=tuple(look.samples),
        signature=headers.signature(column.label for column in columns),
        row_count=counted,
        row_count_is_exact=known.counts,
        header_is_certain=head.is_certain,
        preamble=tuple(Row(n, fit(cells, 0)) for n, cells in top if n < head.row and any(cells)),
        warnings=tuple(look.notices(head, may_be_cut=known.ends_open and known.counts)),
    )


def _header(top: Sequence[Numbered], known: Known) -> headers.Header:
    if not known.has_header or known.header_row == 0:
        return headers.Header(0, 0)
    if known.header_row is None:
        return headers.find([row for row in top if row[0] >= known.first_row], known.spans)
    wanted = known.header_row
    if not any(number == wanted and any(cells) for number, cells in top):
        raise UnreadableFile("no_table")
    found = headers.find([row for row in top if row[0] >= wanted], known.spans)
    return headers.Header(wanted, found.height if found.row == wanted else 1)


def _filled_width(cells: Sequence[str]) -> int:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return width


def _width(header_rows: Sequence[Sequence[str]], data: Sequence[Sequence[str]]) -> int:
    """Width of the header, or what half of the rows fill beyond it: a few over-long rows add no column."""
    named = max((_filled_width(cells) for cells in header_rows), default=0)
    widths = sorted((_filled_width(cells) for cells in data), reverse=True)
    if not named:
        return max(widths, default=0)
    return max(named, widths[(len(widths) - 1) // 2] if widths else 0)


class _Look:
    """One pass over the rows below the header."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.samples: list[Row] = []
        self.count = 0
        self.long_rows: list[int] = []
        self.short_rows = 0
        self.last_is_short = False
        self.damaged: Counter[int] = Counter()
        self.damage_shown: dict[int, Notice] = {}

    def over(self, records: Iterable[Numbered], last_header_row: int) -> None:
        width = len(self.columns)
        for number, cells in records:
            if number <= last_header_row or not any(cells):
                continue
            self.count += 1
            if len(self.samples) < _SAMPLES:
                self.samples.append(Row(number, fit(cells, width)))
            self.last_is_short = len(cells) < width
            self.short_rows += self.last_is_short
            if len(cells) > width and any(cells[width:]):
                self.long_rows.append(number)
            if not "".join(cells).isascii():
                self._inspect(cells)

    def _inspect(self, cells: Sequence[str]) -> None:
        for index, cell in enumerate(cells[: len(self.columns)]):
            found = None if cell.isascii() else find_damage(cell)
            if found is None:
                continue
            self.damaged[index] += 1
            if index not in self.damage_shown and len(self.damage_shown) < _MOST_DAMAGED:
                column = self.columns[index].name
                text = f"Text in the column “{column}” was decoded wrongly before it was saved. It can be repaired."
                before, after = _around(found.before, found.after)
                self.damage_shown[index] = Notice(found.damage, text, column, before, after)

    def notices(self, head: headers.Header, may_be_cut: bool) -> Iterator[Notice]:
        yield from self.damage_shown.values()
        if may_be_cut and self.last_is_short and self.short_rows == 1 and self.count > 1:
            text = "The last row is shorter than all others and has no end: the file may have been cut off."
            yield Notice("last_row_short", text)
        if not head.row:
            yield Notice("no_header", "The first row looks like content: the columns have no names yet.")
        if self.long_rows:
            shown = ", ".join(str(number) for number in self.long_rows[:5])
            more = f" and {len(self.long_rows) - 5} more" if len(self.long_rows) > 5 else ""
            yield Notice(
                "long_rows", f"More cells than the header has columns: row {shown}{more}.", before=shown
            )
        unnamed = [column.name for column in self.columns if not column.label]
        if head.row and unnamed:
            yield Notice("unnamed_columns", f"Columns without a heading: {', '.join(unnamed[:5])}.")
        labels = Counter(column.label.casefold() for column in self.columns if column.label)
        twice = [label for label, times in labels.items() if times > 1]
        if twice:
            yield Notice("repeated_columns", f"Headings that occur more than once: {', '.join(twice[:5])}.")


def _around(before: str, after: str) -> tuple[str, str]:
    """The two texts near the first place where they differ."""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    start = max(0, at - 30)
    return before[start : at + 40], after[start : at + 40]
