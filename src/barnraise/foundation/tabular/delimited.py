"""Streaming rows out of delimited text: flat memory, every line end, a byte offset to go on from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from .limits import Limits
from .refusals import UnreadableFile
from .shapes import LineSplit, RowCursor

# The module-wide limit of the csv module is 131,072 characters; boundaries (GeoJSON) in a cell are longer.
_MOST_IN_A_CELL = 4 * 1024 * 1024
# Private-use characters: one stands for a bare CR while csv splits the cells, one is given after the last
# line: an open quotation mark swallows it into its row, else it is a row of its own.
_CR_MARK = "\ue00d"
_END = "\ue00e"
_BLOCK = 256 * 1024
START = RowCursor()


@dataclass(frozen=True, slots=True)
class Layout:
    """How text is cut into cells. ``line_split`` "lf" ends rows at LF or CRLF; "any" also at a bare CR."""

    encoding: str
    delimiter: str = ","
    has_quotes: bool = True
    line_split: LineSplit = "lf"


def is_wide(encoding: str) -> bool:
    """True for encodings in which a line break is more than one byte."""
    return encoding.lower().replace("_", "-").startswith(("utf-16", "utf-32", "utf16", "utf32"))


class Lines:
    """Decoded lines of a stream. ``offset`` is the byte after the line given last; None for wide encodings."""

    __slots__ = ("_layout", "_limits", "_stream", "ended", "line", "marked", "offset", "row")

    def __init__(self, stream: BinaryIO, layout: Layout, limits: Limits, offset: int) -> None:
        self._stream = stream
        self._layout = layout
        self._limits = limits
        self.offset: int = offset
        self.line = 0
        self.row = 0
        self.marked = False
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        decoded = self._wide() if is_wide(self._layout.encoding) else self._narrow()
        keeps_cr = self._layout.line_split == "lf"
        for text in decoded:
            self.line += 1
            if "\0" in text:
                raise UnreadableFile("binary_zeros", line=self.line)
            if keeps_cr and "\r" in text and text.count("\r") > text.endswith("\r\n"):
                yield self._mark(text)
            else:
                yield text
        self.ended = True
        yield _END

    def _mark(self, text: str) -> str:
        body = text.rstrip("\r\n")
        if "\r" in body:
            self.marked = True
            end = text[len(body) :]
            return body.replace("\r", _CR_MARK) + ("\r\n" if end.endswith("\n") else "")
        return text if text.endswith("\r\n") and "\r\r" not in text else body + "\r\n"

    def _narrow(self) -> Iterator[str]:
        encoding = self._layout.encoding
        raws = self._cut_at_lf() if self._layout.line_split == "lf" else self._cut_at_any()
        for raw in raws:
            if not self.offset and raw.startswith(b"\xef\xbb\xbf") and encoding.startswith("utf"):
                self.offset = len(raw)
                yield self._decoded(raw[3:])
                continue
            self.offset += len(raw)
            yield self._decoded(raw)

    def _wide(self) -> Iterator[str]:
        newline = "\n" if self._layout.line_split == "lf" else ""
        text = io.TextIOWrapper(self._stream, encoding=self._layout.encoding, newline=newline)
        most = self._limits.max_line_bytes
        try:
            while line := text.readline(most):
                if len(line) >= most:
                    raise UnreadableFile("line_too_long", row=self.row + 1, limit=most)
                yield line.removeprefix("\ufeff") if not self.line else line
        except UnicodeError as bad:
            raise self._undecodable(self.line + 1) from bad
        finally:
            text.detach()

    def _decoded(self, raw: bytes) -> str:
        try:
            return raw.decode(self._layout.encoding)
        except UnicodeDecodeError as bad:
            raise self._undecodable(self.line + 1) from bad

    def _undecodable(self, line: int) -> UnreadableFile:
        return UnreadableFile("wrong_encoding", encoding=self._layout.encoding, row=self.row + 1, line=line)

    def _cut_at_lf(self) -> Iterator[bytes]:
        most = self._limits.max_line_bytes
        while raw := self._stream.readline(most):
            if len(raw) >= most:
                raise UnreadableFile("line_too_long", row=self.row + 1, limit=most)
            yield raw

    def _cut_at_any(self) -> Iterator[bytes]:
        rest = b""
        while block := self._stream.read(_BLOCK):
            lines = (rest + block).splitlines(keepends=True)
            # The last piece waits for the next block: it may be half a line, or a CR whose LF comes next.
            rest = lines.pop()
            yield from lines
            if len(rest) >= self._limits.max_line_bytes:
                raise UnreadableFile("line_too_long", row=self.row + 1, limit=self._limits.max_line_bytes)
        if rest:
            yield from rest.splitlines(keepends=True)


def records(
    stream: BinaryIO, layout: Layout, limits: Limits, start: RowCursor = START
) -> Iterator[tuple[int, list[str], int]]:
    """Yield (row number, cells, byte offset after the row), blank rows too, beginning after ``start``.

    The offset is 0 for wide encodings. Raises UnreadableFile at the row that cannot be read.
    """
    offset = start.offset
    number = start.number if offset else 0
    skip_to = start.number
    if offset:
        stream.seek(offset)
    csv.field_size_limit(_MOST_IN_A_CELL)
    lines = Lines(stream, layout, limits, offset)
    lines.row = number
    lines.line = number if offset else 0
    reader = csv.reader(
        iter(lines),
        delimiter=layout.delimiter,
        quoting=csv.QUOTE_MINIMAL if layout.has_quotes else csv.QUOTE_NONE,
    )
    most = limits.max_columns
    last_line = lines.line
    try:
        for cells in reader:
            if lines.ended:
                if lines.line != last_line:
                    raise UnreadableFile("unclosed_quote", row=number + 1)
                return
            number += 1
            lines.row = number
            last_line = lines.line
            if len(cells) > most:
                raise UnreadableFile("too_many_columns", columns=len(cells), limit=most)
            if number <= skip_to:
                lines.marked = False
            elif lines.marked:
                lines.marked = False
                yield number, [cell.replace(_CR_MARK, "\r") for cell in cells], lines.offset
            else:
                yield number, cells, lines.offset
    except csv.Error as broken:
        if "field larger" in str(broken):
            raise UnreadableFile("unclosed_quote", row=number + 1) from broken
        raise UnreadableFile("unreadable_text", row=number + 1, detail=str(broken)) from broken
