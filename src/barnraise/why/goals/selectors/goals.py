"""Goals, and the needs and decisions that they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.ui.hanging import hanging
from barnraise.plumbing.ui.sockets import kinds
from barnraise.why.needs.models import Need

from ..models import Citation, Endorsement, Goal, Objective

GOAL, OBJECTIVE, INDICATOR = "goals.goal", "goals.objective", "goals.indicator"
CITATION, ENDORSEMENT = "goals.citation", "goals.endorsement"
NEED = "needs.need"
CITABLE = (NEED, "decisions.decision")
"""Kinds of things that a goal may rest on, as far as their rooms are there."""
OFFERED = 300


def needs_cited() -> QuerySet[Citation]:
    """Citations of needs that are still there."""
    there = Need.objects.order_by().filter(pk=OuterRef("cited_key"))
    return Citation.objects.filter(Exists(there), cited_kind=NEED)


def goals_listed(actor: Any = None) -> QuerySet[Goal]:
    """All goals with owner, `objective_count`, `endorsed_count` and `has_need`."""
    endorsed = Endorsement.objects.filter(state=Endorsement.State.ENDORSED)
    return Goal.objects.select_related("owner").annotate(
        objective_count=hanging(Objective.objects.all(), "goal"),
        endorsed_count=hanging(endorsed, "goal"),
        has_need=Exists(needs_cited().filter(goal=OuterRef("pk"))),
    )


def open_goals() -> list[Goal]:
    """Goals that have not ended, by name."""
    return list(Goal.objects.exclude(state__in=("reached", "dropped")).order_by("name_folded", "id"))


def one_goal(uuid: UUID) -> Goal:
    """Raises Goal.DoesNotExist."""
    return Goal.objects.select_related("owner").get(uuid=uuid)


def one_goal_by_key(key: int) -> Goal:
    """Raises Goal.DoesNotExist."""
    return Goal.objects.get(pk=key)


def goal_named(name: str) -> Goal | None:
    """The goal of this name; case and accents do not count."""
    return Goal.objects.filter(name_folded=fold(name)[:200]).first()


def goal_titles(keys: Sequence[int]) -> Mapping[int, str]:
    """Names by key."""
    return dict(Goal.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def goals_without_need(most: int) -> tuple[int, list[Ref]]:
    """How many goals that have not ended cite no need, and the first of them."""
    rows = Goal.objects.filter(~Exists(needs_cited().filter(goal=OuterRef("pk")))).exclude(
        state__in=("reached", "dropped")
    )
    return rows.count(), [
        Ref("goals", "goal", key) for key in rows.order_by("id").values_list("pk", flat=True)[:most]
    ]


def citable(actor: Any) -> list[tuple[str, Any, list[tuple[int, str]]]]:
    """(kind, its noun, [(key, title)]) of what this actor may see and a goal may rest on, the newest first."""
    found = []
    for kind in CITABLE:
        described = kinds.find(kind)
        if described is None or not described.policy(actor, None):
            continue
        model: Any = apps.get_model(kind)
        keys = list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:OFFERED])
        titles = described.titles(keys)
        found.append((kind, described.noun, [(key, titles[key]) for key in keys if key in titles]))
    return found


def citing(ref: Ref) -> list[Ref]:
    """The goals that rest on this need or decision."""
    rows = Citation.objects.filter(cited_kind=ref.kind, cited_key=ref.id).order_by("goal_id")
    return [Ref("goals", "goal", key) for key in rows.values_list("goal_id", flat=True)]


NOT_ENDED = ~Q(state__in=("reached", "dropped"))
