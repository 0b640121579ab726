"""What a file is, told by its content. Pure."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

HEAD = 4096
"""Octets that are looked at, besides a zip's list of parts."""

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (4, b"ftyp", "video/mp4"),
    (0, b"MZ", "application/x-executable"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"{\\rtf", "application/rtf"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PARTS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.xml", f"{_OFFICE}spreadsheetml.sheet"),
    ("word/document.xml", f"{_OFFICE}wordprocessingml.document"),
    ("ppt/presentation.xml", f"{_OFFICE}presentationml.presentation"),
)
_TEXT_BY_NAME = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "tab": "text/tab-separated-values",
    "md": "text/markdown",
    "json": "application/json",
    "geojson": "application/geo+json",
    "ics": "text/calendar",
    "vcf": "text/vcard",
}
_HTML_MARKS = (b"<!doctype html", b"<html", b"<script", b"<head", b"<body", b"<iframe")


def media_type(content: BinaryIO, name: str = "") -> str:
    """The media type of a seekable file, rewound afterwards; "application/octet-stream" when it is none known.

    The name only decides between kinds of plain text. Anything that a browser could run is called what it is:
    text/html, image/svg+xml, application/xml.
    """
    content.seek(0)
    head = content.read(HEAD)
    found = _by_signature(head)
    if found == "application/zip":
        found = _zipped(content)
    content.seek(0)
    return found or _as_text(head, name)


def _by_signature(head: bytes) -> str:
    for at, mark, kind in _SIGNATURES:
        if head[at : at + len(mark)] == mark and (kind != "image/webp" or head[:4] == b"RIFF"):
            return kind
    return ""


def _zipped(content: BinaryIO) -> str:
    """A zip, or the office document inside; macros make it "application/x-macro"."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist()[:10_000])
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return "application/x-macro"
            for part, kind in _PARTS:
                if part in names:
                    return kind
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                if declared.startswith("application/vnd.oasis.opendocument."):
                    return declared
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return "application/octet-stream"
    return "application/zip"


def _as_text(head: bytes, name: str) -> str:
    try:
        text = _decoded(head)
    except UnicodeDecodeError:
        ending = name.rpartition(".")[2].lower()
        looks_binary = any(octet < 9 or 13 < octet < 27 for octet in head)
        if not looks_binary and ending in {"csv", "tsv", "tab", "txt"}:
            return _TEXT_BY_NAME.get(ending, "text/plain")
        return "application/octet-stream"
    low = text.lstrip("\ufeff \t\r\n").lower().encode()
    if low.startswith(b"begin:vcard"):
        return "text/vcard"
    if b"<svg" in low:
        return "image/svg+xml"
    if any(mark in low for mark in _HTML_MARKS):
        return "text/html"
    if low.startswith(b"<?xml"):
        return "application/xml"
    if any(ch < " " and ch not in "\t\n\r\f\x1b" for ch in text):
        return "application/octet-stream"
    return _TEXT_BY_NAME.get(name.rpartition(".")[2].lower(), "text/plain")


def _decoded(head: bytes) -> str:
    """UTF-8, or UTF-16 with its mark; a letter cut at the end of the head does not count. Raises UnicodeDecodeError."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[: len(head) // 2 * 2].decode("utf-16", "ignore")
    for cut in range(4):
        try:
            return head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError as error:
            if len(head) < HEAD or error.start < len(head) - 4:
                raise
    raise UnicodeDecodeError("utf-8", head, 0, 1, "not text")
