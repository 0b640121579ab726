"""From the mapped cells of a row to a person's document, or to what is wrong with one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from barnraise.foundation import contacts
from barnraise.foundation.text import squeeze
from barnraise.plumbing.imports.sockets import Document, FieldRefused
from barnraise.plumbing.profile.selectors import home_country

from .custom import NO, YES
from .takes import CUSTOM

TOO_LONG = _("It has more than %(most)s characters.")
NOT_STORABLE = _("It contains a character that cannot be stored.")
NOT_A_COUNTRY = _("Write the country as two letters, for example US.")
NO_NAME = _("There is neither a name nor an e-mail address.")
NOT_AN_EIN = _("An EIN has nine digits; leading zeros may be missing down to seven.")
YES_OR_NO = _("Write yes or no.")
WRONG_ORDER = _("A role cannot end before it began.")

_LENGTHS = {
    "given_name": 100,
    "family_name": 100,
    "name": 200,
    "pronunciation": 200,
    "pronouns": 60,
    "about": 20_000,
    "street": 200,
    "street_2": 190,
    "city": 120,
    "region": 80,
    "postcode": 20,
    "organisation": 300,
    "organisation_city": 120,
    "role_title": 120,
    "own_id": 200,
    "organisation_own_id": 200,
}
_CONTACTS = {
    "email": ("email", ""),
    "work_email": ("email", "work"),
    "phone": ("phone", ""),
    "mobile": ("phone", "mobile"),
    "work_phone": ("phone", "work"),
    "home_phone": ("phone", "home"),
    "website": ("website", ""),
}


def build(values: Mapping[str, Any]) -> Document:
    """The document of one row as `intake` describes it; only fields that say something. Raises FieldRefused naming the field."""
    for name, most in _LENGTHS.items():
        text = values.get(name) or ""
        if len(text) > most:
            raise FieldRefused(name, text, TOO_LONG, most=most)
        if "\x00" in text:
            raise FieldRefused(name, text, NOT_STORABLE)
    country = _country(values)
    reached = _contacts(values, country)
    roles = _roles(values)
    made: dict[str, Any] = {
        **_names(values, reached),
        **{name: squeeze(values.get(name) or "") for name in ("pronunciation", "pronouns")},
        "kind": values.get("kind") or ("representative" if roles else None),
        "language": values.get("language"),
        "about": (values.get("about") or "").strip(),
        "contacts": reached,
        "addresses": _addresses(values, country),
        "identifiers": [{"scheme": "OWN", "value": own}] if (own := (values.get("own_id") or "").strip()) else [],
        "roles": roles,
        "custom": {
            name.removeprefix(CUSTOM): value
            for name, value in values.items()
            if name.startswith(CUSTOM) and value not in (None, "")
        },
        "tags": _tags(values),
    }  # fmt: skip
    return {name: value for name, value in made.items() if value not in (None, "", [], {})}


def _names(values: Mapping[str, Any], reached: list[dict[str, str]]) -> dict[str, str]:
    given, family = squeeze(values.get("given_name") or ""), squeeze(values.get("family_name") or "")
    whole = squeeze(values.get("name") or "")
    if not given and not family and whole.count(",") == 1:
        family, given = (part.strip() for part in whole.split(","))
        whole = ""
    if given or family:
        return {
            "given_name": given,
            "family_name": family,
            "display_name": "" if whole == squeeze(f"{given} {family}") else whole,
        }
    if not whole:
        whole = next((one["value"] for one in reached if one["kind"] == "email"), "")
    if not whole:
        raise FieldRefused("name", "", NO_NAME)
    return {"display_name": whole}


def _country(values: Mapping[str, Any]) -> str:
    given = str(values.get("country") or "").strip().upper()
    if given and not (len(given) == 2 and given.isascii() and given.isalpha()):
        raise FieldRefused("country", given, NOT_A_COUNTRY)
    return given


def _contacts(values: Mapping[str, Any], country: str) -> list[dict[str, str]]:
    dialled_from = country or home_country()
    found: dict[tuple[str, str], str] = {}
    for name, (kind, label) in _CONTACTS.items():
        for given in values.get(name) or ():
            try:
                value = contacts.normalise(kind, given, country=dialled_from)
            except contacts.ContactError as no:
                raise FieldRefused(name, given, no.reason) from no
            found.setdefault((kind, value), label)
    return [{"kind": kind, "value": value, "label": label} for (kind, value), label in found.items()]


def _addresses(values: Mapping[str, Any], country: str) -> list[dict[str, Any]]:
    lines = ", ".join(squeeze(values.get(n) or "") for n in ("street", "street_2") if values.get(n))
    parts = {name: squeeze(values.get(name) or "") for name in ("city", "region", "postcode")}
    if not lines and not any(parts.values()):
        return []
    place = {"label": "", "lines": lines, **parts, "country": country, "lat": None, "lon": None, "source": ""}
    return [place]


def _roles(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    name = squeeze(values.get("organisation") or "")
    numbers = []
    if ein := (values.get("organisation_ein") or "").strip():
        digits = "".join(ch for ch in ein if ch not in " .-")
        if not (digits.isascii() and digits.isdigit() and 7 <= len(digits) <= 9 and digits.strip("0")):
            raise FieldRefused("organisation_ein", ein, NOT_AN_EIN)
        numbers.append(f"EIN:{digits.zfill(9)}")
    if own := (values.get("organisation_own_id") or "").strip():
        numbers.append(f"OWN:{own}")
    if not name and not numbers:
        return []
    title = squeeze(values.get("role_title") or "")
    start, end = values.get("role_started_on"), values.get("role_ended_on")
    if start and end and date.fromisoformat(end) < date.fromisoformat(start):
        raise FieldRefused("role_ended_on", end, WRONG_ORDER)
    told: dict[str, Any] = {
        "organisation": name,
        "organisation_ids": numbers,
        "organisation_city": squeeze(values.get("organisation_city") or ""),
        "title": title,
        "kind": values.get("role_kind") or ("employee" if title else "contact"),
        "is_main_contact": _yes("is_main_contact", values),
        "started_on": start,
        "ended_on": end,
    }
    return [{key: value for key, value in told.items() if value not in (None, "", [], False)}]


def _yes(name: str, values: Mapping[str, Any]) -> bool:
    given = str(values.get(name) or "").strip().casefold()
    if given not in YES | NO:
        raise FieldRefused(name, given, YES_OR_NO)
    return given in YES


def _tags(values: Mapping[str, Any]) -> list[str]:
    found = [squeeze(name) for name in values.get("tags") or ()]
    for name in found:
        if len(name) > 60:
            raise FieldRefused("tags", name, TOO_LONG, most=60)
    return sorted(name for name in found if name)
