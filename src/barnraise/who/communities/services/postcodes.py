"""Load a table of postcodes, so that addresses without coordinates can be placed about right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused, require
from barnraise.foundation.tabular import UnreadableFile
from barnraise.plumbing.files.services import DOCUMENTS, keep
from barnraise.plumbing.imports.services import Unreadable
from barnraise.plumbing.jobs import services as jobs
from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.journal.services import record

from ..models import Postcode
from ..policies import may_load_postcodes
from ..postcode_tables import Place, packed, table_of

LOAD = "communities.postcodes"
MOST_LOADED = DOCUMENTS | {"application/octet-stream"}


def start_postcodes(*, upload: Any, country: str, by: Any) -> Job:
    """Begin to load a file of postcodes: an upload or an open file with a `name`, `country` for rows that name none.

    CSV, TSV, a zip of them or a workbook with columns for postcode, latitude and longitude, or a file of GeoNames. Rows
    that are known are replaced, rows without a place on earth are left out and counted. `by` None is the command line.
    Raises Refused (Unreadable) or FileRefused; then nothing is kept.
    """
    if by is not None:
        require(may_load_postcodes, by, reason=_("Your role does not allow loading postcodes."))
    country = country.strip().upper()
    if country and not re.fullmatch(r"[A-Z]{2}", country):
        raise Refused(_("Write the country as two letters, for example US."))
    with transaction.atomic():
        file = keep(upload, by=by, accept=MOST_LOADED)
        table, columns = _looked_at(file.path, file.name)
        if columns.country is None and not country:
            raise Refused(_("The file names no country: say which one it is of."))
        return jobs.start(
            handler=LOAD,
            title=_("Postcodes of %(name)s") % {"name": file.name},
            arguments={"file": file.pk, "country": country, **packed(table, columns)},
            by=by,
            total=table.row_count if table.row_count_is_exact else None,
        )


def _looked_at(path: Path, name: str) -> Any:
    try:
        return table_of(path, name)
    except UnreadableFile as no:
        path.unlink(missing_ok=True)
        raise Unreadable.of(no) from no
    except Refused:
        path.unlink(missing_ok=True)
        raise


def keep_postcodes(places: Sequence[Place]) -> int:
    """Write these (country, postcode, latitude, longitude) in the caller's transaction; how many different ones there were."""
    rows = {
        (country, code): Postcode(country=country, postcode=code, lat=lat, lon=lon)
        for country, code, lat, lon in places
    }
    Postcode.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["country", "postcode"],
        update_fields=["lat", "lon"],
        batch_size=2000,
    )
    return len(rows)


def note_postcodes(*, count: int, by: Any) -> None:
    """The journal's sentence of a table that was loaded, in the caller's transaction."""
    record(by=by, verb="communities.postcodes_loaded", about=[], details={"count": count})
