"""All people as rows of a sheet, or whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from barnraise.who.organisations import selectors as organisations

from . import documents as shapes
from .documents import PersonDocument
from .models import Person
from .selectors import documents

COLUMNS = (
    "uuid",
    "Name",
    "Given name",
    "Family name",
    "Pronouns",
    "Kind",
    "Status",
    "Preferred language",
    "E-mail",
    "Phone",
    "Street",
    "City",
    "State or region",
    "Postcode",
    "Country",
    "Roles",
    "Leads",
    "Identifiers",
    "About",
    "Custom fields",
    "Tags",
)
_BATCH = 500


def _batches() -> Iterator[tuple[list[tuple[str, PersonDocument]], Mapping[int, str]]]:
    last = 0
    while True:
        found = list(Person.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "uuid")[:_BATCH])
        if not found:
            return
        there = documents([key for key, _uuid in found])
        employers = {post.organisation for one in there.values() for post in one.roles}
        named = organisations.titles(sorted(employers))
        yield [(str(uuid), there[key]) for key, uuid in found if key in there], named
        last = found[-1][0]


def number() -> int:
    """How many there are."""
    return Person.objects.count()


def whole() -> Iterator[dict[str, Any]]:
    """Each person with everything the document says, in the order they were added; roles name their organisation."""
    for batch, named in _batches():
        for uuid, document in batch:
            said = shapes.to_json(document)
            for role in said["roles"]:
                role["organisation_name"] = named.get(role["organisation"], "")
            yield {"uuid": uuid, **said}


def flat() -> Iterator[list[Any]]:
    """One row each, as COLUMNS says; several values in one cell are separated by "; "."""
    for batch, named in _batches():
        for uuid, document in batch:
            yield _row(uuid, document, named)


def _row(uuid: str, one: PersonDocument, named: Mapping[int, str]) -> list[Any]:
    at = shapes.shown_place(one)
    return [
        uuid,
        one.display_name,
        one.given_name,
        one.family_name,
        one.pronouns,
        one.kind,
        one.status,
        one.language,
        _joined(c.value for c in one.contacts if c.kind == "email"),
        _joined(c.value for c in one.contacts if c.kind == "phone"),
        at.lines,
        at.city,
        at.region,
        at.postcode,
        at.country,
        _joined(f"{p.title}, {named.get(p.organisation, '')}".removeprefix(", ") for p in one.roles),
        _joined(s.constituency or s.kind for s in one.leaderships),
        _joined(f"{p.scheme} {p.value}" for p in one.identifiers),
        one.about,
        _joined(f"{key}={value}" for key, value in one.custom),
        _joined(one.tags),
    ]


def _joined(values: Any) -> str:
    return "; ".join(values)
