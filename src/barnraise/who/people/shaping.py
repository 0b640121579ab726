"""Text as people type it into one field, read as parts of a document and written back."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from barnraise.foundation import contacts
from barnraise.foundation.text import squeeze

from . import identifiers
from .documents import Id, Reach


def read_contacts(text: str, country: str) -> tuple[Reach, ...]:
    """A phone number, mailbox or address a line, with a label behind " | ". Raises ValidationError naming the line."""
    try:
        return tuple(Reach(*one) for one in contacts.read_lines(text, country=country, longest_label=40))
    except contacts.ContactError as no:
        raise ValidationError(f"“{no.line}”: {_(no.reason)}") from None


def write_contacts(parts: Iterable[Reach]) -> str:
    """One a line."""
    return contacts.write_lines((part.value, part.label) for part in parts)


def read_identifiers(text: str) -> tuple[Id, ...]:
    """ "OWN 17" a line. Raises ValidationError naming the line."""
    found = []
    for line in (squeeze(line) for line in text.splitlines()):
        if not line:
            continue
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
