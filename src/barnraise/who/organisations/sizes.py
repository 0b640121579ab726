"""How many people an organisation employs, as people write it, to one of the sizes of a record. Pure."""

from __future__ import annotations

import re

from barnraise.foundation.text import fold

from .models import Organisation

Band = Organisation.Band

EDGES: tuple[tuple[int, Band], ...] = (
    (0, Band.NONE),
    (1, Band.MICRO),
    (10, Band.SMALL),
    (50, Band.MEDIUM),
    (250, Band.LARGE),
)
"""The fewest people of each size."""
_WORDS = {
    Band.NONE: "none, no staff, no employees, volunteer, volunteers, all volunteer, voluntarios, solo voluntarios, sin personal",
    Band.MICRO: "micro, tiny, diminuta, muy pequena",
    Band.SMALL: "small, s, pequena, pequeno",
    Band.MEDIUM: "medium, mid, midsize, mid size, medium sized, m, mediana, mediano",
    Band.LARGE: "large, big, l, xl, grande",
}
_SAID = {word.strip(): band for band, said in _WORDS.items() for word in said.split(",")}
_NOISE = re.compile(
    r"\b(people|persons?|employees?|staff|workers|ftes?|personas?|empleados|empleadas|trabajadores)\b|[()]"
)
_GROUPED = re.compile(r"(?<=\d)[,. ](?=\d{3}\b)")
_ABOUT = re.compile(r"^(about|approx\.?|approximately|ca\.?|circa|unos|aproximadamente|~)\s*")
_EXACT = re.compile(r"^(\d+)$")
_RANGE = re.compile(r"^(\d+) ?(?:-|–|—|to|a|y|and|\.\.) ?(\d+)$")
_FROM = re.compile(
    r"^(?:(?:from|at least|desde|al menos|≥|>=) ?)?(\d+) ?(?:\+|and more|or more|o mas|y mas|and over)$|^(?:at least|al menos|≥|>=) ?(\d+)$"
)
_OVER = re.compile(r"^(?:over|more than|above|mas de|>) ?(\d+)$")
_UP_TO = re.compile(r"^(?:up to|at most|hasta|≤|<=) ?(\d+)$")
_UNDER = re.compile(r"^(?:under|less than|fewer than|below|menos de|<) ?(\d+)$")
_MOST = 10_000_000
HOLDS = 0.8
"""A range that crosses an edge is of the size that holds at least this share of it."""


def read(text: str) -> str | None:
    """The size that a cell names: "10-49", "35 staff", "11–50", "250+", "fewer than 10", "medium". None when it cannot be told.

    A range over an edge counts where at least four fifths of it lie: 11-50 is 10 to 49, 20-80 is refused.
    """
    whole = fold(text)
    bare = " ".join(_NOISE.sub(" ", whole).split())
    for said in (whole, bare):
        for band in Band:
            if said in {band.value, fold(str(band.label))}:
                return band.value
        if said in _SAID:
            return _SAID[said].value
    ends = _ends(_ABOUT.sub("", _GROUPED.sub("", bare)))
    return _holding(*ends) if ends else None


def _ends(said: str) -> tuple[int, int] | None:
    """The fewest and the most people that these words mean."""
    if found := _EXACT.match(said):
        return int(found[1]), int(found[1])
    if found := _RANGE.match(said):
        return int(found[1]), int(found[2])
    if found := _FROM.match(said):
        return int(found[1] or found[2]), _MOST
    if found := _OVER.match(said):
        return int(found[1]) + 1, _MOST
    if found := _UP_TO.match(said):
        return 1, int(found[1])
    if found := _UNDER.match(said):
        return 1, int(found[1]) - 1
    return None


def _holding(low: int, high: int) -> str | None:
    """The size of this range. One without an upper end is only certain from the last edge on."""
    if low > high or high > _MOST:
        return None
    tops = [edge - 1 for edge, _band in EDGES[1:]] + [_MOST]
    for (edge, band), top in zip(EDGES, tops, strict=True):
        shared = min(high, top) - max(low, edge) + 1
        if shared >= HOLDS * (high - low + 1) and (high < _MOST or low >= edge):
            return band.value
    return None
