"""The sample town's goals: what Riverbend aims at, how it tells, and who stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.journal.services.record import arriving_by
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations.models import Organisation
from barnraise.why.decisions.models import Decision
from barnraise.why.decisions.services import carry
from barnraise.why.needs.models import Need

from . import services
from .models import Goal, Indicator, Objective
from .sample_goals import GOALS, WORDS, Aim, Step
from .selectors import goal_named

LANGUAGES = ("en", "es")


def load(*, by: Any) -> Mapping[str, int]:
    """Write goals, objectives, indicators, logic models and endorsements; nothing when they are there already."""
    if Goal.objects.filter(is_sample=True).exists():
        return {"goals": 0, "objectives": 0, "indicators": 0}
    at = 1 if installation().default_language == "es" else 0
    today = timezone.localdate()
    with transaction.atomic(), arriving_by("sample"):
        made = [_goal(aim, number, at, today, by) for number, aim in enumerate(GOALS)]
        record(by=by, verb="goals.sample_added", about=[], details={"count": len(made)})
    counts = {"goals": len(made)}
    counts["objectives"] = Objective.objects.filter(is_sample=True).count()
    counts["indicators"] = Indicator.objects.filter(is_sample=True).count()
    return counts


def _goal(aim: Aim, number: int, at: int, today: date, by: Any) -> Goal:
    name = aim.name[at]
    if goal_named(name) is not None:
        name = f"{name} (Riverbend)"
    goal = services.add_goal(
        name=name,
        about=aim.about[at],
        starts_on=date(today.year - 2, 1, 1),
        ends_on=date(today.year + 1, 12, 31),
        owner=by if getattr(by, "pk", None) else None,
        by=by,
        is_sample=True,
    )
    _cite(goal, aim, by)
    for step in aim.steps:
        _objective(goal, step, at, today, by)
    _model(goal, aim, at, by)
    _endorse(goal, number, at, by)
    return services.agree_goal(goal, by=by)


def _cite(goal: Goal, aim: Aim, by: Any) -> None:
    """The need it answers, and the decision of residents that it carries out."""
    needs = list(Need.objects.filter(is_sample=True).order_by("pk")[:9])
    if needs:
        services.cite(goal, ref=Ref.to(needs[aim.need % len(needs)]), by=by)
    decisions = list(Decision.objects.filter(is_sample=True).order_by("pk")[:9])
    if aim.decision is not None and aim.decision < len(decisions):
        decided = decisions[aim.decision]
        services.cite(goal, ref=Ref.to(decided), by=by)
        carry(decided, carried_by=Ref.to(goal), by=by)


def _objective(goal: Goal, step: Step, at: int, today: date, by: Any) -> None:
    due = date(today.year, 12, 31) + timedelta(days=step.due_in)
    objective = services.add_objective(
        goal,
        name=step.name[at],
        about="",
        owner=by if getattr(by, "pk", None) else None,
        due_on=due,
        by=by,
        is_sample=True,
    )
    if not step.measure[at]:
        return
    name = step.measure[at]
    if Indicator.objects.filter(name=name).exists():
        name = f"{name} (Riverbend)"
    services.add_indicator(
        name=name,
        objective=objective,
        definition=step.definition[at],
        unit=step.unit[at],
        direction=step.direction,
        rule=step.rule,
        frequency=step.frequency,
        baseline_value=Decimal(step.baseline),
        baseline_on=date(today.year - 2, 12, 31),
        target_value=Decimal(step.target),
        target_on=due,
        source_note=WORDS["by_hand"][at],
        by=by,
        is_sample=True,
    )


def _model(goal: Goal, aim: Aim, at: int, by: Any) -> None:
    rows = [services.add_step(goal, stage=stage, text=text[at], by=by) for stage, text in aim.model]
    for start, end, assumption in aim.arrows:
        services.add_arrow(start=rows[start], end=rows[end], assumption=assumption[at], by=by)


def _endorse(goal: Goal, number: int, at: int, by: Any) -> None:
    bodies = Organisation.objects.filter(is_sample=True, is_own=False).order_by("pk")[
        number * 3 : number * 3 + 3
    ]
    for place, organisation in enumerate(bodies):
        row = services.ask(goal, organisation=organisation, by=by, is_sample=True)
        if place < 2:
            services.note_answer(
                row, state="endorsed", words=WORDS["endorsed"][at], signed_by=WORDS["signer"][at], by=by
            )


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's goals away."""
    with transaction.atomic(), arriving_by("sample"):
        goals, objectives, indicators = services.remove_sample(by=by)
    return {"goals": goals, "objectives": objectives, "indicators": indicators}
