"""All organisations as rows of a sheet, or whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision

from . import documents as shapes
from . import hours
from .documents import OrganisationDocument, Place
from .models import Organisation, Serves
from .selectors import documents

COLUMNS = (
    "uuid",
    "Name",
    "Legal name",
    "Other names",
    "Kind",
    "Mission",
    "Status",
    "Closed on",
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
    "Size",
    "Yearly income",
    "Currency",
    "Year of the income",
    "People it can serve",
    "How often",
    "Opening hours",
    "More about the hours",
    "Services",
    "Branch of",
    "Communities served",
    "Tags",
    "Source",
    "Source says since",
    "Further addresses",
    "Social networks",
    "Facts",
)
"""Branch of: the uuid of the organisation it is a branch of. Facts: code=text as the register gives it."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Told:
    """What an exported row says beside its document, in words and public ids instead of keys."""

    uuid: str
    parent: str
    communities: list[tuple[str, str]]
    source: str
    source_at: datetime


def _batches() -> Iterator[list[tuple[_Told, OrganisationDocument]]]:
    last = 0
    while True:
        rows = Organisation.objects.filter(pk__gt=last).select_related("source", "parent").order_by("pk")
        found = list(
            rows.values_list("pk", "uuid", "parent__uuid", "source__name", "source_at", named=True)[:_BATCH]
        )
        if not found:
            return
        keys = [row.pk for row in found]
        there, served = documents(keys), _served(keys)
        yield [
            (
                _Told(
                    str(row.uuid),
                    str(row.parent__uuid or ""),
                    served.get(row.pk, []),
                    row.source__name,
                    row.source_at,
                ),
                there[row.pk],
            )
            for row in found
            if row.pk in there
        ]
        last = keys[-1]


def _served(keys: list[int]) -> dict[int, list[tuple[str, str]]]:
    """By key the communities served as (uuid, name), by name."""
    found: dict[int, list[tuple[str, str]]] = {}
    links = Serves.objects.filter(organisation_id__in=keys).order_by("community__name_folded")
    for key, uuid, name in links.values_list("organisation_id", "community__uuid", "community__name"):
        found.setdefault(key, []).append((str(uuid), name))
    return found


def number() -> int:
    """How many there are."""
    return Organisation.objects.count()


def whole() -> Iterator[dict[str, Any]]:
    """Each organisation with everything its document says, in the order they were added; parent and communities by uuid."""
    for batch in _batches():
        for told, document in batch:
            yield {
                "uuid": told.uuid,
                **shapes.to_json(document),
                "parent": told.parent or None,
                "communities": [uuid for uuid, _name in told.communities],
                "source": told.source,
                "source_at": told.source_at.isoformat(),
            }


def flat() -> Iterator[list[Any]]:
    """One row each, as COLUMNS says; several values in one cell are separated by "; "."""
    for batch in _batches():
        for told, document in batch:
            yield _row(told, document)


def _row(told: _Told, one: OrganisationDocument) -> list[Any]:
    at = shapes.shown_place(one)
    places = get_currency_precision(one.income_currency) if one.income_currency else 2
    income = "" if one.income_amount is None else format(Decimal(one.income_amount).scaleb(-places), "f")
    return [
        told.uuid,
        one.name,
        _joined(part.name for part in one.names if part.kind == "legal"),
        _joined(part.name for part in one.names if part.kind != "legal"),
        one.kind,
        one.mission,
        one.status,
        one.closed_on.isoformat() if one.closed_on else "",
        *(_joined(c.value for c in one.contacts if c.kind == kind) for kind in ("email", "phone", "website")),
        at.lines,
        at.city,
        at.region,
        at.postcode,
        at.country,
        _number(at.lat),
        _number(at.lon),
        _joined(part.value for part in one.identifiers if part.scheme == "EIN"),
        _joined(f"{part.scheme} {part.value}" for part in one.identifiers),
        _joined(f"{part.scheme} {part.code}" for part in one.sectors),
        _number(one.founded_year),
        _number(one.employees),
        one.employees_band,
        income,
        one.income_currency,
        _number(one.income_year),
        _number(one.capacity),
        one.capacity_per,
        hours.plain(one.hours),
        one.hours_note,
        _joined(part.name for part in one.services),
        told.parent,
        _joined(name for _uuid, name in told.communities),
        _joined(one.tags),
        told.source,
        told.source_at.isoformat(),
        _joined(_line(place) for place in one.addresses if place != at),
        _joined(c.value for c in one.contacts if c.kind == "social"),
        _joined(f"{code}={text}" for code, text in one.facts),
    ]


def _number(value: float | None) -> Any:
    """Unknown is blank, never zero."""
    return "" if value is None else value


def _line(place: Place) -> str:
    parts = (*place.lines.splitlines(), place.city, place.region, place.postcode, place.country)
    return ", ".join(part for part in parts if part)


def _joined(values: Any) -> str:
    return "; ".join(values)
