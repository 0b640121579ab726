"""What pages of organisations and communities show of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

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


def of_organisation(actor: Any, organisation: Any) -> Mapping[str, Any]:
    """Current roles with their people and contacts, main contacts first, and the last former ones. Four queries."""
    today = timezone.localdate()
    rows = Role.objects.filter(organisation_id=organisation.pk).select_related("person").only(*_LINE)
    # The order of an index, however many work there; the names of those who are shown are sorted here.
    now = rows.filter(current(today)).order_by("-is_main_contact", "kind", "id")[: MOST + 1]
    found = list(now)
    has_more = len(found) > MOST
    found = sorted(
        found[:MOST],
        key=lambda role: (not role.is_main_contact, role.kind, role.person.family_folded, role.pk),
    )
    former = rows.filter(ended_on__lt=today).order_by("-ended_on", "id")
    reached = contacts_by_person([role.person_id for role in found])
    return {
        "organisation": organisation,
        "roles": [(role, reached[role.person_id][:2]) for role in found],
        "has_more": has_more,
        "former": list(former[:FORMER]),
    }


def of_community(actor: Any, community: Any) -> Mapping[str, Any]:
    """Who leads in the community, and how many people belong to it, the newest first. Three queries."""
    today = timezone.localdate()
    serving = Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=today)
    leading = Leadership.objects.filter(serving, community_id=community.pk).select_related("person")
    people = Person.objects.filter(community_id=community.pk)
    return {
        "community": community,
        "leading": list(leading.order_by(F("term_ends_on").asc(nulls_last=True), "id")[:MOST]),
        "count": people.count(),
        "people": list(people.order_by("name_folded", "id")[:8]),
    }
