"""Recognising a table in plain text: encoding, line ends, cut, then its rows."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import BinaryIO

from . import assembly, dialect, encodings
from .delimited import Layout, is_wide, records
from .limits import Limits
from .refusals import UnreadableFile
from .shapes import Container, EncodingCandidate, LineEnds, Table, TableChoice

_SAMPLE = 512 * 1024
Opener = Callable[[], AbstractContextManager[BinaryIO]]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person has chosen; None leaves it to the reader."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    encoding: str
    is_certain: bool
    candidates: tuple[EncodingCandidate, ...]
    scan: encodings.Scan


def recognise(
    opener: Opener, *, name: str, container: Container, entry: str | None, wishes: Wishes, limits: Limits
) -> Table:
    """Describe the table in a text. Raises UnreadableFile when it is none or does not decode.

    Raises ValueError when the wished delimiter is not one character, or a quotation mark or line break.
    """
    if wishes.delimiter is not None and (len(wishes.delimiter) != 1 or wishes.delimiter in '"\r\n'):
        raise ValueError(f"no delimiter: {wishes.delimiter!r}")
    with opener() as stream:
        head = stream.read(_SAMPLE)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise UnreadableFile("empty")
    reading = _read(opener, head, wishes.encoding)
    sample = _decoded(head, reading.encoding)
    split = dialect.line_split(sample)
    found = dialect.find(sample, split, wishes.delimiter)
    layout = Layout(reading.encoding, found.delimiter, found.has_quotes, split)
    if wishes.encoding is not None and not _decodes(opener, reading.encoding):
        _refuse_at_the_row(opener, layout, limits)
    choice = TableChoice(
        container,
        "delimited",
        entry=entry,
        encoding=layout.encoding,
        delimiter=layout.delimiter,
        has_quotes=layout.has_quotes,
        line_split=layout.line_split,
    )
    counts = reading.scan.size <= limits.count_rows_up_to_bytes
    lines = reading.scan.lf + reading.scan.crlf + (reading.scan.cr if split == "any" else 0)
    first = 2 if found.hinted else 1
    estimate = (
        None if is_wide(layout.encoding) else max(0, lines - first + (not reading.scan.ends_with_break))
    )
    open_end = not reading.scan.ends_with_break
    known = assembly.Known(
        wishes.header_row, first_row=first, counts=counts, estimate=estimate, ends_open=open_end
    )
    table = assembly.build(name, choice, _numbered(opener, layout, limits), known, limits)
    return replace(
        table,
        encoding_is_certain=reading.is_certain,
        encodings=reading.candidates,
        line_ends=_line_ends(reading, sample),
    )


def _line_ends(reading: _Reading, sample: str) -> LineEnds:
    if not is_wide(reading.encoding):
        return dialect.line_ends(reading.scan.crlf, reading.scan.lf, reading.scan.cr)
    crlf = sample.count("\r\n")
    return dialect.line_ends(crlf, sample.count("\n") - crlf, sample.count("\r") - crlf)


def _numbered(opener: Opener, layout: Layout, limits: Limits) -> Iterator[assembly.Numbered]:
    with opener() as stream:
        for number, cells, _ in records(stream, layout, limits):
            yield number, cells


def _read(opener: Opener, head: bytes, wished: str | None) -> _Reading:
    wide = encodings.wide_encoding(head[:4096])
    if wide == "utf-8":
        wide = None
    with opener() as stream:
        found = encodings.scan(stream)
    if wished is not None:
        offered = () if wide or found.is_utf8 else encodings.candidates(found.lines or [])
        return _Reading(encodings.check_name(wished), True, offered, found)
    if wide:
        return _Reading(wide, True, (), found)
    if found.first_nul >= 0:
        _refuse_zeros(head, found.first_nul + 1)
    if found.is_utf8:
        return _Reading("utf-8", True, (), found)
    offered = encodings.candidates(found.lines or [])
    return _Reading(offered[0].encoding, False, offered, found)


def _refuse_zeros(head: bytes, line: int) -> None:
    control = sum(1 for byte in head[:4096] if byte < 32 and byte not in (9, 10, 12, 13, 0))
    if control * 50 > len(head[:4096]):
        raise UnreadableFile("wrong_type", type="a binary file")
    raise UnreadableFile("binary_zeros", line=line)


def _decoded(head: bytes, encoding: str) -> str:
    """The sample as text up to its last line break, without a byte order mark."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head).removeprefix("\ufeff")
    if len(head) == _SAMPLE:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    return text


def _decodes(opener: Opener, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with opener() as stream:
        try:
            while block := stream.read(encodings.BLOCK):
                decoder.decode(block)
            decoder.decode(b"", True)
        except UnicodeError:
            return False
    return True


def _refuse_at_the_row(opener: Opener, layout: Layout, limits: Limits) -> None:
    for _ in _numbered(opener, layout, limits):
        pass
    raise UnreadableFile("wrong_encoding", encoding=layout.encoding, row=1, line=1)
