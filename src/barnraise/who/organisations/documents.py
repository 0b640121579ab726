"""An organisation as one plain value: what imports give, what snapshots keep, what is compared. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from .hours import Span, spans

Json = Any


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """Another name; `kind` is legal, trading, former, short or sort."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class Id:
    """An identifier, normalised by `identifiers.normalise`."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True, order=True)
class SectorCode:
    """A code of a scheme in `sectors.py`."""

    scheme: str
    code: str


@dataclass(frozen=True, slots=True)
class Place:
    """An address; `kind` is physical or postal, `country` two capital letters or empty, coordinates both or none."""

    kind: str = "physical"
    lines: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact point; `kind` is phone, email, website or social, `value` normalised by `contacts.normalise`."""

    kind: str
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A service offered, as `models.Service` keeps it. `ref` tells it from the organisation's others for good."""

    ref: str
    name: str
    description: str = ""
    status: str = "active"
    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    application: str = ""
    fees: str = ""
    is_free: bool | None = None
    areas: tuple[str, ...] = ()
    hours: tuple[Span, ...] = ()
    hours_note: str = ""
    languages: tuple[str, ...] = ()
    interpretation: str = ""
    accessibility: str = ""
    url: str = ""
    email: str = ""
    phone: str = ""
    assured_on: date | None = None
    assured_by: str = ""

    @classmethod
    def of(cls, **given: Any) -> Offered:
        """From JSON or a row's values: lists become tuples, a day as text becomes a day."""
        for name in ("areas", "languages"):
            if name in given:
                given[name] = tuple(given[name] or ())
        if "hours" in given:
            given["hours"] = spans(given["hours"] or ())
        if isinstance(given.get("assured_on"), str):
            given["assured_on"] = date.fromisoformat(given["assured_on"]) if given["assured_on"] else None
        return cls(**given)


@dataclass(frozen=True, slots=True)
class OrganisationDocument:
    """Everything one organisation's record says. Equal documents mean that nothing has to be written.

    `key` is the organisation it is about, None for a new one. `parent` and `communities` are keys. Amounts are minor
    units of `income_currency`. `facts` are (code, text) pairs of a register beyond the fields here, sorted by code.
    `hours` are sorted. Order matters for `names`, `addresses`, `contacts` and `services` (the first is shown first); the others are sorted sets.
    """

    name: str
    kind: str = "other"
    mission: str = ""
    status: str = "active"
    closed_on: date | None = None
    founded_year: int | None = None
    employees: int | None = None
    employees_band: str = ""
    income_amount: int | None = None
    income_currency: str = ""
    income_year: int | None = None
    capacity: int | None = None
    capacity_per: str = ""
    hours: tuple[Span, ...] = ()
    hours_note: str = ""
    parent: int | None = None
    facts: tuple[tuple[str, str], ...] = ()
    names: tuple[Name, ...] = ()
    identifiers: tuple[Id, ...] = ()
    sectors: tuple[SectorCode, ...] = ()
    addresses: tuple[Place, ...] = ()
    contacts: tuple[Contact, ...] = ()
    services: tuple[Offered, ...] = ()
    communities: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    key: int | None = None


PARTS: dict[str, type[Any]] = {
    "names": Name,
    "identifiers": Id,
    "sectors": SectorCode,
    "addresses": Place,
    "contacts": Contact,
    "services": Offered,
}
"""Fields that hold values of their own shape."""

SETS = ("facts", "identifiers", "sectors", "communities", "tags")
"""Fields in which order says nothing."""

FIELDS = tuple(field.name for field in fields(OrganisationDocument) if field.name != "key")
COLUMNS = FIELDS[: FIELDS.index("names")]
"""Fields that are columns of the organisation's own row (`parent` as `parent_id`, `facts` as a mapping)."""


def tidy(document: OrganisationDocument) -> OrganisationDocument:
    """The same document with its sets sorted and doubles gone, so that equal content is equal."""
    changed: dict[str, Any] = {}
    for name in (*SETS, "names", "addresses", "contacts", "services"):
        value = getattr(document, name)
        if len(value) < 2 and isinstance(value, tuple):
            continue
        once = tuple(dict.fromkeys(value))
        once = tuple(sorted(once)) if name in SETS else once
        if name == "contacts":
            once = tuple({(c.kind, c.value): c for c in reversed(once)}.values())[::-1]
        if name == "services":
            once = tuple({one.ref: one for one in reversed(once)}.values())[::-1]
        if once != value:
            changed[name] = once
    return replace(document, **changed) if changed else document


def differing(before: OrganisationDocument, after: OrganisationDocument) -> list[str]:
    """The fields (never `key`) in which two tidy documents differ."""
    return [name for name in FIELDS if getattr(before, name) != getattr(after, name)]


def changes_between(
    before: OrganisationDocument, after: OrganisationDocument
) -> dict[str, tuple[Json, Json]]:
    """By field that differs: (before, after) as JSON values. Empty when nothing has to be written."""
    return {
        name: (field_json(name, getattr(before, name)), field_json(name, getattr(after, name)))
        for name in differing(before, after)
    }


def field_json(name: str, value: Any) -> Json:
    """One field's value as JSON has it."""
    if name in PARTS:
        return [part_json(part) for part in value]
    if name == "facts":
        return dict(value)
    if name == "hours":
        return [list(span) for span in value]
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def part_json(part: Any) -> dict[str, Any]:
    """A name, identifier, sector, address, contact or service as a mapping."""
    return {name: _plain(getattr(part, name)) for name in part.__slots__}


def _plain(value: Any) -> Json:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def field_value(name: str, value: Json) -> Any:
    """What `field_json` was made of."""
    if name == "services":
        return tuple(Offered.of(**part) for part in value)
    if name in PARTS:
        return tuple(PARTS[name](**part) for part in value)
    if name == "hours":
        return spans(value)
    if name == "facts":
        return tuple(sorted(value.items()))
    if name in SETS:
        return tuple(value)
    if name == "closed_on":
        return date.fromisoformat(value) if value else None
    return value


def to_json(document: OrganisationDocument) -> dict[str, Json]:
    """The whole document as JSON, without its key."""
    return {name: field_json(name, getattr(document, name)) for name in FIELDS}


def from_json(stored: Mapping[str, Json], *, key: int | None = None) -> OrganisationDocument:
    """The document that `to_json` wrote. Fields unknown to it are left out, fields missing get their default."""
    return OrganisationDocument(
        key=key, **{name: field_value(name, stored[name]) for name in FIELDS if name in stored}
    )


def with_fields(document: OrganisationDocument, stored: Mapping[str, Json]) -> OrganisationDocument:
    """The document with the fields of a partial `to_json` put in."""
    return replace(document, **{name: field_value(name, stored[name]) for name in FIELDS if name in stored})


def absorb(
    before: OrganisationDocument, given: OrganisationDocument, *, told: Iterable[str]
) -> OrganisationDocument:
    """What a record says after a source told the fields `told` again.

    Single values are replaced. Identifiers, names, contacts, communities and tags are added to those there; facts are
    replaced code by code, sectors scheme by scheme, addresses source by source: what others said stays.
    """
    changed: dict[str, Any] = {}
    for name in told:
        old, new = getattr(before, name), getattr(given, name)
        if name == "facts":
            changed[name] = tuple(sorted({**dict(old), **dict(new)}.items()))
        elif name == "sectors":
            schemes = {part.scheme for part in new}
            changed[name] = tuple(part for part in old if part.scheme not in schemes) + new
        elif name == "addresses":
            sources = {part.source for part in new}
            changed[name] = new + tuple(part for part in old if part.source not in sources)
        elif name == "contacts":
            there = {(part.kind, part.value) for part in old}
            changed[name] = old + tuple(part for part in new if (part.kind, part.value) not in there)
        elif isinstance(old, tuple):
            changed[name] = old + tuple(part for part in new if part not in old)
        else:
            changed[name] = new
    return tidy(replace(before, **changed))


def shown_place(document: OrganisationDocument) -> Place:
    """The address it is shown at: a physical one before a postal one, one with coordinates before one without."""
    ordered = sorted(document.addresses, key=lambda at: (at.kind != "physical", at.lat is None))
    return ordered[0] if ordered else Place()
