"""All communities as rows of a sheet, or whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .models import Community, Identifier

COLUMNS = (
    "uuid",
    "Name",
    "Kind",
    "Part of",
    "Description",
    "Latitude",
    "Longitude",
    "Headcount",
    "Year",
    "Source",
    "Identifiers",
)


def _rows() -> Iterator[Community]:
    rows = (
        Community.objects.select_related("parent")
        .prefetch_related("headcounts", "identifiers")
        .order_by("pk")
    )
    yield from rows.iterator(chunk_size=200)


def _codes(row: Community) -> list[Identifier]:
    return sorted(row.identifiers.all(), key=lambda one: (one.scheme, one.value))


def number() -> int:
    """How many there are."""
    return Community.objects.count()


def whole() -> Iterator[dict[str, Any]]:
    """Each community with identifiers, boundary and headcounts, in the order they were added."""
    for one in _rows():
        yield {
            "uuid": str(one.uuid),
            "name": one.name,
            "kind": one.kind,
            "parent": str(one.parent.uuid) if one.parent else None,
            "description": one.description,
            "identifiers": [{"scheme": code.scheme, "value": code.value} for code in _codes(one)],
            "boundary": one.boundary,
            "boundary_source": one.boundary_source,
            "headcounts": [
                {"group": count.group, "count": count.count, "year": count.year, "source": count.source}
                for count in sorted(one.headcounts.all(), key=lambda count: (count.year, count.group))
            ],
        }


def flat() -> Iterator[list[Any]]:
    """One row each, as COLUMNS says, with the newest headcount of everyone."""
    for one in _rows():
        everyone = sorted((c for c in one.headcounts.all() if not c.group), key=lambda c: c.year)
        newest = everyone[-1] if everyone else None
        yield [
            str(one.uuid),
            one.name,
            one.kind,
            one.parent.name if one.parent else "",
            one.description,
            "" if one.centre_lat is None else one.centre_lat,
            "" if one.centre_lon is None else one.centre_lon,
            newest.count if newest else "",
            newest.year if newest else "",
            newest.source if newest else "",
            "; ".join(str(code) for code in _codes(one)),
        ]
