"""Which tables hold postcodes with their places, and their rows as (country, postcode, latitude, longitude)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from barnraise.foundation.geo import is_coordinate
from barnraise.foundation.policy import Refused
from barnraise.foundation.tabular import (
    Recognition,
    RowCursor,
    Table,
    TableChoice,
    recognise,
    rows_with_cursor,
)
from barnraise.foundation.text import words

NAMES: dict[str, tuple[str, ...]] = {
    "country": ("country", "country code", "iso", "iso2", "pais"),
    "postcode": ("postcode", "postal code", "zip", "zip code", "zipcode", "zcta", "zcta5", "geoid", "geoid20", "pcds", "pcd", "plz", "codigo postal"),
    "lat": ("lat", "latitude", "intptlat", "intptlat20", "latitud"),
    "lon": ("lon", "lng", "long", "longitude", "intptlong", "intptlong20", "longitud"),
}  # fmt: skip
"""What columns are called, the surest name first."""

GEONAMES_WIDTH = 12
"""Columns of the postal code files of GeoNames, which have no headings: country, postcode, …, latitude (10th), longitude (11th)."""

Place = tuple[str, str, float, float]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row each value stands; `country` is None where the file has no such column."""

    postcode: int
    lat: int
    lon: int
    country: int | None = None


def table_of(path: Path, name: str) -> tuple[Table, Columns]:
    """The table of postcodes in this file. Raises UnreadableFile, and Refused when no table has the columns."""
    found = recognise(path, name=name)
    for table in found.tables:
        columns = _columns(table.names)
        if columns is not None:
            return table, columns
    bare = _without_headings(path, name, found)
    if bare is not None:
        return bare, Columns(postcode=1, lat=9, lon=10, country=0)
    raise Refused(
        _(
            "No table with postcodes and their places was found: columns like “postcode”, “latitude” and “longitude” are "
            "needed, and “country” where the file has several."
        )
    )  # fmt: skip


def _columns(names: Sequence[str]) -> Columns | None:
    said = [" ".join(words(name.replace("_", " "))) for name in names]
    at: dict[str, int | None] = {
        wanted: next((said.index(name) for name in known if name in said), None)
        for wanted, known in NAMES.items()
    }
    if at["postcode"] is None or at["lat"] is None or at["lon"] is None:
        return None
    return Columns(at["postcode"], at["lat"], at["lon"], at["country"])


def _without_headings(path: Path, name: str, found: Recognition) -> Table | None:
    for table in found.tables:
        if len(table.names) == GEONAMES_WIDTH and table.choice.kind == "delimited":
            again = recognise(path, name=name, header_row=0)
            bare = next((one for one in again.tables if one.name == table.name), None)
            if bare is not None and bare.samples and _is_geonames(bare.samples[0].values):
                return bare
    return None


def _is_geonames(cells: Sequence[str]) -> bool:
    return (
        bool(re.fullmatch(r"[A-Z]{2}", cells[0]))
        and _number(cells[9]) is not None
        and _number(cells[10]) is not None
    )


def places(
    path: Path, choice: TableChoice, columns: Columns, *, country: str, start: RowCursor
) -> Iterator[tuple[Place | None, RowCursor]]:
    """Each row as a place, None where it has no country, postcode or place on earth, with the cursor behind it."""
    for row, cursor in rows_with_cursor(path, choice, start=start):
        yield _place(row.values, columns, country), cursor


def _place(cells: Sequence[str], columns: Columns, country: str) -> Place | None:
    land = (cells[columns.country].strip().upper() if columns.country is not None else "") or country
    code = re.sub(r"[^A-Z0-9]", "", cells[columns.postcode].upper())
    lat, lon = _number(cells[columns.lat]), _number(cells[columns.lon])
    if not re.fullmatch(r"[A-Z]{2}", land) or not 0 < len(code) <= 16 or not is_coordinate(lat, lon):
        return None
    return land, code, float(lat or 0), float(lon or 0)


def _number(text: str) -> float | None:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def packed(table: Table, columns: Columns) -> dict[str, Any]:
    """The table and its columns as JSON, for a job's arguments."""
    from dataclasses import asdict

    return {"choice": asdict(table.choice), "columns": asdict(columns)}
