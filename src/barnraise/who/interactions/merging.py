"""Lay several strands of time into one, page by page. Pure: values in, values out."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

OVER = "-"
"""The place of a strand that has nothing older."""


class Timed(Protocol):
    """What is merged: when it was, and the place behind it in its own strand."""

    @property
    def at(self) -> object: ...

    @property
    def place(self) -> str: ...


T = TypeVar("T", bound=Timed)


def merged(
    strands: Mapping[str, Sequence[T]], places: Mapping[str, str], most: int
) -> tuple[list[T], dict[str, str] | None]:
    """The newest `most` of all strands, and where each goes on; None when nothing is older.

    Each strand is newest first and was asked for `most` + 1 behind its place in `places`. Of equal times the strand that
    comes first in `strands` goes first. Nothing is left out or shown twice over the pages, whatever the times are.
    """
    taken = dict.fromkeys(strands, 0)
    found: list[T] = []
    while len(found) < most:
        heads = [(name, items[taken[name]]) for name, items in strands.items() if taken[name] < len(items)]
        if not heads:
            break
        name, newest = max(heads, key=lambda pair: pair[1].at)  # type: ignore[arg-type, return-value]
        found.append(newest)
        taken[name] += 1
    going: dict[str, str] = {}
    for name, items in strands.items():
        if taken[name] == len(items) <= most:
            going[name] = OVER
        else:
            going[name] = items[taken[name] - 1].place if taken[name] else places.get(name, "")
    return found, None if all(place == OVER for place in going.values()) else going


def pack(places: Mapping[str, str]) -> str:
    """Places as one word of an address."""
    return base64.urlsafe_b64encode(json.dumps(dict(places)).encode()).decode().rstrip("=")


def unpack(text: str) -> dict[str, str]:
    """What `pack` made; a word it did not make is the beginning."""
    try:
        found = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, UnicodeDecodeError, RecursionError):
        return {}
    return dict(_pairs(found)) if isinstance(found, dict) else {}


def _pairs(found: dict[object, object]) -> Iterator[tuple[str, str]]:
    for name, place in found.items():
        if isinstance(name, str) and isinstance(place, str) and len(place) < 100:
            yield name, place
