"""Place people without coordinates by the postcode table, after it was loaded."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from barnraise.plumbing.journal.services import record

from ..models import Person
from ..selectors import documents
from .writing import place_columns, places_for

BATCH = 1000


def count_unplaced() -> int:
    """How many have no coordinates of their own."""
    return _unplaced().count()


def _unplaced() -> QuerySet[Person]:
    return Person.objects.filter(Q(lat=None) | Q(is_approximate=True))


def locate_by_postcode(after: int) -> tuple[int | None, int, int]:
    """Give approximate coordinates to the next ones whose shown address has a postcode the table knows.

    Gives (the last key looked at, None at the end; how many it looked at; how many got or changed their place). Call it in
    a transaction. Exact coordinates are never touched; approximate ones are brought in line with the table.
    """
    batch = list(_unplaced().filter(pk__gt=after).order_by("pk")[:BATCH])
    said = documents([row.pk for row in batch])
    places = places_for(list(said.values()))
    moved = []
    for row in batch:
        columns = place_columns(said[row.pk], places)
        if (row.lat, row.lon) != (columns["lat"], columns["lon"]):
            for name, value in columns.items():
                setattr(row, name, value)
            row.updated_at = timezone.now()
            moved.append(row)
    if moved:
        names = ["lat", "lon", "is_approximate", "updated_at"]
        Person.objects.bulk_update(moved, names, batch_size=200)
    return (batch[-1].pk if len(batch) == BATCH else None), len(batch), len(moved)


def note_located(count: int, by: Any) -> None:
    """The journal's sentence of all that were placed."""
    if count:
        record(by=by, verb="people.located", about=[], details={"count": count})
