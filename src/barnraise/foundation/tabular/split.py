"""Several values in one cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

# As other programs write them, the longer first: "||" holds "|".
SEPARATORS: tuple[str, ...] = (" ::: ", "||", "|", ";", ",", "\n")


def split_values(text: str, separator: str, options: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the values of a cell, trimmed, without blanks and repeats, in order.

    ``options`` are known values that may hold the separator themselves: the longest that stands at a place
    between separators is taken whole. Values in quotation marks (``"Tag, one","Tag two"``, also doubled as
    Mailchimp writes them) are unwrapped. An empty ``separator`` leaves the cell whole.
    """
    if not text.strip():
        return ()
    if not separator:
        return (text.strip(),)
    pieces = _known(text, separator, options) if options else _plain(text, separator)
    return tuple(dict.fromkeys(value for piece in pieces if (value := _unwrapped(piece))))


def _unwrapped(piece: str) -> str:
    value = piece.strip()
    while len(value) > 1 and value.startswith('"') and value.endswith('"'):
        value = value[1:-1].strip()
    return value


def _plain(text: str, separator: str) -> list[str]:
    mark = separator if separator.isspace() else separator.strip()
    if '"' in text and len(mark) == 1 and not mark.isspace():
        if '"""' in text:
            text = text.replace('"""', '"')
        return next(csv.reader([text.replace("\n", " ")], delimiter=mark, skipinitialspace=True), [])
    return text.split(separator) if separator in text else text.split(mark)


def _known(text: str, separator: str, options: Sequence[str]) -> list[str]:
    mark = separator if separator.isspace() else separator.strip()
    ordered = sorted({option.strip() for option in options if option.strip()}, key=len, reverse=True)
    found = []
    rest = text.strip()
    while rest:
        option = next((o for o in ordered if _stands_first(rest, o, mark)), None)
        if option is None:
            piece, _, rest = rest.partition(mark)
            found.append(piece)
        else:
            found.append(option)
            rest = rest[len(option) :].strip().removeprefix(mark)
        rest = rest.strip()
    return found


def _stands_first(rest: str, option: str, mark: str) -> bool:
    if not rest.startswith(option):
        return False
    after = rest[len(option) :]
    return not after.strip() or after.startswith(mark) or after.strip().startswith(mark)


def likely_separator(cells: Iterable[str]) -> str:
    """Return the separator that most cells hold, or "" when fewer than a third do; a comma counts last."""
    filled = [cell for cell in cells if cell.strip()]
    for separator in SEPARATORS:
        if separator == "|" and any("||" in cell for cell in filled):
            continue
        if filled and sum(1 for cell in filled if separator in cell) * 3 >= len(filled):
            return separator
    return ""
