"""Organisations of a Human Services Data Specification file (HSDS 3.0, 3.1): JSON, or tables of a data package.

JSON may be one organisation, a list, a page of them, or lists named like the tables. Tables are found by the name
their data package gives, else by their file name.
"""

from __future__ import annotations

import json
import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from barnraise.foundation import contacts
from barnraise.foundation.geo import is_coordinate
from barnraise.foundation.tabular import Table, rows
from barnraise.foundation.text import squeeze
from barnraise.plumbing.imports.sockets import Bad, Format, Record, Source

from .. import identifiers

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
PARTS = ("locations", "addresses", "phones", "organization_identifiers", "urls")
FACTS = ("tax_status", "tax_id", "legal_status", "uri", "logo", "parent_organization_id")
NO_NAME = gettext_noop("The name is missing.")
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
    name = table.resource or table.choice.entry or table.name
    return PurePosixPath(name).name.lower().removesuffix(".csv").removesuffix(".json").removesuffix(".txt")


def _is_organisations(table: Table) -> bool:
    names = {name.strip().lower() for name in table.names}
    if not {"id", "name"} <= names or names & NOT_ORGANISATION:
        return False
    wanted = 2 if _stem(table) in {"organizations", "organization"} else 3
    return len(names & ORGANISATION) >= wanted


def recognises(sources: Sequence[Source]) -> float:
    """0.9 when a table has the columns of organisations in HSDS."""
    tables = [table for source in sources for table in source.recognition.tables]
    return 0.9 if any(map(_is_organisations, tables)) else 0.0


def read(sources: Sequence[Source], *, start_after: int = 0) -> Iterator[Record | Bad]:
    """One record per organisation."""
    left_out = start_after
    parts = _parts(sources)
    for source in sources:
        for table in source.recognition.tables:
            if not _is_organisations(table):
                continue
            for number, row in _rows(source, table):
                if left_out:
                    left_out -= 1
                    continue
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
    """Rows of the other tables by the organisation or, addresses and phones, the location they belong to."""
    found: Parts = {part: defaultdict(list) for part in PARTS}
    for source in sources:
        for table in source.recognition.tables:
            part = _stem(table)
            if part in found:
                for _number, row in _rows(source, table):
                    owner = row.get("location_id") if part == "addresses" else row.get("organization_id")
                    if owner:
                        found[part][str(owner)].append(row)
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
        "JSON or the tables of a data package in HSDS 3.0 or 3.1; organisations with their addresses and contact points."
    ),
)
