"""Rows of upper rooms that somebody signed with their name for an organisation, without a key to the person."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold

from ..models import Person, Role


def signed_by(ref: Ref, rows: QuerySet[Any]) -> list[Any]:
    """Of rows with `signed_by` (a name) and `organisation_id`: those that this person signed.

    The name is theirs, and they have or had a role in that organisation; or nobody else of that name has one there.
    """
    person = Person.objects.filter(pk=ref.id).first()
    if person is None:
        return []
    names = {
        fold(name)
        for name in (person.display_name, f"{person.given_name} {person.family_name}")
        if name.strip()
    }
    mine = set(Role.objects.filter(person=person).values_list("organisation_id", flat=True))
    written = Q(signed_by__iexact=person.display_name) | Q(organisation_id__in=mine)
    found = [row for row in rows.filter(written).exclude(signed_by="") if fold(row.signed_by) in names]
    others = Role.objects.filter(person__name_folded__in=names).exclude(person=person)
    theirs = set(others.values_list("organisation_id", flat=True))
    return [row for row in found if row.organisation_id in mine or row.organisation_id not in theirs]


def names_alone(ref: Ref) -> set[str]:
    """Folded names of this person that nobody else of the directory has: what is written under one of them is theirs."""
    person = Person.objects.filter(pk=ref.id).first()
    if person is None:
        return set()
    said = (person.display_name, f"{person.given_name} {person.family_name}")
    names = {fold(name) for name in said if name.strip()}
    others = Person.objects.filter(name_folded__in=names).exclude(pk=person.pk)
    return names - set(others.values_list("name_folded", flat=True))
