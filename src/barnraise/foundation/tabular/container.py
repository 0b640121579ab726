"""What a file is by its first bytes; its name is never asked."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Literal

from . import phrases
from .limits import Limits
from .ole import OLE_MAGIC, BrokenOleError, directory, is_protected_workbook
from .refusals import UnreadableFile
from .shapes import Notice

Magic = Literal["zip", "ole", "text"]

_TYPES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a sound, film or image file"),
    (b"\x7fELF", "a program"),
    (b"\xfe\xed\xfa", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "a rich text document (RTF)"),
    (b"BEGIN:VCALENDAR", "a calendar (iCalendar)"),
)
_PACKED: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "a file packed with gzip"),
    (b"BZh", "a file packed with bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ", "a file packed with xz"),
)
_SHORT = ((b"MZ", "a program"), (b"BM", "a BMP image"))
_MARKUP = (
    (b"<!doctype html", "a web page (HTML)"),
    (b"<html", "a web page (HTML)"),
    (b"<?xml", "an XML file"),
)


def magic(head: bytes) -> Magic:
    """Return the family of a file from its first 4 KiB. Raises UnreadableFile for what is no table."""
    if not head:
        raise UnreadableFile("empty")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if head.startswith(OLE_MAGIC):
        return "ole"
    for start, name in _PACKED:
        if head.startswith(start):
            raise UnreadableFile("not_read_kind", type=name)
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower()
    named = [name for start, name in _TYPES if head.startswith(start)]
    named += [name for start, name in _MARKUP if opening.startswith(start)]
    # Two letters alone may well begin a text.
    named += [name for start, name in _SHORT if head.startswith(start) and b"\0" in head]
    if named:
        raise UnreadableFile("wrong_type", type=named[0])
    return "text"


def check_ole(stream: BinaryIO, name: str) -> None:
    """Pass an old Excel workbook; refuse everything else that comes as a compound file."""
    try:
        places = directory(stream)
    except BrokenOleError as broken:
        raise UnreadableFile("damaged", name=name, detail=phrases.DIRECTORY) from broken
    names = places.keys()
    if "EncryptedPackage" in names or "EncryptionInfo" in names:
        raise UnreadableFile("encrypted", name=name)
    if not names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        kind = "a Word document (.doc)" if "WordDocument" in names else "an old office file"
        kind = "a PowerPoint file (.ppt)" if "PowerPoint Document" in names else kind
        kind = "an Outlook message (.msg)" if any(n.startswith("__substg") for n in names) else kind
        raise UnreadableFile("wrong_type", type=kind)
    for book in names & {"Workbook", "Book"}:
        if is_protected_workbook(stream, places[book]):
            raise UnreadableFile("encrypted", name=name)
    if names & {"_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"}:
        raise UnreadableFile("macros", name=name)


def check_size(source: Path, limits: Limits) -> int:
    """Return the size in bytes. Raises UnreadableFile when the file is empty or above the limit."""
    size = source.stat().st_size
    if size == 0:
        raise UnreadableFile("empty")
    if size > limits.max_bytes:
        raise UnreadableFile("too_big", size=size, limit=limits.max_bytes)
    return size


_ENDINGS = {
    "xlsx": (".xlsx", ".xltx"),
    "xls": (".xls", ".xlt"),
    "zip": (".zip",),
    "vcard": (".vcf", ".vcard"),
    "json": (".json", ".geojson", ".jsonl", ".ndjson"),
    "text": (".csv", ".tsv", ".tab", ".txt", ".psv", ""),
}
_WORDS = {
    "xlsx": "an Excel workbook",
    "xls": "an old Excel workbook",
    "zip": "a zip archive",
    "json": "a JSON file",
    "vcard": "a file of address cards (vCard)",
    "text": "a plain text table",
}


def name_notices(name: str, kind: str) -> tuple[Notice, ...]:
    """Tell when the ending of the name says something else than the bytes."""
    ending = Path(name).suffix.lower()
    known = {e for endings in _ENDINGS.values() for e in endings if e}
    if ending not in known or ending in _ENDINGS[kind]:
        return ()
    text = f"This is {_WORDS[kind]}, although its name ends in {ending}. It is read as what it is."
    return (Notice("name_differs", text, before=ending, after=kind),)
