"""Where goals, objectives and indicators stand in the golden thread."""

from __future__ import annotations

from collections.abc import Sequence

from barnraise.foundation.refs import Ref

from . import selectors
from .models import Citation, Endorsement, Indicator, Objective


def cited_by_goal(ref: Ref) -> Sequence[Ref]:
    """What a goal rests on."""
    return [row.ref for row in Citation.objects.filter(goal_id=ref.id).order_by("id")]


def objectives_of_goal(ref: Ref) -> Sequence[Ref]:
    """A goal's objectives."""
    keys = Objective.objects.filter(goal_id=ref.id).order_by("id").values_list("pk", flat=True)
    return [Ref("goals", "objective", key) for key in keys]


def goal_of_objective(ref: Ref) -> Sequence[Ref]:
    """An objective's goal."""
    keys = Objective.objects.filter(pk=ref.id).values_list("goal_id", flat=True)
    return [Ref("goals", "goal", key) for key in keys]


def indicators_of_objective(ref: Ref) -> Sequence[Ref]:
    """An objective's indicators."""
    keys = Indicator.objects.filter(objective_id=ref.id).order_by("id").values_list("pk", flat=True)
    return [Ref("goals", "indicator", key) for key in keys]


def objective_of_indicator(ref: Ref) -> Sequence[Ref]:
    """An indicator's objective."""
    keys = Indicator.objects.filter(pk=ref.id, objective__isnull=False).values_list("objective_id", flat=True)
    return [Ref("goals", "objective", key) for key in keys if key is not None]


def goal_of_endorsement(ref: Ref) -> Sequence[Ref]:
    """What an organisation was asked to stand behind."""
    keys = Endorsement.objects.filter(pk=ref.id).values_list("goal_id", flat=True)
    return [Ref("goals", "goal", key) for key in keys]


def goals_citing(ref: Ref) -> Sequence[Ref]:
    """The goals that rest on a need or a decision."""
    return selectors.citing(ref)
