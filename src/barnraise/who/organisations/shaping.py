"""Text as people type it into one field, read as parts of a document and written back."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from barnraise.foundation import contacts
from barnraise.foundation.text import squeeze

from . import identifiers, sectors
from .documents import Contact, Id, Name, Place, SectorCode


def _lines(text: str) -> list[str]:
    return [line for line in (squeeze(line) for line in text.splitlines()) if line]


def read_identifiers(text: str) -> tuple[Id, ...]:
    """ "EIN 01-2345678" a line. Raises ValidationError naming the line."""
    found = []
    for line in _lines(text):
        scheme, _blank, value = line.partition(" ")
        if not value:
            raise ValidationError(_("“%(line)s”: write the scheme, a blank and the value.") % {"line": line})
        try:
            found.append(Id(*identifiers.normalise(scheme.rstrip(":"), value)))
        except identifiers.IdentifierError as no:
            raise ValidationError(f"“{line}”: {no.reason}") from None
    return tuple(found)


def write_identifiers(parts: Iterable[Id]) -> str:
    """One a line."""
    return "\n".join(f"{part.scheme} {part.value}" for part in parts)


def read_sectors(text: str) -> tuple[SectorCode, ...]:
    """ "NTEE K31" a line. Raises ValidationError naming the line."""
    found = []
    for line in _lines(text):
        scheme, _blank, code = line.partition(" ")
        try:
            found.append(SectorCode(*sectors.normalise(scheme.rstrip(":"), code)))
        except sectors.SectorError as no:
            raise ValidationError(f"“{line}”: {no.reason}") from None
    return tuple(found)


def write_sectors(parts: Iterable[SectorCode]) -> str:
    """One a line."""
    return "\n".join(f"{part.scheme} {part.code}" for part in parts)


def read_contacts(text: str, country: str, before: Iterable[Contact] = ()) -> tuple[Contact, ...]:
    """A phone number, mailbox or address a line, with a label behind " | ". Raises ValidationError naming the line.

    What kind it is shows from how it looks, but for those that are there already.
    """
    known = {part.value: part.kind for part in before}
    try:
        found = contacts.read_lines(text, country=country)
        return tuple(Contact(known.get(value, kind), value, label) for kind, value, label in found)
    except contacts.ContactError as no:
        raise ValidationError(f"“{no.line}”: {_(no.reason)}") from None


def write_contacts(parts: Iterable[Contact]) -> str:
    """One a line."""
    return contacts.write_lines((part.value, part.label) for part in parts)


def read_names(text: str, kind: str) -> tuple[Name, ...]:
    """One a line."""
    return tuple(Name(kind, line) for line in _lines(text))


def write_names(parts: Iterable[Name], kind: str) -> str:
    """Those of that kind, one a line."""
    return "\n".join(part.name for part in parts if part.kind == kind)


def read_coordinates(text: str) -> tuple[float | None, float | None]:
    """ "40.06, -82.42" as (latitude, longitude); (None, None) for nothing. Raises ValidationError."""
    if not text.strip():
        return None, None
    parts = [part for part in re.split(r"[,;\s]+", text.strip()) if part]
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        raise ValidationError(_("Write latitude and longitude in degrees, like 40.06, -82.42.")) from None
    return lat, lon


def write_coordinates(place: Place) -> str:
    """As `read_coordinates` takes them."""
    return "" if place.lat is None or place.lon is None else f"{place.lat}, {place.lon}"


def write_places(parts: Iterable[Place]) -> str:
    """One a line: street | city | state | postcode | country, with "post:" before those for mail only."""
    return "\n".join(_place_line(part) for part in parts)


def _place_line(part: Place) -> str:
    told = (", ".join(part.lines.splitlines()), part.city, part.region, part.postcode, part.country)
    line = " | ".join(value.replace("|", "/") for value in told).rstrip("| ")
    return f"post: {line}" if part.kind == "postal" else line


def read_places(text: str, before: Iterable[Place]) -> tuple[Place, ...]:
    """As `write_places` writes them; a line that is as it was keeps its place, with coordinates and source. Raises ValidationError."""
    known = {squeeze(_place_line(part)): part for part in before}
    return tuple(known.get(line) or _place(line) for line in _lines(text))


def _place(line: str) -> Place:
    told, kind = line, "physical"
    if line.casefold().startswith(("post:", "correo:")):
        told, kind = line.partition(":")[2], "postal"
    parts = [squeeze(part) for part in told.split("|")]
    if len(parts) > 5:
        raise ValidationError(
            _("“%(line)s”: write street | city | state | postcode | country.") % {"line": line}
        )
    street, city, region, postcode, country = [*parts, *[""] * (5 - len(parts))]
    country = country.upper()
    if country and not re.fullmatch(r"[A-Z]{2}", country):
        raise ValidationError(
            _("“%(line)s”: write the country as two letters, for example US.") % {"line": line}
        )
    return Place(kind, street, city, region, postcode, country)
