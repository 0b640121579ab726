"""Who may be named beside the one whose page is open, and who of the team may do a next step."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from barnraise.foundation.roles import WRITERS
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.prepared import prepared
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person, Role


def _current(today: date) -> Q:
    return Q(ended_on__isnull=True) | Q(ended_on__gte=today)


def organisations_of(person: Any, *, today: date, most: int = 6) -> list[Organisation]:
    """Where the person has a role now, each once. One query, none where the roles have been read with the person."""
    read = getattr(person, "_prefetched_objects_cache", {}).get("roles")
    if read is not None:
        current = sorted((role for role in read if role.is_current(today)), key=lambda role: int(role.pk))
        return list({role.organisation_id: role.organisation for role in current[: most * 2]}.values())[:most]
    roles = Role.objects.filter(_current(today), person_id=person.pk).select_related("organisation")
    found = roles.only(
        "id", "person_id", "organisation__uuid", "organisation__name", "organisation__city"
    ).order_by("id")[: most * 2]
    return list({role.organisation_id: role.organisation for role in found}.values())[:most]


@prepared
def _roles(key: int, *, today: date, most: int) -> QuerySet[Role]:
    roles = Role.objects.filter(_current(today), organisation_id=key).select_related("person")
    named = ("person__uuid", "person__display_name", "person__city")
    found = roles.only("id", "organisation_id", "is_main_contact", *named)
    return found.order_by("-is_main_contact", "kind", "id")[:most]


def choices_of_organisation(organisation: Any, *, today: date, most: int = 6) -> list[Person]:
    """People with a role there now, main contacts first, each once. One query."""
    ordered = _roles(organisation.pk, today=today, most=most * 2)
    return list({role.person_id: role.person for role in ordered}.values())[:most]


def team() -> QuerySet[Account]:
    """Accounts that may have next steps, by name."""
    rows = Account.objects.active().filter(role__in=sorted(str(role) for role in WRITERS))
    return rows.only("id", "name", "email").order_by("name", "email")


teammates = prepared(team)
"""They as a list, for every profile."""
