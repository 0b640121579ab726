"""From the mapped cells of a row to an organisation's document, or to what is wrong with one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from babel.numbers import get_currency_precision
from django.utils import translation
from django.utils.translation import gettext_noop as _

from barnraise.foundation import contacts
from barnraise.foundation.geo import is_coordinate
from barnraise.foundation.text import squeeze
from barnraise.plumbing.imports.sockets import Document, FieldRefused
from barnraise.plumbing.profile.selectors import currencies, home_country, installation
from barnraise.who.communities.selectors import Gazetteer

from . import identifiers, sectors, sizes

TOO_LONG = _("It has more than %(most)s characters.")
NOT_STORABLE = _("It contains a character that cannot be stored.")
WANTS = _("%(scheme)s wants %(rule)s.")
NOT_A_COUNTRY = _("Write the country as two letters, for example US.")
NOT_ON_EARTH = _("This is not a place on earth.")
ONLY_ONE = _("Give both latitude and longitude, or none of them.")
NOT_A_YEAR = _("Write a year of four digits.")
NOT_PEOPLE = _("Write a whole number of people, 0 or more.")
NOT_A_CURRENCY = _("Write the currency as three letters, for example USD.")
NO_SCHEME = _("Write the scheme before the number, for example EIN 012345678.")
TOO_LARGE = _("The amount is too large.")
NOT_A_SIZE = _(
    "“%(given)s” is no size. Write 0, 1-9, 10-49, 50-249 or 250+, a number of people, or small, medium or large."
)
NO_COMMUNITY = _("There is no community called “%(given)s”. Add it under Communities, or correct the name.")
MISSPELT = _("There is no community called “%(given)s”. Is “%(alike)s” meant?")
SEVERAL = _(
    "Several communities are called “%(given)s”. Name the one that is meant by a code, for example FIPS 39061."
)

_LENGTHS = {
    "name": 300,
    "legal_name": 300,
    "mission": 20_000,
    "street": 200,
    "street_2": 190,
    "city": 120,
    "region": 80,
    "postcode": 20,
}
_SCHEMES = {"ein": "EIN", "gb_chc": "GB-CHC", "gb_coh": "GB-COH", "own_id": "OWN", "uuid": "UUID"}
_CONTACTS = {"phone": "phone", "email": "email", "website": "website"}


def english(words: Any) -> str:
    """The English source of a lazy sentence, which is what findings keep."""
    with translation.override("en"):
        return str(words)


def builder() -> Callable[[Mapping[str, Any]], Document]:
    """What makes the documents of one file. It looks communities up once."""
    return partial(_build, places=Gazetteer())


def _build(values: Mapping[str, Any], *, places: Gazetteer) -> Document:
    """The document of one row; only fields that say something. Raises FieldRefused naming the field."""
    for name, most in _LENGTHS.items():
        text = values.get(name) or ""
        if len(text) > most:
            raise FieldRefused(name, text, TOO_LONG, most=most)
        if "\x00" in text:
            raise FieldRefused(name, text, NOT_STORABLE)
    country = _country(values)
    made: dict[str, Any] = {
        "name": squeeze(values.get("name") or ""),
        "kind": values.get("kind"),
        "mission": values.get("mission"),
        "founded_year": _whole("founded_year", values, 1000, 2200, NOT_A_YEAR),
        **({"status": "closed", "closed_on": values["closed_on"]} if values.get("closed_on") else {}),
        "employees": _whole("employees", values, 0, 2_147_483_647, NOT_PEOPLE),
        "employees_band": _size(values),
        **_income(values),
        "income_year": _whole("income_year", values, 1000, 2200, NOT_A_YEAR),
        "names": _names(values),
        "identifiers": _identifiers(values),
        "sectors": _sectors(values),
        "addresses": _addresses(values, country),
        "contacts": _contacts(values, country),
        "communities": _communities(values, places),
        "tags": _tags(values),
    }
    return {name: value for name, value in made.items() if value not in (None, "", [])}


def _country(values: Mapping[str, Any]) -> str:
    given = str(values.get("country") or "").strip().upper()
    if given and not (len(given) == 2 and given.isascii() and given.isalpha()):
        raise FieldRefused("country", given, NOT_A_COUNTRY)
    return given


def _whole(name: str, values: Mapping[str, Any], low: int, high: int, reason: str) -> int | None:
    given = values.get(name)
    if given in (None, ""):
        return None
    number = Decimal(str(given))
    if number != int(number) or not low <= number <= high:
        raise FieldRefused(name, str(given), reason)
    return int(number)


def _size(values: Mapping[str, Any]) -> str | None:
    given = values.get("employees_band") or ""
    found = sizes.read(given) if given else None
    if given and found is None:
        raise FieldRefused("employees_band", given, NOT_A_SIZE, given=given[:80])
    return found


def _communities(values: Mapping[str, Any], places: Gazetteer) -> list[dict[str, Any]]:
    found: dict[int, str] = {}
    for given in _each_named(values.get("communities") or (), places):
        meant = places.find(given)
        if len(meant) == 1:
            found |= dict(meant)
        elif meant:
            raise FieldRefused("communities", given, SEVERAL, given=given[:80])
        elif alike := places.alike(given):
            raise FieldRefused("communities", given, MISSPELT, given=given[:80], alike=alike)
        else:
            raise FieldRefused("communities", given, NO_COMMUNITY, given=given[:80])
    return [{"key": key, "name": name} for key, name in sorted(found.items())]


def _each_named(given: Iterable[str], places: Gazetteer) -> Iterator[str]:
    """Every name by itself, also where the column was said to hold one: a name holds no ";" or "|", but may hold a comma."""
    for one in given:
        for text in map(squeeze, re.split(r"[;|\n]", one)):
            parts = [squeeze(part) for part in text.split(",")]
            if len(parts) > 1 and not places.find(text) and any(map(places.find, parts)):
                yield from filter(None, parts)
            elif text:
                yield text


def _income(values: Mapping[str, Any]) -> dict[str, Any]:
    given = values.get("income")
    if given in (None, ""):
        return {}
    said = str(values.get("income_currency") or "").strip().upper()
    if said and said not in dict(currencies()):
        raise FieldRefused("income_currency", said, NOT_A_CURRENCY)
    currency = said or installation().currency
    minor = Decimal(str(given)).scaleb(get_currency_precision(currency)).to_integral_value()
    if abs(minor) >= 2**62:
        raise FieldRefused("income", str(given), TOO_LARGE)
    return {"income_amount": int(minor), "income_currency": currency}


def _names(values: Mapping[str, Any]) -> list[dict[str, str]]:
    found = [("legal", values.get("legal_name") or "")]
    found += [("trading", name) for name in values.get("other_names") or ()]
    for kind, name in found:
        if len(name) > 300:
            raise FieldRefused("other_names" if kind == "trading" else "legal_name", name, TOO_LONG, most=300)
    return [{"kind": kind, "name": squeeze(name)} for kind, name in found if name.strip()]


def _identifiers(values: Mapping[str, Any]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for name, scheme, given in _numbers(values):
        try:
            normal = identifiers.normalise(scheme, given)
        except identifiers.IdentifierError as no:
            known = identifiers.SCHEMES.get(scheme.upper())
            if known is None:
                raise FieldRefused(name, given, NO_SCHEME) from no
            raise FieldRefused(
                name, given, WANTS, scheme=english(known.label), rule=english(known.rule)
            ) from no
        if (one := {"scheme": normal[0], "value": normal[1]}) not in found:
            found.append(one)
    return sorted(found, key=lambda one: (one["scheme"], one["value"]))


def _numbers(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(field, scheme, number) of every identifier."""
    for name, scheme in _SCHEMES.items():
        if given := str(values.get(name) or "").strip():
            yield name, scheme, given
    for one in values.get("identifiers") or ():
        scheme, _blank, given = one.partition(" ")
        if not given.strip():
            raise FieldRefused("identifiers", one, NO_SCHEME)
        yield "identifiers", scheme, given.strip()


def _sectors(values: Mapping[str, Any]) -> list[dict[str, str]]:
    found = set()
    for name, scheme in (("ntee", "NTEE"), ("sectors", "OWN")):
        for given in values.get(name) or ():
            head, _blank, code = given.partition(" ")
            is_told = bool(code) and head.upper() in sectors.SECTOR_SCHEMES
            try:
                found.add(sectors.normalise(*((head, code) if is_told else (scheme, given))))
            except sectors.SectorError as no:
                raise FieldRefused(name, given, english(no.reason)) from no
    return [{"scheme": scheme, "code": code} for scheme, code in sorted(found)]


def _addresses(values: Mapping[str, Any], country: str) -> list[dict[str, Any]]:
    lat, lon = _degrees("lat", values), _degrees("lon", values)
    if (lat is None) != (lon is None):
        raise FieldRefused("lat" if lat is None else "lon", "", ONLY_ONE)
    if lat is not None and lon is not None and not is_coordinate(lat, lon):
        raise FieldRefused("lat", f"{lat}, {lon}", NOT_ON_EARTH)
    lines = ", ".join(_lines(values[n]) for n in ("street", "street_2") if values.get(n))
    parts = {name: squeeze(values.get(name) or "") for name in ("city", "region", "postcode")}
    if not lines and not any(parts.values()) and lat is None:
        return []
    return [
        {
            "kind": "physical",
            "lines": lines,
            **parts,
            "country": country,
            "lat": lat,
            "lon": lon,
            "source": "",
        }
    ]


def _lines(text: str) -> str:
    return "\n".join(line for one in text.splitlines() if (line := squeeze(one)))


def _degrees(name: str, values: Mapping[str, Any]) -> float | None:
    given = values.get(name)
    return None if given in (None, "") else float(given)


def _contacts(values: Mapping[str, Any], country: str) -> list[dict[str, str]]:
    dialled_from = country or home_country()
    found: dict[tuple[str, str], None] = {}
    for name, kind in _CONTACTS.items():
        for given in values.get(name) or ():
            try:
                found[kind, contacts.normalise(kind, given, country=dialled_from)] = None
            except contacts.ContactError as no:
                raise FieldRefused(name, given, no.reason) from no
    return [{"kind": kind, "value": value, "label": ""} for kind, value in found]


def _tags(values: Mapping[str, Any]) -> list[str]:
    found = [squeeze(name) for name in values.get("tags") or ()]
    for name in found:
        if len(name) > 60:
            raise FieldRefused("tags", name, TOO_LONG, most=60)
    return sorted(name for name in found if name)
