"""Which row names the columns, what they are called, and the signature of a header."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .shapes import Column

Cells = Sequence[str]
_LOOKED_AT = 40
_HXL = re.compile(r"^#[a-z][a-z0-9_]*(\s*\+\s*[a-z0-9_]+)*$", re.IGNORECASE)
_MACHINE = re.compile(r"^[A-Za-z][A-Za-z0-9]*(_+[A-Za-z0-9]+)+$")
_NUMBER = re.compile(r"^[-+]?[\d.,\s]*\d%?$")
_YEAR = re.compile(r"^(19|20)\d\d$")
_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_ANSWERS = frozenset({"response", "open-ended response", "respuesta", "respuesta abierta"})


@dataclass(frozen=True, slots=True)
class Header:
    """``row`` counts from 1 (0: there is none), ``height`` is the number of rows it takes."""

    row: int
    height: int
    is_certain: bool = True


def _filled(cells: Cells) -> int:
    return sum(1 for cell in cells if cell.strip())


def find(rows: Sequence[tuple[int, Cells]], spans: Sequence[tuple[int, int, int, int]] = ()) -> Header:
    """Find the header among the first rows, given as (row number, cells).

    ``spans`` are merged ranges of a sheet as (top, left, bottom, right), counted from 1, ends included.
    """
    looked = [(number, cells) for number, cells in rows[:_LOOKED_AT] if _filled(cells)]
    if not looked:
        return Header(0, 0, is_certain=False)
    for place, (number, cells) in enumerate(looked[:25]):
        if place and _is_hxl(cells):
            above = looked[place - 1][0]
            return Header(above, number - above + 1)
        if place and _is_answer_row(looked[place - 1][1], cells):
            return Header(looked[place - 1][0], number - looked[place - 1][0] + 1)
    place = _first_full(looked)
    number, cells = looked[place]
    if _is_data(cells):
        return Header(0, 0, is_certain=False)
    following = looked[place + 1] if place + 1 < len(looked) else None
    height = _merged_height(number, spans)
    if height == 1 and following and _is_machine_row(cells, following[1]):
        height = following[0] - number + 1
    return Header(number, height, is_certain=_is_heading(cells, number))


def _first_full(looked: Sequence[tuple[int, Cells]]) -> int:
    """Place of the first row that is about as full as rows usually are: titles and instructions are not."""
    usual = _usual(looked)
    for place, (_, cells) in enumerate(looked):
        if _filled(cells) >= max(1, 0.6 * usual) and not _is_caption(cells, usual):
            fuller = _fuller_heading(looked, place, usual)
            return place if fuller is None else fuller
    return 0


def _usual(looked: Sequence[tuple[int, Cells]]) -> int:
    """The number of filled cells that half of all filled cells see in their row: long instructions do not count."""
    counts = sorted((_filled(cells) for _, cells in looked), reverse=True)
    seen = 0
    for count in counts:
        seen += count
        if seen * 2 >= sum(counts):
            return count
    return 1


def _is_caption(cells: Cells, usual: int) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) < usual and (len(filled) == 1 or filled[0].endswith(":"))


def _fuller_heading(looked: Sequence[tuple[int, Cells]], place: int, usual: int) -> int | None:
    """A row soon after that names all columns, where the row found names fewer than three quarters of them."""
    if _filled(looked[place][1]) >= 0.75 * usual:
        return None
    for later in range(place + 1, min(place + 6, len(looked))):
        cells = looked[later][1]
        if _filled(cells) >= usual and _is_heading(cells, 1) and not _is_data(cells):
            return later
    return None


def _is_hxl(cells: Cells) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 0 and sum(1 for cell in filled if _HXL.match(cell)) * 2 > len(filled)


def _is_answer_row(above: Cells, cells: Cells) -> bool:
    """SurveyMonkey's second row: "Response" under single questions, the options under questions with many."""
    said = [index for index, cell in enumerate(cells) if cell.strip().lower() in _ANSWERS]
    if not said or cells[0].strip():
        return False
    under_a_question = all(index < len(above) and above[index].strip() for index in said)
    return under_a_question and bool(above[0].strip())


def _is_machine_row(labels: Cells, names: Cells) -> bool:
    """A row of field names (``Contact1_Firstname__c``) under a row of labels for people."""
    filled = [name.strip() for name in names if name.strip()]
    if len(filled) < 3 or len(filled) < 0.8 * _filled(labels):
        return False
    spoken = sum(1 for label in labels if " " in label.strip())
    machine = sum(1 for name in filled if _MACHINE.match(name))
    return spoken > 0 and machine >= 0.8 * len(filled) and len(set(filled)) == len(filled)


def _merged_height(number: int, spans: Sequence[tuple[int, int, int, int]]) -> int:
    # A cell merged over the whole table downwards is content, hence the bound.
    bottoms = [bottom for top, _, bottom, _ in spans if top == number and bottom - top < 10]
    if not bottoms:
        return 1
    bottom = max(bottoms)
    inner = [low for top, _, low, _ in spans if number < top <= bottom and low - top < 10]
    return max([bottom, *inner]) - number + 1 if bottom > number or inner else 1


def _is_data(cells: Cells) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if any(_EMAIL.match(cell) for cell in filled):
        return True
    # Years side by side name columns.
    return all(_NUMBER.match(cell) for cell in filled) and not all(_YEAR.match(cell) for cell in filled)


def _is_heading(cells: Cells, number: int) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    distinct = len({cell.lower() for cell in filled}) == len(filled)
    numeric = sum(1 for cell in filled if _NUMBER.match(cell))
    return (distinct or number == 1) and numeric * 2 <= len(filled)


def columns(
    header_rows: Sequence[Cells], width: int, spans: Sequence[tuple[int, int, int, int]] = (), top: int = 1
) -> tuple[Column, ...]:
    """Name ``width`` columns from the rows of the header; ``top`` is the row number of the first of them."""
    grid = [[_tidy(row[i]) if i < len(row) else "" for i in range(width)] for row in header_rows]
    _fill_merged(grid, spans, top)
    taken: dict[str, int] = {}
    found = []
    for index in range(width):
        label, group, tag = _label(grid, index)
        found.append(Column(index, _unique(label or f"Column {index + 1}", taken), label, group, tag))
    return tuple(found)


def _tidy(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())


def _fill_merged(grid: list[list[str]], spans: Sequence[tuple[int, int, int, int]], top: int) -> None:
    for first, left, last, right in spans:
        row = first - top
        if 0 <= row < len(grid) and left - 1 < len(grid[row]) and last - top < len(grid):
            text = grid[row][left - 1]
            for column in range(left - 1, min(right, len(grid[row]))):
                grid[row][column] = text


def _label(grid: list[list[str]], index: int) -> tuple[str, str, str]:
    if not grid:
        return "", "", ""
    parts = list(dict.fromkeys(row[index] for row in grid if row[index]))
    tag = ""
    if len(grid) > 1 and (_is_hxl(grid[-1]) or _is_machine_row(grid[0], grid[-1])):
        tag = grid[-1][index]
        parts = [part for part in parts if part != tag] or parts[:0]
    elif len(grid) > 1 and _is_answer_row(grid[0], grid[-1]):
        group = next((grid[0][i] for i in range(index, -1, -1) if grid[0][i]), "")
        option = grid[-1][index]
        if not option or option.lower() in _ANSWERS:
            return grid[0][index] or group, "", ""
        return f"{group}: {option}", group, ""
    group = parts[0] if len(parts) > 1 else ""
    return " ".join(parts), group, tag


def _unique(name: str, taken: dict[str, int]) -> str:
    key = name.casefold()
    while key in taken:
        taken[key] += 1
        key = f"{name} ({taken[key]})".casefold()
    taken.setdefault(key, 1)
    return name if key == name.casefold() else name + key[len(name.casefold()) :]


def signature(labels: Iterable[str]) -> str:
    """Return the SHA-256 (hex) of a header: order counts; case, outer blanks and trailing blank cells do not."""
    normal = [_tidy(label).casefold() for label in labels]
    while normal and not normal[-1]:
        normal.pop()
    return hashlib.sha256("\x1f".join(normal).encode()).hexdigest()
