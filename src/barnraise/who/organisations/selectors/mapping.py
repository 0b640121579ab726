"""Organisations as points of a map: single ones, or counts by cells of a grid where many lie close."""

from __future__ import annotations

from typing import Any

from django.db.models import Avg, Count, F, IntegerField, Max, Min, QuerySet
from django.db.models.functions import Cast

from barnraise.foundation.geo import Box

from ..models import Organisation

MOST = 2000
"""Features in one answer."""
PIXELS = 56
"""Edge of a grid cell on the screen."""
MEMBERS = 12
"""Names told of organisations that share one place exactly."""


def cell_size(zoom: int) -> float:
    """Edge of a grid cell in degrees of longitude at that zoom (0 is the whole world on 256 pixels)."""
    return float(360.0 * PIXELS / (256 * 2 ** min(max(zoom, 0), 19)))


def features(rows: QuerySet[Organisation], box: Box, zoom: int) -> list[dict[str, Any]]:
    """GeoJSON points of these organisations inside the box, at most MOST: three queries whatever their number.

    A feature is one organisation (name, kind, url, approximate) or a cell (count, shown, box [s, w, n, e]); cells
    whose organisations share one place exactly also tell `members`.
    """
    cell = cell_size(zoom)
    inside = rows.order_by().filter(
        lat__gte=box.south, lat__lte=box.north, lon__gte=box.west, lon__lte=box.east
    )
    cells: list[dict[str, Any]] = list(
        # Rounding instead of cutting only shifts the grid by half a cell, and both databases can do it.
        inside.annotate(
            y=Cast((F("lat") + 90.0) / (cell * 0.75), IntegerField()),
            x=Cast((F("lon") + 180.0) / cell, IntegerField()),
        )
        .values("y", "x")
        .annotate(
            n=Count("id"),
            key=Min("id"),
            at_lat=Avg("lat"),
            at_lon=Avg("lon"),
            south=Min("lat"),
            west=Min("lon"),
            north=Max("lat"),
            east=Max("lon"),
        )
        .order_by("-n", "y", "x")[:MOST]  # type: ignore[arg-type,unused-ignore]
    )
    single = Organisation.objects.in_bulk([one["key"] for one in cells if one["n"] == 1])
    tight = [
        one for one in cells if one["n"] > 1 and one["south"] == one["north"] and one["west"] == one["east"]
    ]
    members = _members(inside, tight[:100])
    return [
        _point(single[one["key"]]) if one["n"] == 1 else _cell(one, members.get((one["south"], one["west"])))
        for one in cells
    ]


def _members(
    rows: QuerySet[Organisation], cells: list[dict[str, Any]]
) -> dict[tuple[float, float], list[dict[str, str]]]:
    found: dict[tuple[float, float], list[dict[str, str]]] = {}
    if not cells:
        return found
    places = {(one["south"], one["west"]) for one in cells}
    near = rows.filter(lat__in={lat for lat, _ in places}, lon__in={lon for _, lon in places})
    for row in near.order_by("name_folded", "id")[: MEMBERS * len(cells) * 2]:
        if row.lat is not None and row.lon is not None and (row.lat, row.lon) in places:
            said = found.setdefault((row.lat, row.lon), [])
            if len(said) < MEMBERS:
                said.append({"name": row.name, "url": row.get_absolute_url()})
    return found


def _point(row: Organisation) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        "properties": {
            "name": row.name,
            "kind": str(row.get_kind_display()),
            "url": row.get_absolute_url(),
            "approximate": row.is_approximate,
        },
    }


def _cell(one: dict[str, Any], members: list[dict[str, str]] | None) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "count": one["n"],
        "shown": f"{one['n']:,}" if one["n"] < 10_000 else f"{one['n'] // 1000}k",
        "box": [one["south"], one["west"], one["north"], one["east"]],
    }
    if members:
        properties["members"] = members
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [one["at_lon"], one["at_lat"]]},
        "properties": properties,
    }


def extent(rows: QuerySet[Organisation]) -> Box | None:
    """The box around all of these that have coordinates, None when none has."""
    found = rows.order_by().aggregate(s=Min("lat"), w=Min("lon"), n=Max("lat"), e=Max("lon"))
    if found["s"] is None:
        return None
    return Box(found["s"], found["w"], found["n"], found["e"])


def unplaced(rows: QuerySet[Organisation], most: int = 10_001) -> int:
    """How many of these have no coordinates, counted up to `most`."""
    return rows.order_by().filter(lat=None)[:most].count()
