"""Where partners stand on the stakeholder map: influence by interest, each from 1 to 5."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from ..models import Partnership

NAMED = 8
"""So many partners of one place are named; of the others there is the number, and the way to them."""
MOST = 25 * NAMED


@dataclass(slots=True)
class Place:
    """One of the 25 places of the map: how many stand there, and the first few of them."""

    influence: int
    interest: int
    count: int = 0
    rows: list[Any] = field(default_factory=list)


def places(rows: QuerySet[Any]) -> list[Place]:
    """The places where somebody of these stands, most influence and interest first. At most 27 queries, whatever their number."""
    rated = rows.filter(influence__isnull=False).order_by()
    counted = rated.values("influence", "interest").annotate(n=Count("pk"))
    found = {
        (one["influence"], one["interest"]): Place(one["influence"], one["interest"], one["n"])
        for one in counted
    }
    if sum(place.count for place in found.values()) <= MOST:
        for row in rated.order_by("-influence", "-interest", "pk"):
            found[row.influence, row.interest].rows.append(row)
    else:
        for place in found.values():
            there = rated.filter(influence=place.influence, interest=place.interest)
            place.rows = list(there.order_by("-updated_at", "-pk")[:NAMED])
    return [found[key] for key in sorted(found, reverse=True)]


def unrated(rows: QuerySet[Partnership]) -> int:
    """How many of these nobody has rated."""
    return rows.filter(influence__isnull=True).order_by().count()
