"""Boundaries, boxes and distances: exact values, refusals, and properties that hold for any rectangle."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barnraise.foundation import geo

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 2], [0, 2], [0, 0]]]}


def test_features_and_collections_become_one_geometry():
    feature = {"type": "Feature", "properties": {}, "geometry": SQUARE}
    moved = {"type": "Polygon", "coordinates": [[[x + 10, y] for x, y in SQUARE["coordinates"][0]]]}
    assert geo.read_boundary(json.dumps(feature))["type"] == "Polygon"
    both = geo.read_boundary(
        {"type": "FeatureCollection", "features": [feature, {"type": "Feature", "geometry": moved}]}
    )
    assert both["type"] == "MultiPolygon"
    assert geo.box_of(both) == geo.Box(south=0, west=0, north=2, east=14)
    assert geo.contains(both, 1, 11)
    assert not geo.contains(both, 1, 6)


def test_a_hole_is_outside_and_moves_the_centre():
    hole = [[3, 0.5], [3.5, 0.5], [3.5, 1.5], [3, 1.5], [3, 0.5]]
    shape = geo.read_boundary({"type": "Polygon", "coordinates": [SQUARE["coordinates"][0], hole]})
    assert not geo.contains(shape, 1, 3.25)
    assert geo.contains(shape, 1, 2)
    lat, lon = geo.centroid(shape)
    assert lat == pytest.approx(1)
    assert lon == pytest.approx((8 * 2 - 0.5 * 3.25) / 7.5)


@pytest.mark.parametrize(
    ("given_text", "code"),
    [
        ("{", "not-json"),
        ("[]", "not-geojson"),
        ('{"type": "Point", "coordinates": [1, 2]}', "no-area"),
        ('{"type": "Polygon", "coordinates": []}', "bad-shape"),
        ('{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}', "too-short"),
        ('{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}', "not-closed"),
        ('{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]}', "no-surface"),
        ('{"type": "Polygon", "coordinates": [[[0, 91], [1, 0], [1, 1], [0, 91]]]}', "bad-latitude"),
        ('{"type": "Polygon", "coordinates": [[[181, 0], [1, 0], [1, 1], [181, 0]]]}', "bad-longitude"),
        ('{"type": "Polygon", "coordinates": [[["a", 0], [1, 0], [1, 1], ["a", 0]]]}', "not-number"),
        ('{"type": "Polygon", "coordinates": [[[NaN, 0], [1, 0], [1, 1], [NaN, 0]]]}', "not-number"),
        (" " * (geo.MOST_CHARACTERS + 1), "too-long"),
    ],
)
def test_what_is_wrong_is_named(given_text, code):
    with pytest.raises(geo.GeoError) as no:
        geo.read_boundary(given_text)
    assert no.value.code == code
    assert "{" not in str(no.value).replace("{where}", "")


def test_too_many_points_are_refused():
    ring = [[n / 1e4, (n % 2) / 10] for n in range(geo.MOST_POSITIONS)] + [[0, 0]]
    with pytest.raises(geo.GeoError) as no:
        geo.read_boundary({"type": "Polygon", "coordinates": [ring]})
    assert no.value.code == "too-many"


def test_distance_is_known():
    # A degree of latitude on a sphere of the mean radius.
    assert geo.distance_km(0, 0, 1, 0) == pytest.approx(111.195, abs=0.001)
    assert geo.distance_km(52.5, 13.4, 52.5, 13.4) == 0


def test_zero_zero_is_no_place():
    assert not geo.is_coordinate(0, 0)
    assert not geo.is_coordinate(None, 5)
    assert geo.is_coordinate(0, 5)


degrees = st.integers(-60_000, 60_000).map(lambda n: n / 1000)
spans = st.integers(1, 10_000).map(lambda n: n / 1000)


@given(degrees, degrees, spans, spans, st.booleans())
def test_any_rectangle_holds_its_middle_and_nothing_beyond(lat, lon, height, width, is_turned):
    ring = [[lon, lat], [lon + width, lat], [lon + width, lat + height], [lon, lat + height], [lon, lat]]
    shape = geo.read_boundary({"type": "Polygon", "coordinates": [ring[::-1] if is_turned else ring]})
    middle = geo.centroid(shape)
    assert middle == pytest.approx((lat + height / 2, lon + width / 2), abs=1e-5)
    assert geo.contains(shape, *middle)
    assert not geo.contains(shape, lat + height + 0.01, lon)
    assert geo.box_of(shape).contains(*middle)


@given(degrees, degrees, degrees, degrees)
def test_distance_is_the_same_both_ways(a, b, c, d):
    there, back = geo.distance_km(a, b, c, d), geo.distance_km(c, d, a, b)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= 20_016
