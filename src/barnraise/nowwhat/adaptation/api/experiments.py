"""Experiments for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.foundation.naming import naming
from barnraise.plumbing.ui import rest

from .. import policies, selectors, services
from ..models import Experiment
from ..states import STATES
from .shared import clean, must_be_there

router = rest.router(tags=["Adaptation"])
_STATES = ", ".join(STATES)
_VERDICTS = ", ".join(Experiment.Verdict.values)


class ExperimentPatch(Schema):
    """What of a card without verdict to change; what is left out stays."""

    title: str | None = Field(None, max_length=200, description="What is tried.")
    about: str | None = Field(
        None, max_length=80, description="Typed reference of what it is tried in; empty for none."
    )
    hypothesis: str | None = Field(None, max_length=2000, description="What is expected.")
    measure: str | None = Field(None, max_length=2000, description="How it is measured.")
    stop_rule: str | None = Field(None, max_length=2000, description="When it is stopped early.")
    starts_on: rest.Day | None = Field(None, description="From when.")
    judge_on: rest.Day | None = Field(None, description="When it is judged.")
    owner: str | None = Field(
        None, max_length=254, description="E-mail of the account that sees to it; null is nobody."
    )


class ExperimentIn(ExperimentPatch):
    """A card to note."""

    title: str = Field(max_length=200, description="What is tried.")
    hypothesis: str = Field(max_length=2000, description="What is expected.")
    measure: str = Field(max_length=2000, description="How it is measured.")
    stop_rule: str = Field(max_length=2000, description="When it is stopped early.")
    starts_on: rest.Day = Field(description="From when.")
    judge_on: rest.Day = Field(description="When it is judged.")


class ExperimentOut(Schema):
    """An experiment."""

    id: UUID = Field(description="Its id.")
    title: str = Field(description="What is tried.")
    about: str = Field(description="Typed reference of what it is tried in.")
    hypothesis: str = Field(description="What is expected.")
    measure: str = Field(description="How it is measured.")
    stop_rule: str = Field(description="When it is stopped early.")
    starts_on: date = Field(description="From when.")
    judge_on: date = Field(description="When it is judged.")
    owner: str | None = Field(description="E-mail of the account that sees to it.")
    state: str = Field(description=f"How it stands today: one of {_STATES}.")
    verdict: str = Field(description=f"What came of it: one of {_VERDICTS}; empty before.")
    verdict_on: date | None = Field(description="On which day.")
    verdict_note: str = Field(description="What was seen, and what follows.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class VerdictIn(Schema):
    """What came of it."""

    verdict: str = Field(max_length=7, description=f"One of {_VERDICTS}.")
    verdict_on: rest.Day | None = Field(None, description="On which day; today where it is left out.")
    note: str = Field(max_length=2000, description="What was seen, and what follows.")


_PLAIN = (
    "title", "about", "hypothesis", "measure", "stop_rule", "starts_on", "judge_on", "verdict", "verdict_on", "verdict_note",
    "created_at", "updated_at",
)  # fmt: skip


def _shape(row: Experiment) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "owner": row.owner.email if row.owner else None,
        "state": selectors.state_of(row),
        **{name: getattr(row, name) for name in _PLAIN},
    }


def _one(request: HttpRequest, uuid: UUID) -> Experiment:
    row: Experiment = rest.one(selectors.experiments(request.user), uuid=uuid)
    return row


def _said(given: Schema) -> dict[str, Any]:
    said = clean(given.model_dump(exclude_unset=True), empty=("about",))
    if said.get("about"):
        must_be_there("about", [said["about"]])
    return said


@router.get("/experiments", response=rest.Page[ExperimentOut], operation_id="list_experiments")
@rest.asks(policies.may_see)
def list_experiments(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str, Query(max_length=8, description=f"Only those in this state: {_STATES}.")] = "",
    about: Annotated[str, Query(max_length=80, description="Only tried in this: a typed reference.")] = "",
) -> Any:
    """All experiments, judged ones too."""
    rows = selectors.experiments(request.user)
    if state:
        if state not in STATES:
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(selectors.in_state(state, timezone.localdate()))
    if about:
        rows = rows.filter(naming("about", about))
    return rest.page_of(rows, paging, _shape)


@router.post("/experiments", response={201: ExperimentOut}, operation_id="create_experiment")
@rest.asks(policies.may_edit)
def create_experiment(request: HttpRequest, given: ExperimentIn) -> Any:
    """Note an experiment."""
    return 201, _shape(services.add_experiment(by=request.user, **_said(given)))


@router.get("/experiments/{uuid}", response=ExperimentOut, operation_id="read_experiment")
@rest.asks(policies.may_see)
def read_experiment(request: HttpRequest, uuid: UUID) -> Any:
    """One experiment."""
    return _shape(_one(request, uuid))


@router.patch("/experiments/{uuid}", response=ExperimentOut, operation_id="change_experiment")
@rest.asks(policies.may_edit)
def change_experiment(request: HttpRequest, uuid: UUID, given: ExperimentPatch) -> Any:
    """Change a card that has no verdict yet."""
    services.change_experiment(_one(request, uuid), by=request.user, **_said(given))
    return _shape(_one(request, uuid))


@router.delete("/experiments/{uuid}", operation_id="remove_experiment")
@rest.asks(policies.may_approve)
def remove_experiment(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that was noted by mistake; any other is judged and stays."""
    services.remove_experiment(_one(request, uuid), by=request.user)
    return 204, None


@router.post("/experiments/{uuid}/verdict", response=ExperimentOut, operation_id="judge_experiment")
@rest.asks(policies.may_edit)
def judge_experiment(request: HttpRequest, uuid: UUID, given: VerdictIn) -> Any:
    """Say what came of it."""
    services.judge(_one(request, uuid), by=request.user, **clean(given.model_dump()))
    return _shape(_one(request, uuid))


@router.delete("/experiments/{uuid}/verdict", response=ExperimentOut, operation_id="reopen_experiment")
@rest.asks(policies.may_edit)
def reopen_experiment(request: HttpRequest, uuid: UUID) -> Any:
    """Take the verdict back."""
    services.reopen(_one(request, uuid), by=request.user)
    return _shape(_one(request, uuid))
