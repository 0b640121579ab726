"""Put a boundary and what is derived from it on a row; refuse circles of parents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from barnraise.foundation import geo

from ..models import Community
from ..words import in_words, refused_parent

DERIVED = ("min_lat", "max_lat", "min_lon", "max_lon", "centre_lat", "centre_lon")


def set_boundary(row: Community, boundary: Mapping[str, Any] | str | None) -> None:
    """Set (not save) boundary, box and centre. Raises ValidationError at `boundary` saying what is wrong with it."""
    if not boundary:
        row.boundary = None
        for name in DERIVED:
            setattr(row, name, None)
        return
    try:
        row.boundary = geo.read_boundary(boundary)
    except geo.GeoError as error:
        raise ValidationError({"boundary": in_words(error)}) from None
    box = geo.box_of(row.boundary)
    row.min_lat, row.max_lat, row.min_lon, row.max_lon = box.south, box.north, box.west, box.east
    row.centre_lat, row.centre_lon = geo.centroid(row.boundary)


def refuse_circle(row: Community, parent: Community | None) -> None:
    """Raise ValidationError at `parent` when the community would hang below itself. Locks the way up until the end of the transaction."""
    at = parent.pk if parent else None
    seen: set[int] = set()
    while at is not None:
        if at == row.pk or at in seen:
            raise ValidationError({"parent": refused_parent()})
        seen.add(at)
        at = Community.objects.select_for_update().filter(pk=at).values_list("parent_id", flat=True).first()
