"""Objectives and indicators, and what keeps an objective from being SMART."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from barnraise.foundation.refs import Ref
from barnraise.plumbing.snoozes.selectors import awake
from barnraise.plumbing.ui.hanging import hanging

from ..models import Goal, Indicator, Objective
from ..smart import Facts, missing
from .goals import NOT_ENDED, needs_cited


def objectives_listed(actor: Any = None) -> QuerySet[Objective]:
    """All objectives with goal and owner, and `indicator_count`."""
    rows = Objective.objects.select_related("goal", "owner")
    return rows.annotate(indicator_count=hanging(Indicator.objects.all(), "objective"))


def objectives_of(goal: Goal) -> list[Objective]:
    """A goal's objectives in the order in which they were added."""
    return list(Objective.objects.filter(goal=goal).select_related("owner", "goal").order_by("id"))


def open_objectives() -> QuerySet[Objective]:
    """Objectives that have not ended, with their goals, by goal."""
    return Objective.objects.filter(NOT_ENDED).select_related("goal").order_by("goal__name_folded", "id")


def one_objective(uuid: UUID) -> Objective:
    """Raises Objective.DoesNotExist."""
    return Objective.objects.select_related("goal", "owner").get(uuid=uuid)


def one_objective_by_key(key: int) -> Objective:
    """Raises Objective.DoesNotExist."""
    return Objective.objects.get(pk=key)


def objective_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Objective.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def objectives_without_indicator(most: int) -> tuple[int, list[Ref]]:
    """How many objectives that have not ended have no indicator, and the first of them."""
    told = Indicator.objects.filter(objective=OuterRef("pk"))
    rows = Objective.objects.filter(NOT_ENDED).filter(~Exists(told))
    keys = rows.order_by("id").values_list("pk", flat=True)[:most]
    return rows.count(), [Ref("goals", "objective", key) for key in keys]


def due_soon(today: date, *, within: timedelta, most: int) -> list[Objective]:
    """Objectives that have not ended and are due by then or overdue, the first one first."""
    rows = Objective.objects.filter(NOT_ENDED, due_on__lte=today + within).select_related("goal", "owner")
    return list(awake(rows, "goals.waiting", today).order_by("due_on", "id")[:most])


def facts_of(objectives: Iterable[Objective]) -> dict[int, Facts]:
    """What is known of each, by key: its first indicator is the measure. Two queries."""
    kept = list(objectives)
    first: dict[int, Indicator] = {}
    for row in Indicator.objects.filter(objective__in=kept).order_by("-id"):
        if row.objective_id is not None:
            first[row.objective_id] = row
    goals = {one.goal_id for one in kept}
    needy = set(needs_cited().filter(goal_id__in=goals).values_list("goal_id", flat=True))
    found = {}
    for one in kept:
        told = first.get(one.pk)
        found[one.pk] = Facts(
            measure=told.name if told else "",
            unit=told.unit if told else "",
            baseline=told.baseline_value if told else None,
            target=told.target_value if told else None,
            is_up=told is None or told.direction == Indicator.Direction.UP,
            has_owner=one.owner_id is not None,
            has_need=one.goal_id in needy,
            due_on=one.due_on,
        )
    return found


def letters_of(objectives: Iterable[Objective]) -> dict[int, str]:
    """The letters that stand, by key: "SMART" when nothing is missing, else the missing ones are dots."""
    found = {}
    for key, facts in facts_of(objectives).items():
        lacks = {one.letter for one in missing(facts)}
        found[key] = "".join("·" if letter in lacks else letter for letter in "SMART")
    return found


def indicators_listed(actor: Any = None) -> QuerySet[Indicator]:
    """All indicators with objective, its goal, and owner."""
    return Indicator.objects.select_related("objective__goal", "owner")


def indicators_of(objective: Objective) -> list[Indicator]:
    """An objective's indicators; the first one is its measure."""
    return list(Indicator.objects.filter(objective=objective).select_related("owner").order_by("id"))


def live_indicators() -> QuerySet[Indicator]:
    """Indicators of which values are asked."""
    return Indicator.objects.filter(ended_on__isnull=True).order_by("id")


def one_indicator(uuid: UUID) -> Indicator:
    """Raises Indicator.DoesNotExist."""
    return indicators_listed().get(uuid=uuid)


def one_indicator_by_key(key: int) -> Indicator:
    """Raises Indicator.DoesNotExist."""
    return indicators_listed().get(pk=key)


def indicator_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Indicator.objects.filter(pk__in=list(keys)).values_list("pk", "name"))
