"""What a document may not say. Pure: nothing is asked of the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from barnraise.foundation import contacts
from barnraise.foundation.geo import is_coordinate

from . import hours, identifiers, offering, sectors
from .documents import PARTS, OrganisationDocument
from .models import Address, ContactPoint, Organisation, OtherName

Fault = tuple[str, Any]
_EMPTY = _("This must not be empty.")
_TOO_LONG = _("At most %(most)d characters.")
MOST_PARTS = 200


def faults(document: OrganisationDocument) -> list[Fault]:
    """(field, lazy sentence) for everything wrong; empty when the document may be written.

    Whether an identifier or a parent is free is a question to the database and is asked when it is written.
    """
    return [fault for check in _CHECKS for fault in check(document)]


def _length(field: str, value: str, most: int) -> Iterator[Fault]:
    if len(value) > most:
        yield field, _TOO_LONG % {"most": most}
    if "\x00" in value:
        yield field, _("It contains a character that cannot be stored.")


def _row(document: OrganisationDocument) -> Iterator[Fault]:
    if not document.name.strip():
        yield "name", _EMPTY
    yield from _length("name", document.name, 300)
    yield from _length("mission", document.mission, 20_000)
    if document.kind not in Organisation.Kind.values:
        yield "kind", _("Choose one of the kinds.")
    if document.status not in Organisation.Status.values:
        yield "status", _("Choose active or closed.")
    if document.closed_on and document.status != Organisation.Status.CLOSED:
        yield "closed_on", _("Only a closed organisation has a day of closing.")
    if document.founded_year is not None and not 1000 <= document.founded_year <= 2200:
        yield "founded_year", _("Write a year of four digits.")


def _size(document: OrganisationDocument) -> Iterator[Fault]:
    if document.employees is not None and not 0 <= document.employees <= 2_147_483_647:
        yield "employees", _("Write a number of people, 0 or more.")
    if document.employees_band and document.employees_band not in Organisation.Band.values:
        yield "employees_band", _("Choose one of the sizes.")
    if document.income_amount is not None:
        if abs(document.income_amount) >= 2**62:
            yield "income_amount", _("The amount is too large.")
        if not re.fullmatch(r"[A-Z]{3}", document.income_currency):
            yield "income_currency", _("Write the currency as three letters, for example USD.")
    if document.income_year is not None and not 1800 <= document.income_year <= 2200:
        yield "income_year", _("Write a year of four digits.")


def _capacity(document: OrganisationDocument) -> Iterator[Fault]:
    if document.capacity is not None and not 0 < document.capacity <= 2_147_483_647:
        yield "capacity", _("Write a number of people above 0.")
    if document.capacity_per and document.capacity_per not in Organisation.Per.values:
        yield "capacity_per", _("Choose one of them.")
    if bool(document.capacity_per) != (document.capacity is not None):
        yield "capacity_per", _("Give both how many people and how often, or none of them.")
    if len(document.hours) > hours.MOST or not all(map(hours.is_span, document.hours)):
        yield "hours", _("Write hours like 9:00–12:00, 14:00–18:00.")
    yield from _length("hours_note", document.hours_note, 2000)


def _services(document: OrganisationDocument) -> Iterator[Fault]:
    for one in document.services:
        for field, reason in offering.faults(one):
            yield "services", f"{one.name or field}: {reason}"


def _names(document: OrganisationDocument) -> Iterator[Fault]:
    for part in document.names:
        if part.kind not in OtherName.Kind.values:
            yield "names", _("Choose one of the kinds of name.")
        if not part.name.strip():
            yield "names", _EMPTY
        yield from _length("names", part.name, 300)


def _codes(document: OrganisationDocument) -> Iterator[Fault]:
    for part in document.identifiers:
        try:
            if identifiers.normalise(part.scheme, part.value) != (part.scheme, part.value):
                yield "identifiers", _("The identifier is not in its normal form.")
        except identifiers.IdentifierError as no:
            yield "identifiers", no.reason
    for code in document.sectors:
        try:
            if sectors.normalise(code.scheme, code.code) != (code.scheme, code.code):
                yield "sectors", _("The sector code is not in its normal form.")
        except sectors.SectorError as no:
            yield "sectors", no.reason


def _addresses(document: OrganisationDocument) -> Iterator[Fault]:
    for at in document.addresses:
        if at.kind not in Address.Kind.values:
            yield "addresses", _("Choose one of the kinds of address.")
        if at.country and not re.fullmatch(r"[A-Z]{2}", at.country):
            yield "addresses", _("Write the country as two letters, for example US.")
        if not any((at.lines, at.city, at.region, at.postcode, at.country)) and at.lat is None:
            yield "addresses", _("Write at least a street, a city or a postcode.")
        if (at.lat is None) != (at.lon is None):
            yield "addresses", _("Give both latitude and longitude, or none of them.")
        elif at.lat is not None and not is_coordinate(at.lat, at.lon):
            yield "addresses", _("The coordinates are not a place on earth.")
        for value, most in (
            (at.lines, 400),
            (at.city, 120),
            (at.region, 80),
            (at.postcode, 20),
            (at.source, 60),
        ):
            yield from _length("addresses", value, most)


def _contacts(document: OrganisationDocument) -> Iterator[Fault]:
    for part in document.contacts:
        if part.kind not in ContactPoint.Kind.values:
            yield "contacts", _("Choose phone, e-mail, website or social network.")
            continue
        try:
            contacts.normalise(part.kind, part.value)
        except contacts.ContactError as no:
            yield "contacts", _(no.reason)
        yield from _length("contacts", part.label, 80)


def _amounts(document: OrganisationDocument) -> Iterator[Fault]:
    for field in (*PARTS, "communities", "tags"):
        if len(getattr(document, field)) > MOST_PARTS:
            yield field, _("At most %(most)d of them.") % {"most": MOST_PARTS}
    for tag in document.tags:
        yield from _length("tags", tag, 60)
    for code, text in document.facts:
        if len(code) > 60 or len(text) > 2000:
            yield "facts", _("A fact has a code of at most 60 and a text of at most 2,000 characters.")


_CHECKS: tuple[Callable[[OrganisationDocument], Iterator[Fault]], ...] = (
    _row,
    _size,
    _capacity,
    _services,
    _names,
    _codes,
    _addresses,
    _contacts,
    _amounts,
)
