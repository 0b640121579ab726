"""Change what a community's record says."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Community
from ..selectors import KIND
from . import identifiers as codes
from .boundaries import DERIVED, refuse_circle, set_boundary

FIELDS = ("name", "kind", "parent", "description", "boundary", "boundary_source", "identifiers")


def change_community(community: Community, *, by: Any, **values: Any) -> Community:
    """Set the given fields (of FIELDS); those not given, and those that stay equal, are not touched.

    `identifiers` are all its (scheme, value) pairs. Raises ValidationError by field (bad boundary, circle of parents,
    an identifier of another community), TypeError for a field there is not.
    """
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A community has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = Community.objects.select_for_update(of=("self",)).select_related("parent").get(pk=community.pk)
        before = {name: _told(row, name) for name in FIELDS}
        if "parent" in values:
            refuse_circle(row, values["parent"])
        for name, value in values.items():
            if name == "boundary":
                set_boundary(row, value)
            elif name != "identifiers":
                setattr(row, name, squeeze(value) if name == "name" else value)
        after = {name: _told(row, name) for name in FIELDS}
        pairs = codes.checked(values["identifiers"], of=row) if "identifiers" in values else None
        if pairs is not None:
            after["identifiers"] = sorted(f"{scheme} {value}" for scheme, value in pairs)
        changes = {name: (before[name], after[name]) for name in FIELDS if before[name] != after[name]}
        if not changes:
            return row
        row.name_folded = fold(row.name)[:200]
        row.updated_at = timezone.now()
        row.full_clean(exclude=["name_folded"])
        derived = DERIVED if "boundary" in changes else ()
        columns = [name for name in changes if name != "identifiers"]
        row.save(update_fields=[*columns, *derived, "name_folded", "updated_at"])
        if pairs is not None and "identifiers" in changes:
            codes.put(row, pairs)
        if "boundary" in changes:
            changes["boundary"] = (_points(changes["boundary"][0]), _points(changes["boundary"][1]))
        record(by=by, verb="communities.changed", about=[row], changes=changes)
        search.index(KIND, [row.pk])
    return row


def _told(row: Community, name: str) -> Any:
    if name == "identifiers":
        return sorted(str(one) for one in row.identifiers.all())
    value = getattr(row, name)
    return value.name if isinstance(value, Community) else value


def _points(boundary: Any) -> int:
    """How many points a boundary has: the journal keeps this in place of the coordinates."""
    if not boundary:
        return 0
    polygons = [boundary["coordinates"]] if boundary["type"] == "Polygon" else boundary["coordinates"]
    return sum(len(ring) for polygon in polygons for ring in polygon)
