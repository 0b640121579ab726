"""Take the sample town's goals away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search

from ..models import Endorsement, Goal, Indicator, Objective
from ..selectors import GOAL, INDICATOR, OBJECTIVE


@transaction.atomic
def remove_sample(*, by: Any) -> tuple[int, int, int]:
    """How many goals, objectives and indicators went. What real people hung on them stays, without them, or goes along."""
    Endorsement.objects.filter(
        Q(is_sample=True) | Q(goal__is_sample=True) | Q(organisation__is_sample=True)
    ).delete()
    Indicator.objects.filter(is_sample=False, objective__is_sample=True).update(objective=None)
    indicators = list(Indicator.objects.filter(is_sample=True).values_list("pk", flat=True))
    objectives = list(
        Objective.objects.filter(Q(is_sample=True) | Q(goal__is_sample=True)).values_list("pk", flat=True)
    )
    goals = list(Goal.objects.filter(is_sample=True).values_list("pk", flat=True))
    Indicator.objects.filter(objective_id__in=objectives, is_sample=False).update(objective=None)
    Indicator.objects.filter(pk__in=indicators).delete()
    Objective.objects.filter(pk__in=objectives).delete()
    Goal.objects.filter(pk__in=goals).delete()
    for kind, keys in ((INDICATOR, indicators), (OBJECTIVE, objectives), (GOAL, goals)):
        search.remove(kind, keys)
    if goals:
        record(by=by, verb="goals.sample_removed", about=[], details={"count": len(goals)})
    return len(goals), len(objectives), len(indicators)
