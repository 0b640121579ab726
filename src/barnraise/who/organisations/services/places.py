"""Place organisations without coordinates by the postcode table, after it was loaded."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from barnraise.plumbing.journal.services import record

from ..models import Organisation
from ..selectors import documents
from .exchanges.writing import follow
from .writing import place_columns, places_for

BATCH = 1000


def locate_by_postcode(*, by: Any) -> int:
    """Give approximate coordinates to those whose shown address has a postcode the table knows. Returns how many.

    Exact coordinates are never touched; approximate ones are brought in line with the table.
    """
    after, count = 0, 0
    with transaction.atomic():
        while True:
            rows = Organisation.objects.filter(Q(lat=None) | Q(is_approximate=True), pk__gt=after).order_by(
                "pk"
            )
            batch = list(rows[:BATCH])
            if not batch:
                break
            count += _locate(batch)
            after = batch[-1].pk
        record(by=by, verb="organisations.located", about=[], details={"count": count})
    return count


def _locate(batch: list[Organisation]) -> int:
    said = documents([row.pk for row in batch])
    places = places_for(list(said.values()))
    now = timezone.now()
    moved = []
    for row in batch:
        columns = place_columns(said[row.pk], places)
        if (row.lat, row.lon) != (columns["lat"], columns["lon"]):
            for name, value in columns.items():
                setattr(row, name, value)
            row.updated_at = now
            moved.append(row)
    if moved:
        Organisation.objects.bulk_update(
            moved, ["lat", "lon", "is_approximate", "updated_at"], batch_size=200
        )
        follow([row.pk for row in moved])
    return len(moved)
