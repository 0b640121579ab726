"""All organisations as rows of a sheet, or whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision

from . import documents as shapes
from .documents import OrganisationDocument
from .models import Organisation
from .selectors import documents

COLUMNS = (
    "uuid",
    "Name",
    "Legal name",
    "Other names",
    "Kind",
    "Mission",
    "Status",
    "E-mail",
    "Phone",
    "Website",
    "Street",
    "City",
    "State or region",
    "Postcode",
    "Country",
    "Latitude",
    "Longitude",
    "EIN",
    "Identifiers",
    "Sectors",
    "Founded in",
    "People employed",
    "Yearly income",
    "Currency",
    "Tags",
)
_BATCH = 500


def _batches() -> Iterator[list[tuple[str, OrganisationDocument]]]:
    last = 0
    while True:
        found = list(
            Organisation.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "uuid")[:_BATCH]
        )
        if not found:
            return
        there = documents([key for key, _uuid in found])
        yield [(str(uuid), there[key]) for key, uuid in found if key in there]
        last = found[-1][0]


def whole() -> Iterator[dict[str, Any]]:
    """Each organisation with everything its document says, in the order they were added."""
    for batch in _batches():
        for uuid, document in batch:
            yield {"uuid": uuid, **shapes.to_json(document)}


def flat() -> Iterator[list[Any]]:
    """One row each, as COLUMNS says; several values in one cell are separated by "; "."""
    for batch in _batches():
        for uuid, document in batch:
            yield _row(uuid, document)


def _row(uuid: str, one: OrganisationDocument) -> list[Any]:
    at = shapes.shown_place(one)
    contacts = {
        kind: _joined(c.value for c in one.contacts if c.kind == kind)
        for kind in ("email", "phone", "website")
    }
    places = get_currency_precision(one.income_currency) if one.income_currency else 2
    income = "" if one.income_amount is None else format(Decimal(one.income_amount).scaleb(-places), "f")
    return [
        uuid,
        one.name,
        _joined(part.name for part in one.names if part.kind == "legal"),
        _joined(part.name for part in one.names if part.kind != "legal"),
        one.kind,
        one.mission,
        one.status,
        contacts["email"],
        contacts["phone"],
        contacts["website"],
        at.lines,
        at.city,
        at.region,
        at.postcode,
        at.country,
        "" if at.lat is None else at.lat,
        "" if at.lon is None else at.lon,
        _joined(part.value for part in one.identifiers if part.scheme == "EIN"),
        _joined(f"{part.scheme} {part.value}" for part in one.identifiers),
        _joined(f"{part.scheme} {part.code}" for part in one.sectors),
        "" if one.founded_year is None else one.founded_year,
        "" if one.employees is None else one.employees,
        income,
        one.income_currency,
        _joined(one.tags),
    ]


def _joined(values: Any) -> str:
    return "; ".join(values)
