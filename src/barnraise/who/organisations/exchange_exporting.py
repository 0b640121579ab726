"""All gives and seeks as rows of a sheet, or whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import exchanges
from .models import Exchange
from .season import season_of
from .selectors import communities_concerned, document_of, exchanges_listed

COLUMNS = (
    "uuid",
    "Organisation",
    "Organisation uuid",
    "Direction",
    "Kind",
    "What",
    "Amount",
    "Condition",
    "Months",
    "Season from",
    "Season until",
    "Valid from",
    "Valid until",
    "Status",
    "Sectors",
    "Communities",
)
_BATCH = 500


def _rows() -> Iterator[tuple[Exchange, exchanges.ExchangeDocument, list[str]]]:
    last = 0
    while True:
        rows = list(exchanges_listed().filter(pk__gt=last).order_by("pk")[:_BATCH])
        if not rows:
            return
        concerned = communities_concerned([row.pk for row in rows])
        for row in rows:
            places = concerned.get(row.pk, [])
            yield row, document_of(row, [place.pk for place in places]), [place.name for place in places]
        last = rows[-1].pk


def number() -> int:
    """How many there are."""
    return Exchange.objects.count()


def whole() -> Iterator[dict[str, Any]]:
    """Each with everything it says, in the order they were noted; communities by name."""
    for row, said, places in _rows():
        yield {
            "uuid": str(row.uuid),
            "organisation": str(row.organisation.uuid),
            "organisation_name": row.organisation.name,
            **exchanges.to_json(said),
            "months": sorted(season_of(said.months).months),
            "communities": places,
        }


def flat() -> Iterator[list[Any]]:
    """One row each, as COLUMNS says; several values in one cell are separated by "; "."""
    for row, said, places in _rows():
        yield [
            str(row.uuid),
            row.organisation.name,
            str(row.organisation.uuid),
            said.direction,
            said.kind,
            said.what,
            exchanges.plain_amount(said),
            said.condition,
            "; ".join(str(month) for month in sorted(season_of(said.months).months)),
            said.season_from,
            said.season_until,
            said.valid_from.isoformat() if said.valid_from else "",
            said.valid_until.isoformat() if said.valid_until else "",
            said.status,
            "; ".join(f"{scheme} {code}" for scheme, code in said.sectors),
            "; ".join(places),
        ]
