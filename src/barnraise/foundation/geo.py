"""Places on the earth without a geometry library: GeoJSON areas, boxes, centroids, distances.

Positions are (longitude, latitude) in degrees on WGS 84, in the order GeoJSON (RFC 7946) writes them.
Areas are small against the earth (a county, not a continent), so containment and centroids are reckoned on the plane.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Position = tuple[float, float]
Ring = list[Position]

MOST_POSITIONS = 20_000
"""Positions one boundary may have: more slows every page that draws it, and no eye sees the difference."""
MOST_CHARACTERS = 2_000_000
EARTH_KM = 6371.0088
DECIMALS = 6
"""Kept decimals of a degree: about 11 centimetres."""


class GeoError(ValueError):
    """A boundary that cannot be used. `code` says why, `details` names the place; str() is English."""

    def __init__(self, code: str, **details: Any) -> None:
        self.code = code
        self.details = details
        super().__init__(ENGLISH[code].format(**details))


ENGLISH = {
    "not-json": "This is not JSON (line {line}): {reason}.",
    "too-long": "This has {found} characters; at most {most} are taken. Simplify the boundary first.",
    "not-geojson": "This is no GeoJSON: it needs an object with a type.",
    "no-area": "There is no Polygon or MultiPolygon in it, only {found}.",
    "too-many": "The boundary has {found} points; at most {most} are taken. Simplify it first.",
    "bad-shape": "{where}: coordinates must be a list of rings, and each ring a list of [longitude, latitude].",
    "not-number": "{where}: {found} is not a pair of numbers [longitude, latitude].",
    "bad-longitude": "{where}: longitude {found} is outside -180 to 180.",
    "bad-latitude": "{where}: latitude {found} is outside -90 to 90; perhaps latitude and longitude are swapped.",
    "too-short": "{where}: a ring needs at least four points, the last equal to the first; it has {found}.",
    "not-closed": "{where}: the last point {last} must equal the first {first}.",
    "no-surface": "{where}: the points lie on one line, so they enclose nothing.",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box in degrees; south <= north, west <= east."""

    south: float
    west: float
    north: float
    east: float

    def contains(self, lat: float, lon: float) -> bool:
        """True when the point lies inside or on the edge."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


def read_boundary(given: str | Mapping[str, Any]) -> dict[str, Any]:
    """A valid Polygon or MultiPolygon from GeoJSON text or object, positions rounded to six decimals.

    Takes a geometry, a Feature, a FeatureCollection or a GeometryCollection; several areas become one MultiPolygon.
    Raises GeoError saying what is wrong and where.
    """
    if isinstance(given, str):
        given = _parsed(given)
    if not isinstance(given, Mapping) or not isinstance(given.get("type"), str):
        raise GeoError("not-geojson")
    polygons: list[list[Ring]] = []
    seen: list[str] = []
    budget = [MOST_POSITIONS]
    for geometry in _geometries(given, 0):
        kind = str(geometry.get("type"))
        seen.append(kind)
        coordinates = geometry.get("coordinates")
        if kind == "Polygon":
            polygons.append(_polygon(coordinates, f"Polygon {len(polygons) + 1}", budget))
        elif kind == "MultiPolygon":
            if not isinstance(coordinates, Sequence) or isinstance(coordinates, str):
                raise GeoError("bad-shape", where=kind)
            for part in coordinates:
                polygons.append(_polygon(part, f"Polygon {len(polygons) + 1}", budget))
    if not polygons:
        raise GeoError("no-area", found=", ".join(sorted(set(seen))) or str(given["type"]))
    written = [[[list(at) for at in ring] for ring in polygon] for polygon in polygons]
    if len(written) == 1:
        return {"type": "Polygon", "coordinates": written[0]}
    return {"type": "MultiPolygon", "coordinates": written}


def _parsed(text: str) -> Any:
    if len(text) > MOST_CHARACTERS:
        raise GeoError("too-long", found=len(text), most=MOST_CHARACTERS)
    try:
        return json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise GeoError("not-json", line=error.lineno, reason=error.msg) from None
    except RecursionError:
        raise GeoError("not-geojson") from None


def _geometries(given: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if not isinstance(given, Mapping) or depth > 8:
        return
    kind = given.get("type")
    if kind == "Feature":
        yield from _geometries(given.get("geometry"), depth + 1)
    elif kind in {"FeatureCollection", "GeometryCollection"}:
        parts = given.get("features" if kind == "FeatureCollection" else "geometries")
        for part in parts if isinstance(parts, list) else []:
            yield from _geometries(part, depth + 1)
    else:
        yield given


def _polygon(rings: Any, where: str, budget: list[int]) -> list[Ring]:
    if not isinstance(rings, Sequence) or isinstance(rings, str) or not rings:
        raise GeoError("bad-shape", where=where)
    return [_ring(ring, f"{where}, ring {number}", budget) for number, ring in enumerate(rings, 1)]


def _ring(given: Any, where: str, budget: list[int]) -> Ring:
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise GeoError("bad-shape", where=where)
    budget[0] -= len(given)
    if budget[0] < 0:
        raise GeoError("too-many", found=MOST_POSITIONS - budget[0], most=MOST_POSITIONS)
    ring = [_position(at, f"{where}, point {number}") for number, at in enumerate(given, 1)]
    if len(ring) < 4:
        raise GeoError("too-short", where=where, found=len(ring))
    if ring[0] != ring[-1]:
        raise GeoError("not-closed", where=where, first=list(ring[0]), last=list(ring[-1]))
    if abs(_doubled_area(ring)) < 1e-12:
        raise GeoError("no-surface", where=where)
    return ring


def _position(given: Any, where: str) -> Position:
    if not isinstance(given, Sequence) or isinstance(given, str) or not 2 <= len(given) <= 4:
        raise GeoError("not-number", where=where, found=given)
    lon, lat = given[0], given[1]
    for value in (lon, lat):
        if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
            raise GeoError("not-number", where=where, found=list(given))
    if not -180 <= lon <= 180:
        raise GeoError("bad-longitude", where=where, found=lon)
    if not -90 <= lat <= 90:
        raise GeoError("bad-latitude", where=where, found=lat)
    return (round(float(lon), DECIMALS), round(float(lat), DECIMALS))


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _polygons(boundary: Mapping[str, Any]) -> list[Any]:
    coordinates = boundary["coordinates"]
    return [coordinates] if boundary["type"] == "Polygon" else list(coordinates)


def _doubled_area(ring: Sequence[Sequence[float]]) -> float:
    x0, y0 = ring[0][0], ring[0][1]
    return sum((ax - x0) * (by - y0) - (bx - x0) * (ay - y0) for (ax, ay), (bx, by) in pairwise(ring))


def box_of(boundary: Mapping[str, Any]) -> Box:
    """The bounding box of a boundary that `read_boundary` gave."""
    outer = [at for polygon in _polygons(boundary) for at in polygon[0]]
    return Box(
        south=min(at[1] for at in outer),
        west=min(at[0] for at in outer),
        north=max(at[1] for at in outer),
        east=max(at[0] for at in outer),
    )


def centroid(boundary: Mapping[str, Any]) -> tuple[float, float]:
    """(latitude, longitude) of the area's centre of mass, holes left out. It may lie outside a bent area."""
    box = box_of(boundary)
    x0, y0 = (box.west + box.east) / 2, (box.south + box.north) / 2
    area = x = y = 0.0
    for polygon in _polygons(boundary):
        for number, ring in enumerate(polygon):
            moved = [(px - x0, py - y0) for px, py in ring]
            doubled = _doubled_area(moved)
            # The outer ring counts, holes count against it, however they are wound.
            sign = math.copysign(1.0, doubled) * (1.0 if number == 0 else -1.0)
            area += sign * doubled / 2
            for (ax, ay), (bx, by) in pairwise(moved):
                cross = (ax * by - bx * ay) * sign
                x += (ax + bx) * cross / 6
                y += (ay + by) * cross / 6
    if area <= 0:
        return (y0, x0)
    lat = min(max(y / area + y0, box.south), box.north)
    lon = min(max(x / area + x0, box.west), box.east)
    return (lat, lon)


def contains(boundary: Mapping[str, Any], lat: float, lon: float) -> bool:
    """True when the point lies in the area and in none of its holes. Points exactly on an edge may go either way."""
    return any(
        _in_ring(polygon[0], lon, lat) and not any(_in_ring(hole, lon, lat) for hole in polygon[1:])
        for polygon in _polygons(boundary)
    )


def _in_ring(ring: Sequence[Sequence[float]], x: float, y: float) -> bool:
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres (haversine on a sphere of the mean radius; within 0.6 % of the ellipsoid)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def box_around(points: Iterable[tuple[float, float]]) -> Box | None:
    """The smallest box around (latitude, longitude) points, None without points."""
    found = list(points)
    if not found:
        return None
    lats, lons = [p[0] for p in found], [p[1] for p in found]
    return Box(min(lats), min(lons), max(lats), max(lons))


def is_coordinate(lat: float | None, lon: float | None) -> bool:
    """True for a usable pair. (0, 0) is not: it is what broken exports write for "unknown"."""
    if lat is None or lon is None or not (_is_finite(lat) and _is_finite(lon)):
        return False
    return -90 <= lat <= 90 and -180 <= lon <= 180 and not (lat == 0 and lon == 0)
