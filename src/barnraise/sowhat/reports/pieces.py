"""What of a report stands on one page: the beginning of each table, or a piece of one table. Files hold all of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .selectors import Content

BEGINNING, PIECE = 50, 200
"""Lines of each table on the page of the report, and of one table on a page of its own."""

_NAME = re.compile(r"(?P<section>.{1,80}):(?P<table>[0-9]{1,3}):(?P<first>[0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Piece:
    """A table and its first line that is shown, both counted from 0. In addresses "money:0:200"."""

    section: str
    table: int
    first: int = 0

    @classmethod
    def of(cls, text: str) -> Piece | None:
        """What an address names; None for anything else."""
        found = _NAME.fullmatch(text)
        return cls(found["section"], int(found["table"]), int(found["first"])) if found else None

    def __str__(self) -> str:
        return f"{self.section}:{self.table}:{self.first}"


def beginnings(content: Content) -> list[dict[str, Any]]:
    """All sections with the beginning of each table."""
    return [
        {**one, "parts": [_cut(one["name"], at, part, 0, BEGINNING) for at, part in enumerate(one["parts"])]}
        for one in content
    ]


def alone(content: Content, piece: Piece) -> list[dict[str, Any]]:
    """The one table, the lines of the piece; nothing when there is no such table or no such line."""
    for one in content:
        if one["name"] == piece.section and piece.table < len(one["parts"]):
            part = _cut(one["name"], piece.table, one["parts"][piece.table], piece.first, PIECE)
            return [{**one, "parts": [part]}] if part["lines"] else []
    return []


def _cut(section: str, table: int, part: Mapping[str, Any], first: int, most: int) -> dict[str, Any]:
    """The table with `lines` of the piece only, how many there are in all, and where the whole, what is before and what follows stand."""
    lines = part["lines"]
    last = min(first + most, len(lines))
    is_whole = last - first == len(lines)
    return {
        **part,
        "lines": lines[first:last],
        "first": first + 1,
        "last": last,
        "count": len(lines),
        "whole": "" if is_whole or most == PIECE else str(Piece(section, table)),
        "before": str(Piece(section, table, max(0, first - PIECE))) if first else "",
        "further": str(Piece(section, table, last)) if most == PIECE and last < len(lines) else "",
    }
