"""Organisations and their services of a Human Services Data Specification file (HSDS 3.0, 3.1).

JSON may be one organisation, a list, a page of them, lists named like the tables, or services with their organisation
inside. Tables of a data package are found by the name the package gives, else by their file name.
"""

from __future__ import annotations

import json
import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation import contacts
from barnraise.foundation.geo import is_coordinate
from barnraise.foundation.tabular import Table, rows
from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.imports.sockets import Bad, Format, Record, Source

from .. import identifiers
from .hsds_services import services

ORGANISATION = frozenset(
    {
        "alternate_name",
        "legal_status",
        "tax_status",
        "year_incorporated",
        "parent_organization_id",
        "organization_identifiers",
        "email",
        "website",
        "logo",
        "uri",
    }
)
NOT_ORGANISATION = frozenset(
    {"organization_id", "organization", "service", "location", "status", "location_type"}
)
SERVICE = frozenset(
    {
        "status",
        "eligibility_description",
        "fees_description",
        "fees",
        "interpretation_services",
        "application_process",
        "assured_date",
        "assurer_email",
        "service_at_locations",
    }
)
_TABLES: dict[str, tuple[tuple[str, str], ...]] = {
    "locations": (("locations", "organization_id"),),
    "addresses": (("addresses", "location_id"),),
    "phones": (("phones", "organization_id"), ("service_phones", "service_id")),
    "organization_identifiers": (("organization_identifiers", "organization_id"),),
    "urls": (("urls", "organization_id"),),
    "services": (("services", "organization_id"),),
    "schedules": (("schedules", "service_id"),),
    "languages": (("languages", "service_id"),),
    "service_areas": (("service_areas", "service_id"),),
    "service_at_location": (("service_at_location", "service_id"),),
    "service_at_locations": (("service_at_location", "service_id"),),
    "accessibility": (("accessibility", "location_id"),),
    "accessibility_for_disabilities": (("accessibility", "location_id"),),
    "cost_options": (("cost_options", "service_id"),),
    "required_documents": (("required_documents", "service_id"),),
}
"""Table -> the parts that come of it, each with the column that says whose they are."""
_ONE_OF = {"address": "addresses", "service_area": "service_areas"}
FACTS = ("tax_status", "tax_id", "legal_status", "uri", "logo", "parent_organization_id")
NO_NAME = gettext_noop("The name is missing.")
NO_OWNER = gettext_noop("The organisation that offers the service is missing.")
_EIN = re.compile(r"^\d{2}-\d{7}$")
_KINDS = (
    (
        re.compile(r"\b(government|council|municipal|public body|federal|county|state agency)\b"),
        "public_body",
    ),
    (re.compile(r"\b(school|university|college)\b"), "school"),
    (re.compile(r"\b(church|faith|religious|congregation)\b"), "faith"),
    (re.compile(r"\b(non-?profit|not-for-profit|charity|charitable|501\s?\(?c\)?)"), "nonprofit"),
)

Row = dict[str, Any]
Parts = dict[str, dict[str, list[Row]]]


def _stem(table: Table) -> str:
    """What the table is called, in the plural where the specification has it so: data packages name one, files many."""
    name = PurePosixPath(table.resource or table.choice.entry or table.name).name.lower()
    name = name.removesuffix(".csv").removesuffix(".json").removesuffix(".txt")
    plural = _ONE_OF.get(name, f"{name}s")
    return plural if plural in {*_TABLES, "organizations"} and name not in _TABLES else name


def _is_organisations(table: Table) -> bool:
    names = {name.strip().lower() for name in table.names}
    if not {"id", "name"} <= names or names & NOT_ORGANISATION:
        return False
    wanted = 2 if _stem(table) == "organizations" else 3
    return len(names & ORGANISATION) >= wanted


def _is_services(table: Table) -> bool:
    """Services, each with the organisation that offers it inside: what a directory's address for services answers."""
    names = {name.strip().lower() for name in table.names}
    return {"id", "name", "organization"} <= names and len(names & SERVICE) >= 2


def recognises(sources: Sequence[Source]) -> float:
    """0.9 when a table has the columns of organisations in HSDS, or of services that name their organisation."""
    tables = [table for source in sources for table in source.recognition.tables]
    return 0.9 if any(_is_organisations(table) or _is_services(table) for table in tables) else 0.0


def read(sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """One record per organisation, with the services it offers."""
    parts = _parts(sources)
    yield from islice(_records(sources, parts), start_after, None)


def _records(sources: Sequence[Source], parts: Parts) -> Iterator[Record | Bad]:
    tables = [(source, table) for source in sources for table in source.recognition.tables]
    has_organisations = False
    for source, table in tables:
        if _is_organisations(table):
            has_organisations = True
            for number, row in _rows(source, table):
                yield record(number, row, parts, table.name)
    if not has_organisations:
        for source, table in tables:
            if _is_services(table):
                yield from _by_organisation(source, table, parts)


def _by_organisation(source: Source, table: Table, parts: Parts) -> Iterator[Record | Bad]:
    """Of services with their organisation inside: each organisation once, where its first service stands."""
    owners: dict[str, tuple[int, Row]] = {}
    for number, row in _rows(source, table):
        owner = row.get("organization")
        if not isinstance(owner, dict):
            yield Bad(number, "organization", "", NO_OWNER, {}, table.name)
            continue
        key = str(owner.get("id") or owner.get("name") or "")
        _first, kept = owners.setdefault(key, (number, {**owner, "services": []}))
        kept["services"].append({name: value for name, value in row.items() if name != "organization"})
    for number, row in owners.values():
        yield record(number, row, parts, table.name)


def _rows(source: Source, table: Table) -> Iterator[tuple[int, Row]]:
    names = [name.strip().lower() for name in table.names]
    is_json = table.choice.kind == "json"
    for number, values in rows(source.path, table.choice):
        row: Row = dict(zip(names, map(str.strip, values), strict=False))
        if is_json:
            row = {name: _nested(text) for name, text in row.items()}
        yield number, row


def _nested(text: str) -> Any:
    """A list or an object that the reader wrote into a cell."""
    if text[:1] in "[{" and text:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _parts(sources: Sequence[Source]) -> Parts:
    """Rows of the other tables by the organisation, location or service they belong to."""
    found: Parts = {part: defaultdict(list) for parts in _TABLES.values() for part, _owner in parts}
    for source in sources:
        for table in source.recognition.tables:
            parts = _TABLES.get(_stem(table), ())
            if not parts or _is_services(table):
                continue
            for _number, row in _rows(source, table):
                for part, owner in parts:
                    if row.get(owner):
                        found[part][str(row[owner])].append(row)
    return found


def record(number: int, row: Row, parts: Parts, table: str = "") -> Record | Bad:
    """The record of one organisation, or what is wrong with it."""
    name = squeeze(str(row.get("name", "")))
    if not name:
        return Bad(number, "name", "", NO_NAME, {}, table)
    own = str(row.get("id", ""))
    facts = {field: str(row[field])[:2000] for field in FACTS if row.get(field)}
    found = _identifiers(own, row, parts, facts)
    addresses = _addresses(_of(row, parts, "locations", own), parts)
    country = next((at["country"] for at in addresses if at["country"]), "")
    year = str(row.get("year_incorporated", ""))
    document: dict[str, Any] = {
        "name": name[:300],
        "mission": str(row.get("description", ""))[:20_000],
        "founded_year": int(year) if re.fullmatch(r"[12]\d{3}", year) else None,
        "names": _names(row, name),
        "identifiers": found,
        "addresses": addresses,
        "contacts": _contacts(
            row, _of(row, parts, "phones", own), _of(row, parts, "urls", own), country, facts
        ),
    }
    offered = services(_of(row, parts, "services", own), parts, own or fold(name), country, facts)
    if offered or _is_told(row, parts, "services"):
        document["services"] = offered
    words = f"{row.get('legal_status', '')} {row.get('tax_status', '')}".lower()
    kind = next((kind for shape, kind in _KINDS if shape.search(words)), "")
    return Record(number, {**document, "facts": facts, **({"kind": kind} if kind else {})}, table)


def _is_told(row: Row, parts: Parts, name: str) -> bool:
    return isinstance(row.get(name), list) or bool(parts[name])


def _of(row: Row, parts: Parts, name: str, own: str) -> list[Row]:
    """What is nested in the organisation, or else stands in a table of its own."""
    nested = row.get(name)
    if isinstance(nested, list):
        return [one for one in nested if isinstance(one, dict)]
    return parts[name].get(own, [])


def _names(row: Row, name: str) -> list[dict[str, str]]:
    other = squeeze(str(row.get("alternate_name", "")))[:300]
    return [{"kind": "trading", "name": other}] if other and other != name else []


def _identifiers(own: str, row: Row, parts: Parts, facts: dict[str, str]) -> list[dict[str, str]]:
    """Its id when it is a UUID (others may stand for another in the next directory), and the identifiers given."""
    given: list[tuple[str, str]] = []
    try:
        given.append(("HSDS", str(uuid.UUID(own))))
    except ValueError:
        if own:
            facts["id"] = own[:2000]
    if _EIN.match(facts.get("tax_id", "")):
        given.append(("EIN", facts.pop("tax_id")))
    for one in _of(row, parts, "organization_identifiers", own):
        given.append((str(one.get("identifier_scheme") or ""), str(one.get("identifier") or "")))
    found = set()
    for scheme, value in given:
        try:
            found.add(identifiers.normalise(scheme, value))
        except identifiers.IdentifierError:
            if value:
                facts[f"identifier {scheme}".strip()[:60]] = value[:2000]
    return [{"scheme": scheme, "value": value} for scheme, value in sorted(found)]


def _addresses(locations: Sequence[Row], parts: Parts) -> list[dict[str, Any]]:
    found = []
    for location in locations:
        lat, lon = _degrees(location.get("latitude")), _degrees(location.get("longitude"))
        if lat is None or lon is None or not is_coordinate(lat, lon):
            lat = lon = None
        nested = location.get("addresses")
        own = str(location.get("id", ""))
        given = nested if isinstance(nested, list) else parts["addresses"].get(own, [])
        found += [_address(one, own, lat, lon) for one in given]
    return found[:200]


def _address(one: Row, location: str, lat: float | None, lon: float | None) -> dict[str, Any]:
    country = str(one.get("country") or "").strip().upper()
    return {
        "kind": "postal" if one.get("address_type") == "postal" else "physical",
        "lines": ", ".join(squeeze(str(one[n])) for n in ("address_1", "address_2") if one.get(n))[:400],
        "city": squeeze(str(one.get("city") or ""))[:120],
        "region": squeeze(str(one.get("state_province") or one.get("region") or ""))[:80],
        "postcode": squeeze(str(one.get("postal_code") or ""))[:20],
        "country": country if re.fullmatch(r"[A-Z]{2}", country) else "",
        "lat": lat,
        "lon": lon,
        "source": f"hsds:{one.get('id') or location}"[:60],
    }


def _degrees(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _contacts(
    row: Row, phones: Sequence[Row], urls: Sequence[Row], country: str, facts: dict[str, str]
) -> list[dict[str, str]]:
    given = [("email", row.get("email")), ("website", row.get("website"))]
    given += [("website", one.get("url")) for one in urls]
    given += [("phone", one.get("number")) for one in phones]
    found: dict[tuple[str, str], None] = {}
    for kind, value in given:
        text = str(value or "").strip().strip('"').strip()
        if text:
            try:
                found[kind, contacts.normalise(kind, text, country=country)] = None
            except contacts.ContactError:
                facts[f"{kind} as given"] = text[:2000]
    return [{"kind": kind, "value": value, "label": ""} for kind, value in found]


HSDS = Format(
    title=_("Directory of services (HSDS 3)"),
    noun="organisations",
    source="Service directory (HSDS)",
    recognises=recognises,
    read=read,
    about=_(
        "JSON or the tables of a data package in HSDS 3.0 or 3.1; organisations with their addresses, contact points and services."
    ),
)
