"""What pages of organisations and communities show of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from barnraise.plumbing.ui.prepared import prepared
from barnraise.who.communities import selectors as communities

from ..models import Leadership, Person, Role
from .rows import contacts_by_person, current

MOST = 30
FORMER = 10
_LINE = (
    *(field.name for field in Role._meta.concrete_fields),
    "person__uuid",
    "person__display_name",
    "person__family_folded",
)
"""What a line of a role needs; of the person the names alone."""


@prepared
def _now(key: int, *, today: date) -> QuerySet[Role]:
    """In the order of an index, however many work there."""
    rows = Role.objects.filter(current(today), organisation_id=key).select_related("person").only(*_LINE)
    return rows.order_by("-is_main_contact", "kind", "id")[: MOST + 1]


@prepared
def _former(key: int, *, today: date) -> QuerySet[Role]:
    rows = Role.objects.filter(organisation_id=key, ended_on__lt=today).select_related("person")
    return rows.only(*_LINE).order_by("-ended_on", "id")[:FORMER]


def of_organisation(actor: Any, organisation: Any) -> Mapping[str, Any]:
    """Current roles with their people and contacts, main contacts first, and the last former ones. Four queries."""
    today = timezone.localdate()
    # The names of those who are shown are sorted here.
    found = list(_now(organisation.pk, today=today))
    has_more = len(found) > MOST
    found = sorted(
        found[:MOST],
        key=lambda role: (not role.is_main_contact, role.kind, role.person.family_folded, role.pk),
    )
    reached = contacts_by_person([role.person_id for role in found])
    return {
        "organisation": organisation,
        "roles": [(role, reached[role.person_id][:2]) for role in found],
        "has_more": has_more,
        "former": list(_former(organisation.pk, today=today)),
    }


def of_community(actor: Any, community: Any) -> Mapping[str, Any]:
    """Who leads in the community, and how many people belong to it or a part of it. Four queries."""
    today = timezone.localdate()
    serving = Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=today)
    leading = Leadership.objects.filter(serving, community_id=community.pk).select_related("person")
    there = {community.pk, *communities.descendant_keys(community.pk)}
    people = Person.objects.filter(community_id__in=there)
    return {
        "community": community,
        "leading": list(leading.order_by(F("term_ends_on").asc(nulls_last=True), "id")[:MOST]),
        "count": people.count(),
        "people": list(people.order_by("name_folded", "id")[:8]),
    }
