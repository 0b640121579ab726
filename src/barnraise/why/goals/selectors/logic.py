"""The logic model of a goal, drawn from its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ..logic import without_way
from ..models import Goal, Indicator, LogicArrow, LogicStep
from .objectives import objectives_of


@dataclass(slots=True)
class Box:
    """One box: its text, where it leads, and what is wrong with it ("indicator": nothing tells of it; "way": leads nowhere)."""

    text: str
    step: LogicStep | None = None
    url: str = ""
    arrows: list[LogicArrow] = field(default_factory=list)
    lacks: str = ""


@dataclass(slots=True)
class Column:
    """One column of the model."""

    code: str
    title: Any
    boxes: list[Box] = field(default_factory=list)


def one_step(uuid: UUID) -> LogicStep:
    """Raises LogicStep.DoesNotExist."""
    return LogicStep.objects.select_related("goal", "objective").get(uuid=uuid)


def one_arrow(uuid: UUID) -> LogicArrow:
    """Raises LogicArrow.DoesNotExist."""
    return LogicArrow.objects.select_related("start__goal", "end").get(uuid=uuid)


def arrows_of(goal: Goal) -> list[LogicArrow]:
    """All arrows of a goal's model."""
    return list(LogicArrow.objects.filter(start__goal=goal).select_related("start", "end").order_by("id"))


def columns_of(goal: Goal) -> list[Column]:
    """The four columns: the steps written down, and objectives of the goal that no step stands for, as outcomes."""
    steps = list(LogicStep.objects.filter(goal=goal).select_related("objective").order_by("id"))
    arrows = arrows_of(goal)
    objectives = objectives_of(goal)
    told = set(Indicator.objects.filter(objective__in=objectives).values_list("objective_id", flat=True))
    pairs = [(arrow.start_id, arrow.end_id) for arrow in arrows]
    lost = set(without_way({step.pk: step.stage for step in steps}, pairs))
    columns = {code: Column(code, label) for code, label in LogicStep.Stage.choices}
    for step in steps:
        lacks = "way" if step.pk in lost else ""
        if step.stage == LogicStep.Stage.OUTCOME and step.objective_id not in told:
            lacks = "indicator"
        url = step.objective.get_absolute_url() if step.objective else ""
        out = [arrow for arrow in arrows if arrow.start_id == step.pk]
        columns[step.stage].boxes.append(Box(step.text, step, url, out, lacks))
    shown = {step.objective_id for step in steps}
    columns["outcome"].boxes += [
        Box(one.name, None, one.get_absolute_url(), [], "" if one.pk in told else "indicator")
        for one in objectives
        if one.pk not in shown
    ]
    return list(columns.values())
