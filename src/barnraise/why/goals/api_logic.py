"""The logic model of a goal for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema

from barnraise.plumbing.ui import rest

from . import policies, selectors, services
from .models import Goal, LogicArrow, LogicStep, Objective
from .shaping import named

router = rest.router(tags=["Goals"])
_STAGES = ", ".join(LogicStep.Stage.values)


class LogicStepOut(Schema):
    """One box."""

    id: UUID = Field(description="Its id.")
    stage: str = Field(description=f"In which column: one of {_STAGES}.")
    text: str = Field(description="What it says.")
    objective: UUID | None = Field(description="Which objective this outcome is.")


class LogicStepIn(Schema):
    """A box to add."""

    stage: str = Field(max_length=8, description=f"In which column: one of {_STAGES}.")
    text: str = Field(min_length=1, max_length=200, description="What it says.")
    objective: UUID | None = Field(None, description="Which objective of the goal this outcome is.")


class LogicStepPatch(Schema):
    """What of a box is to change; what is left out stays."""

    stage: str | None = Field(None, max_length=8, description=f"One of {_STAGES}.")
    text: str | None = Field(None, min_length=1, max_length=200, description="What it says.")
    objective: UUID | None = Field(None, description="Which objective this outcome is; null for none.")


class ArrowOut(Schema):
    """One step leads to another."""

    id: UUID = Field(description="Its id.")
    start: UUID = Field(description="From which box.")
    end: UUID = Field(description="To which box.")
    assumption: str = Field(description="On which assumption.")


class ArrowIn(Schema):
    """An arrow to draw."""

    start: UUID = Field(description="From which box.")
    end: UUID = Field(description="To which box of the same goal.")
    assumption: str = Field("", max_length=300, description="On which assumption.")


class LogicOut(Schema):
    """A logic model."""

    steps: list[LogicStepOut] = Field(description="The boxes.")
    arrows: list[ArrowOut] = Field(description="The arrows between them.")


def _step(row: LogicStep) -> dict[str, Any]:
    objective = row.objective.uuid if row.objective else None
    return {"id": row.uuid, "stage": row.stage, "text": row.text, "objective": objective}


def _arrow(row: LogicArrow) -> dict[str, Any]:
    return {"id": row.uuid, "start": row.start.uuid, "end": row.end.uuid, "assumption": row.assumption}


def _goal(request: HttpRequest, uuid: UUID) -> Goal:
    return rest.one(selectors.goals_listed(request.user), uuid=uuid)


def _steps() -> Any:
    return LogicStep.objects.select_related("goal", "objective")


@router.get("/goals/{uuid}/logic", response=LogicOut, operation_id="read_goal_logic")
@rest.asks(policies.may_see)
def read_logic(request: HttpRequest, uuid: UUID) -> Any:
    """The logic model of a goal."""
    goal = _goal(request, uuid)
    steps = [_step(row) for row in _steps().filter(goal=goal).order_by("id")]
    return {"steps": steps, "arrows": [_arrow(row) for row in selectors.arrows_of(goal)]}


@router.post("/goals/{uuid}/logic/steps", response={201: LogicStepOut}, operation_id="create_goal_logic_step")
@rest.asks(policies.may_edit)
def create_step(request: HttpRequest, uuid: UUID, given: LogicStepIn) -> Any:
    """Add a box."""
    said = {**given.model_dump(), "objective": named(Objective, "objective", given.objective)}
    return 201, _step(services.add_step(_goal(request, uuid), by=request.user, **said))


@router.patch("/goal-logic-steps/{uuid}", response=LogicStepOut, operation_id="change_goal_logic_step")
@rest.asks(policies.may_edit)
def change_step(request: HttpRequest, uuid: UUID, given: LogicStepPatch) -> Any:
    """Change a box."""
    row = rest.one(_steps(), uuid=uuid)
    said = given.model_dump(exclude_unset=True)
    values = {name: value for name, value in said.items() if value is not None or name == "objective"}
    if "objective" in values:
        values["objective"] = named(Objective, "objective", values["objective"])
    services.change_step(row, by=request.user, **values)
    return _step(rest.one(_steps(), uuid=uuid))


@router.delete("/goal-logic-steps/{uuid}", operation_id="remove_goal_logic_step")
@rest.asks(policies.may_edit)
def remove_step(request: HttpRequest, uuid: UUID) -> Any:
    """Take a box and its arrows away."""
    services.remove_step(rest.one(_steps(), uuid=uuid), by=request.user)
    return 204, None


@router.post("/goals/{uuid}/logic/arrows", response={201: ArrowOut}, operation_id="create_goal_logic_arrow")
@rest.asks(policies.may_edit)
def create_arrow(request: HttpRequest, uuid: UUID, given: ArrowIn) -> Any:
    """Draw an arrow; one that makes a loop is refused."""
    goal = _goal(request, uuid)
    ends = {name: named(LogicStep, name, getattr(given, name)) for name in ("start", "end")}
    rest.one(_steps(), pk=ends["start"].pk, goal=goal)
    return 201, _arrow(services.add_arrow(**ends, assumption=given.assumption, by=request.user))


@router.delete("/goal-logic-arrows/{uuid}", operation_id="remove_goal_logic_arrow")
@rest.asks(policies.may_edit)
def remove_arrow(request: HttpRequest, uuid: UUID) -> Any:
    """Take an arrow away."""
    rows = LogicArrow.objects.select_related("start__goal", "end")
    services.remove_arrow(rest.one(rows, uuid=uuid), by=request.user)
    return 204, None
