"""Who is tied to whom among those who work with us and those weighed, as far as it is known.

Two organisations are tied where one of them said in our latest wave that they work together, where both are in one project, where
somebody has a role in both, and where one is part of the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import F, Q, QuerySet

from barnraise.plumbing.ui.lists.among import Among
from barnraise.sowhat.network.selectors import latest_pairs
from barnraise.what.projects.models import ProjectPartner
from barnraise.who.organisations.models import Organisation
from barnraise.who.partnerships.models import Partnership
from barnraise.who.partnerships.models.partnership import Stage
from barnraise.who.people.models import Role

from ..holes import Contacts

MOST = 1000
"""Among more who work with us one more frees us by less than a thousandth: the term is left out."""


def contacts() -> list[int]:
    """Keys of the organisations we have agreed, or are agreeing, to work with: at most MOST + 1. One query."""
    stages = (Stage.FORMING.value, Stage.ACTIVE.value)
    rows = Partnership.objects.filter(stage__in=stages, organisation__isnull=False).order_by()
    keys = rows.values_list("organisation_id", flat=True)[: MOST + 1]
    return sorted(key for key in keys if key is not None)


def ties(
    ours: Collection[int], weighed: Collection[int], on: date
) -> tuple[Contacts, dict[int, dict[int, str]]]:
    """Our contacts with the ties among them, and by key of those weighed which of our contacts each is tied to, by name. Six queries."""
    found: dict[int, set[int]] = defaultdict(set)
    among: set[tuple[int, int]] = set()
    known, keys = set(ours), {*ours, *weighed}
    for one, other in chain(_pairs(keys, ours, on), _said(keys, known)):
        if one in known:
            among.add((one, other))
        else:
            found[one].add(other)
    met = {key for keys in found.values() for key in keys}
    names = (
        dict(Organisation.objects.filter(Among("pk", sorted(met))).values_list("pk", "name")) if met else {}
    )
    return Contacts(ours, among), {
        key: {one: names[one] for one in sorted(some)} for key, some in found.items()
    }


def _said(keys: Collection[int], ours: Collection[int]) -> Iterator[tuple[int, int]]:
    """The same pairs of our latest wave, whichever of the two said so."""
    for one, other in latest_pairs():
        if one in keys and other in ours:
            yield one, other
        if other in keys and one in ours:
            yield other, one


def _pairs(keys: Collection[int], ours: Collection[int], on: date) -> Iterator[tuple[int, int]]:
    """(one of the keys, one of ours that it is tied to)."""
    both, contacts = sorted(set(keys)), sorted(ours)
    together = ProjectPartner.objects.filter(
        Among("organisation_id", both), Among("project__partners__organisation_id", contacts)
    )
    yield from _told(together, "project__partners__organisation_id")
    current = Q(ended_on__isnull=True) | Q(ended_on__gte=on)
    there = Q(person__roles__ended_on__isnull=True) | Q(person__roles__ended_on__gte=on)
    roles = Role.objects.filter(
        current, there, Among("organisation_id", both), Among("person__roles__organisation_id", contacts)
    )
    yield from _told(roles, "person__roles__organisation_id")
    parts = Organisation.objects.filter(Among("pk", both), Among("parent_id", contacts)).annotate(
        organisation_id=F("pk")
    )
    yield from _told(parts, "parent_id")
    wholes = Organisation.objects.filter(Among("parent_id", both), Among("pk", contacts)).annotate(
        organisation_id=F("parent_id")
    )
    yield from _told(wholes, "pk")


def _told(rows: QuerySet[Any], other: str) -> set[tuple[int, int]]:
    pairs = rows.order_by().values_list("organisation_id", other).distinct()
    return {(one, that) for one, that in pairs if one != that}
