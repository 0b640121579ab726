"""Load a table of postcodes, so that addresses without coordinates can be placed about right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import transaction

from barnraise.foundation.geo import is_coordinate
from barnraise.plumbing.journal.services import record

from ..models import Postcode


def load_postcodes(rows: Iterable[tuple[str, str, float, float]], *, by: Any) -> int:
    """Take in (country, postcode, latitude, longitude) rows; known postcodes are replaced. Returns how many were taken.

    Raises ValueError naming the row (counted from 1) that has no country of two letters, no postcode or no place on
    earth; then nothing has changed.
    """
    count = 0
    taken = iter(_checked(rows))
    with transaction.atomic():
        while batch := list(islice(taken, 5000)):
            once = {(row.country, row.postcode): row for row in batch}
            Postcode.objects.bulk_create(
                once.values(),
                update_conflicts=True,
                unique_fields=["country", "postcode"],
                update_fields=["lat", "lon"],
            )
            count += len(once)
        record(by=by, verb="communities.postcodes_loaded", about=[], details={"count": count})
    return count


def _checked(rows: Iterable[tuple[str, str, float, float]]) -> Iterable[Postcode]:
    for number, (country, postcode, lat, lon) in enumerate(rows, 1):
        land = country.strip().upper()
        code = re.sub(r"[^A-Z0-9]", "", postcode.upper())
        if not re.fullmatch(r"[A-Z]{2}", land) or not 0 < len(code) <= 16 or not is_coordinate(lat, lon):
            raise ValueError(
                f"Row {number}: write a country of two letters, a postcode, a latitude and a longitude; "
                f"found {country!r}, {postcode!r}, {lat!r}, {lon!r}."
            )
        yield Postcode(country=land, postcode=code, lat=lat, lon=lon)
