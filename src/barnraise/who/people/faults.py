"""What a document may not say. Pure: nothing is asked of the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from barnraise.foundation import contacts
from barnraise.foundation.geo import is_coordinate

from . import identifiers
from .documents import PersonDocument, Rating
from .models import LeaderNote, Leadership, Person, PersonContact, Role

Fault = tuple[str, Any]
_TOO_LONG = _("At most %(most)d characters.")
MOST_PARTS = 200
_LENGTHS = {
    "given_name": 100,
    "family_name": 100,
    "display_name": 200,
    "pronunciation": 200,
    "pronouns": 60,
    "about": 20_000,
}


def faults(document: PersonDocument) -> list[Fault]:
    """(field, lazy sentence) for everything wrong; empty when the document may be written.

    Whether an identifier is free and a custom field known are questions to the database, asked when it is written.
    """
    return [fault for check in _CHECKS for fault in check(document)]


def _length(field: str, value: str, most: int) -> Iterator[Fault]:
    if len(value) > most:
        yield field, _TOO_LONG % {"most": most}
    if "\x00" in value:
        yield field, _("It contains a character that cannot be stored.")


def _row(document: PersonDocument) -> Iterator[Fault]:
    if not (document.display_name.strip() or document.given_name.strip() or document.family_name.strip()):
        yield "given_name", _("Write a name: given, family or the one to be shown.")
    for field, most in _LENGTHS.items():
        yield from _length(field, getattr(document, field), most)
    if document.kind not in Person.Kind.values:
        yield "kind", _("Choose one of the kinds.")
    if document.status not in Person.Status.values:
        yield "status", _("Choose one of the states.")
    if document.language and document.language not in dict(settings.LANGUAGES):
        yield "language", _("Choose one of the languages.")


def _contacts(document: PersonDocument) -> Iterator[Fault]:
    for part in document.contacts:
        if part.kind not in PersonContact.Kind.values:
            yield "contacts", _("Choose phone, e-mail, website or social network.")
            continue
        try:
            contacts.normalise(part.kind, part.value)
        except contacts.ContactError as no:
            yield "contacts", _(no.reason)
        yield from _length("contacts", part.label, 40)


def _addresses(document: PersonDocument) -> Iterator[Fault]:
    for at in document.addresses:
        if at.country and not re.fullmatch(r"[A-Z]{2}", at.country):
            yield "addresses", _("Write the country as two letters, for example US.")
        if not any((at.lines, at.city, at.region, at.postcode, at.country)) and at.lat is None:
            yield "addresses", _("Write at least a street, a city or a postcode.")
        if (at.lat is None) != (at.lon is None):
            yield "addresses", _("Give both latitude and longitude, or none of them.")
        elif at.lat is not None and not is_coordinate(at.lat, at.lon):
            yield "addresses", _("The coordinates are not a place on earth.")
        for value, most in (
            (at.label, 40),
            (at.lines, 400),
            (at.city, 120),
            (at.region, 80),
            (at.postcode, 20),
            (at.source, 60),
        ):
            yield from _length("addresses", value, most)


def _identifiers(document: PersonDocument) -> Iterator[Fault]:
    for part in document.identifiers:
        try:
            if identifiers.normalise(part.scheme, part.value) != (part.scheme, part.value):
                yield "identifiers", _("The identifier is not in its normal form.")
        except identifiers.IdentifierError as no:
            yield "identifiers", no.reason


def _roles(document: PersonDocument) -> Iterator[Fault]:
    for post in document.roles:
        if post.kind not in Role.Kind.values:
            yield "roles", _("Choose one of the kinds of role.")
        if post.started_on and post.ended_on and post.ended_on < post.started_on:
            yield "roles", _("A role cannot end before it began.")
        yield from _length("roles", post.title, 120)
        yield from _length("roles", post.note, 400)


def _leaderships(document: PersonDocument) -> Iterator[Fault]:
    for one in document.leaderships:
        if one.kind not in Leadership.Kind.values:
            yield "leaderships", _("Choose one of the kinds of leader.")
        if one.term_started_on and one.term_ends_on and one.term_ends_on < one.term_started_on:
            yield "leaderships", _("A term cannot end before it began.")
        yield from _length("leaderships", one.constituency, 200)
        yield from _length("leaderships", one.ended_reason, 200)
        for note in one.notes:
            yield from rating_faults(note)


def rating_faults(note: Rating) -> Iterator[Fault]:
    """What a note about a leader may not say."""
    if note.aspect not in LeaderNote.Aspect.values:
        yield "aspect", _("Choose reach or influence.")
    if note.level is None and not note.note.strip():
        yield "note", _("Choose a level, or write a note.")
    if note.level is not None and not 1 <= note.level <= 5:
        yield "level", _("Choose a level from 1 to 5.")
    yield from _length("note", note.note, 1000)


def _amounts(document: PersonDocument) -> Iterator[Fault]:
    for field in ("contacts", "addresses", "identifiers", "roles", "leaderships", "tags", "custom"):
        if len(getattr(document, field)) > MOST_PARTS:
            yield field, _("At most %(most)d of them.") % {"most": MOST_PARTS}
    for tag in document.tags:
        yield from _length("tags", tag, 60)
    for code, text in document.facts:
        if len(code) > 60 or len(text) > 2000:
            yield "facts", _("A fact has a code of at most 60 and a text of at most 2,000 characters.")


_CHECKS: tuple[Callable[[PersonDocument], Iterator[Fault]], ...] = (
    _row,
    _contacts,
    _addresses,
    _identifiers,
    _roles,
    _leaderships,
    _amounts,
)
