"""All services offered as rows of a sheet, or whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import documents as shapes
from . import hours
from .documents import Offered
from .models import Service
from .selectors import offered, services_listed

COLUMNS = (
    "Organisation",
    "Organisation uuid",
    "Ref",
    "Name",
    "Description",
    "Status",
    "For whom",
    "From the age of",
    "To the age of",
    "How to get it",
    "Free",
    "Cost",
    "Area",
    "Hours",
    "More about the hours",
    "Languages",
    "Interpretation",
    "Accessibility",
    "Website",
    "E-mail",
    "Phone",
    "Checked on",
    "Checked by",
)
_BATCH = 500


def _rows() -> Iterator[tuple[Service, Offered]]:
    last = 0
    while True:
        rows = list(services_listed().filter(pk__gt=last).order_by("pk")[:_BATCH])
        if not rows:
            return
        for row in rows:
            yield row, offered(row)
        last = rows[-1].pk


def number() -> int:
    """How many there are."""
    return Service.objects.count()


def whole() -> Iterator[dict[str, Any]]:
    """Each with everything it says, in the order they were added."""
    for row, said in _rows():
        yield {
            "organisation": str(row.organisation.uuid),
            "organisation_name": row.organisation.name,
            **shapes.part_json(said),
        }


def flat() -> Iterator[list[Any]]:
    """One row each, as COLUMNS says; several values in one cell are separated by "; "."""
    for row, said in _rows():
        yield [
            row.organisation.name,
            str(row.organisation.uuid),
            said.ref,
            said.name,
            said.description,
            said.status,
            said.eligibility,
            "" if said.minimum_age is None else said.minimum_age,
            "" if said.maximum_age is None else said.maximum_age,
            said.application,
            {None: "", True: "yes", False: "no"}[said.is_free],
            said.fees,
            "; ".join(said.areas),
            hours.plain(said.hours),
            said.hours_note,
            "; ".join(said.languages),
            said.interpretation,
            said.accessibility,
            said.url,
            said.email,
            said.phone,
            said.assured_on.isoformat() if said.assured_on else "",
            said.assured_by,
        ]
