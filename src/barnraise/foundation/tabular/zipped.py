"""Looking into zip files without trusting them. Only workbooks are ever unpacked to the disk: they are read by path."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal, cast

from . import phrases
from .limits import Limits
from .refusals import UnreadableFile

ZipKind = Literal["xlsx", "zip"]

BLOCK = 256 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
_TABLES = (".csv", ".tsv", ".tab", ".txt", ".psv", ".json", ".jsonl", ".ndjson", ".geojson")
_NESTED = (".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz")
_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
_REPEATED_ODS = re.compile(rb"opendocument\.spreadsheet")


@contextmanager
def opened(source: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """Open the archive; what breaks while it is open becomes a refusal."""
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except _BROKEN as broken:
        raise UnreadableFile("damaged", name=name, detail=_say(broken)) from broken


def _say(broken: BaseException) -> str:
    if isinstance(broken, EOFError) or "end of central" in str(broken) or "not a zip" in str(broken):
        return phrases.NO_END
    if "CRC" in str(broken):
        return phrases.CHECKSUM
    return phrases.NOT_UNPACKED


def check(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Refuse bombs, passwords and overlapping entries, from the directory alone."""
    entries = archive.infolist()
    if not entries:
        raise UnreadableFile("empty")
    if len(entries) > limits.max_entries:
        raise UnreadableFile(
            "zip_bomb", detail=phrases.TOO_MANY_ENTRIES, entries=len(entries), limit=limits.max_entries
        )
    if len({entry.filename for entry in entries}) != len(entries):
        raise UnreadableFile("zip_bomb", detail=phrases.SAME_NAME)
    total = 0
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.flag_bits & 1:
            raise UnreadableFile("encrypted", name=entry.filename)
        if entry.header_offset < end:
            raise UnreadableFile("zip_bomb", detail=phrases.OVERLAP)
        end = entry.header_offset + 30 + entry.compress_size
        total += entry.file_size
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > limits.ratio_counts_from and ratio > limits.max_ratio:
            raise UnreadableFile("zip_bomb", detail=phrases.GROWS, entry=entry.filename, ratio=round(ratio))
    if total > limits.max_unpacked_bytes:
        raise UnreadableFile(
            "zip_bomb", detail=phrases.UNPACKS_TO, size=total, limit=limits.max_unpacked_bytes
        )


def kind_of(archive: zipfile.ZipFile, name: str) -> ZipKind:
    """Tell a workbook from an archive of tables; refuse other documents that are zips inside."""
    names = set(archive.namelist())
    lowered = {n.lower() for n in names}
    if any(n.endswith("vbaproject.bin") for n in lowered):
        raise UnreadableFile("macros", name=name)
    if "xl/workbook.xml" in lowered:
        return "xlsx"
    if "xl/workbook.bin" in lowered:
        raise UnreadableFile("not_read_kind", type="a binary Excel workbook (.xlsb)")
    if "mimetype" in names and "content.xml" in names:
        is_sheet = _REPEATED_ODS.search(archive.read("mimetype")[:200])
        # A spreadsheet in this format may repeat a filled row a million times in a few bytes, so it is not opened.
        what = "an OpenDocument spreadsheet (.ods)" if is_sheet else "an OpenDocument file"
        raise UnreadableFile("not_read_kind" if is_sheet else "wrong_type", type=what)
    for part, what in (
        ("word/", "a Word document"),
        ("ppt/", "a PowerPoint file"),
        ("meta-inf/manifest.mf", "a program"),
    ):
        if any(n.startswith(part) for n in lowered):
            raise UnreadableFile("wrong_type", type=what)
    if "[content_types].xml" in lowered:
        # An Excel workbook may keep its parts under other names; the relations decide.
        return "xlsx"
    return "zip"


def table_entries(archive: zipfile.ZipFile) -> list[str]:
    """Return the names of entries that may be tables, in the order of the archive. Refuses nested archives."""
    found = []
    for entry in archive.infolist():
        path = PurePosixPath(entry.filename)
        if entry.is_dir() or "__MACOSX" in path.parts or path.name.startswith("."):
            continue
        ending = path.suffix.lower()
        if ending in _WORKBOOKS:
            raise UnreadableFile("zipped_workbook", entry=entry.filename)
        if ending in _NESTED:
            raise UnreadableFile("nested_zip", entry=entry.filename)
        with archive.open(entry) as part:
            if part.read(4).startswith(b"PK\x03\x04"):
                raise UnreadableFile("nested_zip", entry=entry.filename)
        if ending in _TABLES and entry.file_size and not path.name.lower().startswith(("readme", "license")):
            found.append(entry.filename)
    return found


def files_beside_workbooks(source: Path, name: str, limits: Limits) -> list[str]:
    """The entries of an archive that holds workbooks, which stand as files of their own; none of any other file."""
    with source.open("rb") as start:
        if start.read(4) != b"PK\x03\x04":
            return []
    with opened(source, name) as archive:
        check(archive, name, limits)
        if kind_of(archive, name) != "zip":
            return []
        paths = [PurePosixPath(entry.filename) for entry in archive.infolist() if not entry.is_dir()]
        seen = [
            path for path in paths if "__MACOSX" not in path.parts and not path.name.startswith((".", "~$"))
        ]
        found = [path for path in seen if path.suffix.lower() in (*_WORKBOOKS, *_TABLES)]
        has_workbook = any(path.suffix.lower() in _WORKBOOKS for path in found)
        return [str(path) for path in found] if has_workbook else []


def unpack(source: Path, entry: str, name: str, target: Path) -> None:
    """Write one entry to a file of its own; never more than its directory says, which `check` has limited."""
    with entry_stream(source, entry, name) as part, target.open("wb") as copy:
        shutil.copyfileobj(part, copy, BLOCK)


def verify(archive: zipfile.ZipFile, entries: list[str] | None = None) -> None:
    """Unpack every entry into nothing, so that sizes that lie and broken checksums show before anything is read."""
    for name in archive.namelist() if entries is None else entries:
        with archive.open(name) as part:
            while part.read(BLOCK):
                pass


@contextmanager
def entry_stream(source: Path, entry: str, name: str) -> Iterator[BinaryIO]:
    """Open one entry as a seekable stream of bytes."""
    with opened(source, name) as archive:
        try:
            part = archive.open(entry)
        except KeyError as missing:
            raise UnreadableFile("no_such_table", table=entry) from missing
        with part:
            yield cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, part), BLOCK))
