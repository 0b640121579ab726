"""Register and change one person; each verb is one transaction with its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import record
from barnraise.who.organisations.models import Source
from barnraise.who.organisations.services import person_source

from ..documents import FIELDS, PersonDocument
from ..faults import faults
from ..models import Person
from ..selectors import documents
from ..telling import told_changes
from .checks import custom_values
from .writing import Told, write


def register_person(
    document: PersonDocument, *, by: Any, source: Source | None = None, is_sample: bool = False
) -> Person:
    """A new person who is what the document says (its key is ignored). Raises ValidationError by field."""
    _refuse_faults(document)
    told = Told(by=by, source=source or person_source(by), at=timezone.now(), is_sample=is_sample)
    with transaction.atomic():
        wanted = replace(document, key=None, custom=custom_values(document))
        key = write([wanted], told).keys[0]
        row = Person.objects.get(pk=key)
        record(by=by, verb="people.registered", about=[row])
    return row


def change_person(
    person: Person, *, by: Any, source: Source | None = None, **values: Any
) -> dict[str, tuple[Any, Any]]:
    """Set the given fields of the document; only what differs is written. Returns {field: (before, after)} as JSON values.

    Lists (contacts, addresses, identifiers, roles, leaderships, tags) are given whole. Raises ValidationError by field,
    TypeError for a field there is not, Person.DoesNotExist when the person is gone.
    """
    with transaction.atomic():
        changes = apply(person, values, by=by, source=source)
        if changes:
            record(by=by, verb="people.changed", about=[person], changes=told_changes(changes))
    return changes


def apply(
    person: Person, values: Mapping[str, Any], *, by: Any, source: Source | None = None
) -> dict[str, tuple[Any, Any]]:
    """`change_person` without its sentence, in the caller's transaction."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A person has no field {', '.join(sorted(unknown))}.")
    there = locked(person)
    wanted = replace(there, **values)
    _refuse_faults(wanted, only=set(values))
    if "custom" in values:
        wanted = replace(wanted, custom=custom_values(wanted))
    told = Told(by=by, source=source or person_source(by), at=timezone.now())
    return write([wanted], told).changes.get(person.pk, {})


def locked(person: Person) -> PersonDocument:
    """What the person's record says, held until the transaction ends. Raises Person.DoesNotExist."""
    if not Person.objects.filter(pk=person.pk).select_for_update().exists():
        raise Person.DoesNotExist("The person has been removed.")
    return documents([person.pk])[person.pk]


def _refuse_faults(document: PersonDocument, *, only: set[str] | None = None) -> None:
    found: dict[str, list[str]] = {}
    names = {"given_name", "family_name", "display_name"}
    for field, reason in faults(document):
        if only is None or field in only or (field in names and only & names):
            found.setdefault(field, []).append(str(reason))
    if found:
        raise ValidationError(found)
