"""Take the sample town's projects away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Actual, Contribution, Opening, Placement, Project, ProjectPartner
from ..selectors import CONTRIBUTION, OPENING, PLACEMENT, PROJECT


@transaction.atomic
def remove_sample(*, by: Any) -> tuple[int, int, int]:
    """How many projects, contributions and placements went; also those that hang on the sample's people and organisations."""
    of_sample = Q(is_sample=True) | Q(person__is_sample=True)
    placements = _gone(
        PLACEMENT,
        Placement.objects.filter(of_sample | Q(opening__project__is_sample=True) | Q(mentor__is_sample=True)),
    )
    gifts = _gone(
        CONTRIBUTION,
        Contribution.objects.filter(of_sample | Q(project__is_sample=True) | Q(organisation__is_sample=True)),
    )
    ProjectPartner.objects.filter(organisation__is_sample=True).delete()
    _gone(OPENING, Opening.objects.filter(project__is_sample=True))
    Actual.objects.filter(project__is_sample=True).delete()
    Project.objects.filter(is_sample=False, objective__is_sample=True).update(objective=None)
    keys = list(Project.objects.filter(is_sample=True).values_list("pk", flat=True))
    Project.objects.filter(pk__in=keys).delete()
    search.remove(PROJECT, keys)
    if keys:
        record(by=by, verb="projects.sample_removed", about=[], details={"count": len(keys)})
    return len(keys), gifts, placements


def _gone(kind: str, rows: QuerySet[Any]) -> int:
    search.remove(kind, list(rows.values_list("pk", flat=True)))
    return rows.delete()[0]
