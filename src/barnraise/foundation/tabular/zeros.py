"""Columns of a workbook that show leading zeros only by their number format ("00000" for postcodes).

The value behind such a cell is a plain number, so reading it alone would turn 06854 into 6854. Only formats
made of nothing but zeros count; they are looked up per column, since people format columns.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections import Counter

_BLOCK = 1024 * 1024
_MARGIN = 300
_MOST_STYLES = 8 * 1024 * 1024
_NUMBER_FORMAT = re.compile(rb'<numFmt\b[^>]*?\bnumFmtId="(\d+)"[^>]*?\bformatCode="(0{2,20})(?:;[^"]*)?"')
_CELL_FORMATS = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<xf\b[^>]*?>")
_FORMAT_NUMBER = re.compile(rb'\bnumFmtId="(\d+)"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_STYLED = re.compile(rb'<(?:\w+:)?c r="([A-Z]+)\d+" s="(\d+)"')


def zero_columns(archive: zipfile.ZipFile) -> dict[str, dict[int, int]]:
    """Return {sheet name: {column index from 0: digits shown}}; empty for almost every workbook."""
    styles = _zero_styles(archive)
    if not styles:
        return {}
    found = {}
    for sheet, part in _sheet_parts(archive).items():
        if part in archive.namelist():
            found[sheet] = _columns(archive, part, styles)
    return {sheet: columns for sheet, columns in found.items() if columns}


def _small(archive: zipfile.ZipFile, part: str) -> bytes:
    if part not in archive.namelist() or archive.getinfo(part).file_size > _MOST_STYLES:
        return b""
    return archive.read(part)


def _zero_styles(archive: zipfile.ZipFile) -> dict[int, int]:
    """Digits by style number, as cells name it."""
    text = _small(archive, "xl/styles.xml")
    digits = {number: len(code) for number, code in _NUMBER_FORMAT.findall(text)}
    cell_formats = _CELL_FORMATS.search(text)
    if not digits or cell_formats is None:
        return {}
    styles = {}
    for place, tag in enumerate(_FORMAT.findall(cell_formats.group())):
        number = _FORMAT_NUMBER.search(tag)
        if number and number.group(1) in digits:
            styles[place] = digits[number.group(1)]
    return styles


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part names by sheet names."""
    relations = {}
    for tag in _RELATION.findall(_small(archive, "xl/_rels/workbook.xml.rels").decode("utf-8", "replace")):
        told = dict(_ATTRIBUTE.findall(tag))
        target = told.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        relations[told.get("Id", "")] = path
    parts = {}
    for tag in _SHEET.findall(_small(archive, "xl/workbook.xml").decode("utf-8", "replace")):
        told = dict(_ATTRIBUTE.findall(tag))
        parts[html.unescape(told.get("name", ""))] = relations.get(told.get("r:id", ""), "")
    return parts


def _columns(archive: zipfile.ZipFile, part: str, styles: dict[int, int]) -> dict[int, int]:
    seen: dict[int, Counter[int]] = {}
    with archive.open(part) as stream:
        rest = b""
        while block := stream.read(_BLOCK):
            text = rest + block
            cut = max(len(text) - _MARGIN, text.rfind(b"<"))
            text, rest = text[:cut], text[cut:]
            for letters, style in _STYLED.findall(text):
                if int(style) in styles:
                    column = _index(letters)
                    seen.setdefault(column, Counter())[styles[int(style)]] += 1
    return {column: digits.most_common(1)[0][0] for column, digits in seen.items()}


def _index(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
