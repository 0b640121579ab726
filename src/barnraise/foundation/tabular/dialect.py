"""How a text is cut: line ends, delimiter, and whether quotation marks enclose cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass

from .shapes import LineEnds, LineSplit

DELIMITERS = (",", "\t", ";", "|")
_QUOTED = re.compile(r'"[^"]*"')
_EXCEL_HINT = re.compile(r"\Asep=(.)\r?\n?", re.IGNORECASE)
_MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class Dialect:
    """The cut of a text; ``hinted`` when its first line is Excel's ``sep=;``."""

    delimiter: str
    has_quotes: bool
    hinted: bool = False


def line_split(sample: str) -> LineSplit:
    """Return "any" where rows end at a bare CR, else "lf" (a bare CR then belongs to its cell)."""
    bare = _QUOTED.sub("", sample)
    crlf = bare.count("\r\n")
    lf = bare.count("\n")
    cr = bare.count("\r") - crlf
    if cr and not lf:
        return "any"
    return "any" if cr > max(2, lf) else "lf"


def line_ends(crlf: int, lf: int, cr: int) -> LineEnds:
    """Name the line ends by their counts in the whole text (breaks inside cells count too)."""
    kinds = [name for name, count in (("crlf", crlf), ("lf", lf), ("cr", cr)) if count]
    if not kinds:
        return "none"
    if len(kinds) > 1:
        return "mixed"
    return "crlf" if crlf else "lf" if lf else "cr"


def _lines(text: str, split: LineSplit) -> list[str]:
    # Not str.splitlines: it also splits at form feeds and the like.
    if split == "any":
        return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)
    return [line.rstrip("\r") + "\n" for line in text.split("\n")]


def cut(sample: str, delimiter: str, has_quotes: bool, split: LineSplit) -> list[list[str]]:
    """Split a sample into rows of cells; what comes after a row that cannot be split is left out."""
    text = sample
    if split == "lf" and "\r" in text:
        text = re.sub(r"\r(?!\n)", " ", text)
    rows: list[list[str]] = []
    try:
        quotes = '"' if has_quotes else None
        for row in csv.reader(_lines(text, split), delimiter=delimiter, quotechar=quotes):
            rows.append(row)
            if len(rows) >= _MOST_ROWS:
                break
    except csv.Error:
        pass
    return rows


def _fit(rows: list[list[str]]) -> float:
    """Worth of a cut: the share of rows with the usual number of cells, more for more cells; 0 for one column."""
    widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
    if not widths:
        return 0.0
    usual, times = Counter(widths).most_common(1)[0]
    if usual < 2:
        # Titles above a narrow table: the usual width of the rows that are cut at all.
        wider = Counter(width for width in widths if width > 1)
        if not wider or sum(wider.values()) * 2 < len(widths):
            return 0.0
        usual, times = wider.most_common(1)[0]
    return float(times / len(widths) * usual**0.25)


def _swallows(rows: list[list[str]], delimiter: str) -> bool:
    """True when a cell holds a line break followed by many delimiters: a stray quotation mark ate rows."""
    for row in rows:
        for cell in row:
            if "\n" in cell and cell.count(delimiter) >= max(2, len(row) - 1) and cell.count("\n") > 2:
                return True
    return False


def find(sample: str, split: LineSplit, delimiter: str | None = None) -> Dialect:
    """Return the likeliest cut of a sample; a given delimiter is kept."""
    hint = _EXCEL_HINT.match(sample)
    if hint and delimiter is None:
        return Dialect(hint.group(1), True, hinted=True)
    tried = []
    for place, mark in enumerate((delimiter,) if delimiter else DELIMITERS):
        if mark in sample:
            tried.append((-_fit(cut(sample, mark, True, split)), place, mark))
    best = min(tried)[2] if tried and min(tried)[0] < 0 else delimiter or ","
    has_quotes = True
    if '"' in sample and best == "\t":
        # Registers in tab text often leave quotation marks bare; enclosing ones keep the rows regular.
        quoted = cut(sample, best, True, split)
        bare = cut(sample, best, False, split)
        has_quotes = not (_swallows(quoted, best) or _fit(bare) > _fit(quoted) + 0.01)
    return Dialect(best, has_quotes, hinted=bool(hint))
