"""The tables that hang on an organisation's row: its names, identifiers, sectors, addresses, contacts, services, communities."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import uuid4

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.services import insert_values

from ..documents import Offered, OrganisationDocument
from ..models import Address, ContactPoint, Identifier, OtherName, Sector, Serves, Service

_OWNER = "organisation_id"
_SAID = tuple(name for name in Offered.__slots__ if name != "ref")
PARTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "names": (OtherName, (_OWNER, "kind", "name", "name_folded", "position")),
    "identifiers": (Identifier, (_OWNER, "scheme", "value")),
    "sectors": (Sector, (_OWNER, "scheme", "code")),
    "addresses": (
        Address,
        (
            _OWNER,
            "position",
            "kind",
            "lines",
            "city",
            "region",
            "postcode",
            "country",
            "lat",
            "lon",
            "source",
        ),
    ),
    "contacts": (ContactPoint, (_OWNER, "kind", "value", "label", "position")),
    "services": (Service, (_OWNER, "ref", "uuid", *_SAID, "name_folded", "position")),
    "communities": (Serves, (_OWNER, "community_id")),
}
"""Field of a document -> the table of its parts and the columns of `_rows`."""


def _rows(name: str, key: int, document: OrganisationDocument) -> list[tuple[Any, ...]]:
    """The rows of one kind of part, in the order of PARTS."""
    if name == "names":
        return [(key, p.kind, p.name, fold(p.name)[:300], n) for n, p in enumerate(document.names)]
    if name == "identifiers":
        return [(key, p.scheme, p.value) for p in document.identifiers]
    if name == "sectors":
        return [(key, p.scheme, p.code) for p in document.sectors]
    if name == "addresses":
        return [
            (key, n, p.kind, p.lines, p.city, p.region, p.postcode, p.country, p.lat, p.lon, p.source)
            for n, p in enumerate(document.addresses)
        ]
    if name == "contacts":
        return [(key, p.kind, p.value, p.label, n) for n, p in enumerate(document.contacts)]
    if name == "services":
        return [_service(key, one, n) for n, one in enumerate(document.services)]
    return [(key, community) for community in document.communities]


def _service(key: int, one: Offered, position: int) -> tuple[Any, ...]:
    said = (getattr(one, name) for name in _SAID)
    return (
        key,
        one.ref,
        uuid4(),
        *(
            [list(part) if isinstance(part, tuple) else part for part in value]
            if isinstance(value, tuple)
            else value
            for value in said
        ),
        fold(one.name)[:300],
        position,
    )


def write_parts(
    created: Mapping[int, OrganisationDocument],
    changed: Mapping[int, tuple[OrganisationDocument, Collection[str]]],
) -> None:
    """Write the parts of new organisations, and of changed ones those parts that changed (key -> document, fields)."""
    for name, (model, columns) in PARTS.items():
        again = {key: after for key, (after, fields) in changed.items() if name in fields}
        rows = [row for key, one in created.items() if getattr(one, name) for row in _rows(name, key, one)]
        if again and name == "services":
            _keep_services(again)
        elif again:
            model.objects.filter(organisation_id__in=list(again)).delete()
            rows += [row for key, one in again.items() for row in _rows(name, key, one)]
        insert_values(model, columns, rows)


def _keep_services(again: Mapping[int, OrganisationDocument]) -> None:
    """Services keep their row as long as their `ref` stays, so that addresses of their pages do."""
    there = Service.objects.filter(organisation_id__in=list(again)).values_list("pk", _OWNER, "ref")
    refs = {key: {part.ref for part in one.services} for key, one in again.items()}
    gone = [pk for pk, key, ref in there if ref not in refs[key]]
    Service.objects.filter(pk__in=gone).delete()
    columns = PARTS["services"][1]
    rows = [
        Service(**dict(zip(columns, row, strict=True)))
        for key, one in again.items()
        for row in _rows("services", key, one)
    ]
    Service.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organisation", "ref"],
        update_fields=[name for name in columns if name not in {_OWNER, "ref", "uuid"}],
        batch_size=500,
    )
