"""Decisions and votes for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui import rest
from barnraise.why.needs.models import Need

from . import api_comments, api_proposals, policies, selectors, services
from .models import Decision

router = rest.router(tags=["Decisions"])
router.add_router("", api_proposals.router)
router.add_router("", api_comments.router)

_STAGES = ", ".join(Decision.Stage.values)
_METHODS = ", ".join(Decision.Method.values)


class DecisionOut(Schema):
    """A question that is settled by those it concerns."""

    id: UUID = Field(description="Its id.")
    title: str = Field(description="The question.")
    code: str = Field(description="Its public address is /d/CODE/.")
    about: str = Field(description="What people should know.")
    rules: str = Field(description="Rules of the discussion.")
    need: UUID | None = Field(description="The need it answers.")
    method: str = Field(description=f"How it is voted: one of {_METHODS}.")
    most: int = Field(description="How many are ranked.")
    is_public: bool = Field(description="Whether everybody who has the address takes part.")
    is_moderated: bool = Field(description="Whether what comes is read before it is shown.")
    closes_on: date | None = Field(description="The last day to take part.")
    stage: str = Field(description=f"Where it stands: one of {_STAGES}.")
    outcome: str = Field(description="What was decided, or why it was dropped.")
    decided_on: date | None = Field(description="When it was decided.")
    carried_by: str = Field(description="Reference of the goal or project that carries it out.")
    became: str = Field(description="What became of it.")
    became_on: date | None = Field(description="As of which day.")
    created_at: datetime = Field(description="When it was prepared.")
    updated_at: datetime = Field(description="When it changed last.")


class NewDecisionIn(Schema):
    """A question to prepare."""

    title: str = Field(min_length=1, max_length=200, description="The question.")
    code: str = Field(
        "", max_length=40, description="Its public address; made of the question where left out."
    )
    about: str = Field("", max_length=4000, description="What people should know.")
    rules: str = Field("", max_length=2000, description="Rules of the discussion.")
    need: UUID | None = Field(None, description="The need it answers.")
    method: str = Field("approval", max_length=10, description=f"How it is voted: one of {_METHODS}.")
    most: int = Field(5, ge=1, le=10, description="How many are ranked.")
    is_public: bool = Field(
        True, strict=True, description="Whether everybody who has the address takes part."
    )
    is_moderated: bool = Field(
        True, strict=True, description="Whether what comes is read before it is shown."
    )
    closes_on: rest.Day | None = Field(None, description="The last day to take part.")


class DecisionPatch(rest.Given):
    """What to change; what is left out stays."""

    title: str | None = Field(None, min_length=1, max_length=200, description="The question.")
    code: str | None = Field(None, max_length=40, description="Its public address.")
    about: str | None = Field(None, max_length=4000, description="What people should know.")
    rules: str | None = Field(None, max_length=2000, description="Rules of the discussion.")
    need: UUID | None = Field(None, description="The need it answers.")
    method: str | None = Field(None, max_length=10, description=f"How it is voted: one of {_METHODS}.")
    most: int | None = Field(None, ge=1, le=10, description="How many are ranked.")
    is_public: bool | None = Field(None, strict=True, description="Whether everybody takes part.")
    is_moderated: bool | None = Field(None, strict=True, description="Whether what comes is read first.")
    closes_on: rest.Day | None = Field(None, description="The last day to take part.")


class StageIn(Schema):
    """The next stage of a decision."""

    stage: str = Field(max_length=10, description="One of proposing, voting, decided, dropped.")
    outcome: str = Field("", max_length=4000, description="What was decided, or why it is dropped.")
    decided_on: rest.Day | None = Field(None, description="When it was decided.")
    carried_by: str = Field(
        "", max_length=100, description="Reference of what carries it out, such as goals.goal:3."
    )
    became: str = Field("", max_length=4000, description="What became of a decided one.")
    became_on: rest.Day | None = Field(None, description="As of which day.")


class TallyOut(Schema):
    """What a proposal got."""

    proposal: UUID = Field(description="Which proposal.")
    title: str = Field(description="What is proposed.")
    points: int = Field(description="Its votes, or the points of its ranks.")
    voters: int = Field(description="How many named it.")
    rank: int = Field(description="1 comes first; ties share a rank.")


class TalliesOut(Schema):
    """The vote so far."""

    voices: int = Field(description="How many have voted.")
    proposals: list[TallyOut] = Field(description="The proposals, the first first.")


_NAMES = (
    "title", "code", "about", "rules", "method", "most", "is_public", "is_moderated", "closes_on", "stage", "outcome", "decided_on",
    "carried_by", "became", "became_on", "created_at", "updated_at",
)  # fmt: skip


def _decision(row: Decision) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in _NAMES}
    return {"id": row.uuid, "need": row.need.uuid if row.need else None, **said}


def _said(given: Schema) -> dict[str, Any]:
    said = given.model_dump(exclude_unset=isinstance(given, rest.Given))
    said = {name: value for name, value in said.items() if value is not None or name in ("need", "closes_on")}
    if said.get("need"):
        row = Need.objects.filter(uuid=said["need"]).first()
        if row is None:
            raise ValidationError({"need": "There is no need with this id."})
        said["need"] = row
    return said


def _ref(text: str) -> Ref | None:
    try:
        return Ref.parse(text) if text else None
    except ValueError as no:
        raise ValidationError({"carried_by": str(no)}) from None


def _one(request: HttpRequest, uuid: UUID) -> Decision:
    return rest.one(selectors.decisions_listed(request.user), uuid=uuid)


@router.get("/decisions", response=rest.Page[DecisionOut], operation_id="list_decisions")
@rest.asks(policies.may_see)
def list_decisions(
    request: HttpRequest,
    paging: rest.PageQuery,
    stage: Annotated[
        str | None, Query(max_length=10, description=f"Only those of this stage: one of {_STAGES}.")
    ] = None,
) -> Any:
    """All decisions."""
    rows = selectors.decisions_listed(request.user)
    return rest.page_of(rows.filter(stage=stage) if stage else rows, paging, _decision)


@router.post("/decisions", response={201: DecisionOut}, operation_id="create_decision")
@rest.asks(policies.may_edit)
def create_decision(request: HttpRequest, given: NewDecisionIn) -> Any:
    """Prepare a question."""
    return 201, _decision(services.add_decision(by=request.user, **_said(given)))


@router.get("/decisions/{uuid}", response=DecisionOut, operation_id="read_decision")
@rest.asks(policies.may_see)
def read_decision(request: HttpRequest, uuid: UUID) -> Any:
    """One decision."""
    return _decision(_one(request, uuid))


@router.patch("/decisions/{uuid}", response=DecisionOut, operation_id="change_decision")
@rest.asks(policies.may_edit)
def change_decision(request: HttpRequest, uuid: UUID, given: DecisionPatch) -> Any:
    """Change a question."""
    services.change_decision(_one(request, uuid), by=request.user, **_said(given))
    return _decision(_one(request, uuid))


@router.post("/decisions/{uuid}/stage", response=DecisionOut, operation_id="move_decision")
@rest.asks(policies.may_lead)
def move_decision(request: HttpRequest, uuid: UUID, given: StageIn) -> Any:
    """Open it for proposals or the vote, settle it, say what became of it, or drop it."""
    row, by = _one(request, uuid), request.user
    if given.stage == "proposing":
        services.open_proposals(row, by=by)
    elif given.stage == "voting":
        services.open_vote(row, by=by)
    elif given.stage == "dropped":
        services.drop_decision(row, by=by, reason=given.outcome)
    elif given.stage == "decided":
        _settle(row, given, by)
    else:
        raise ValidationError({"stage": "Write one of proposing, voting, decided, dropped."})
    return _decision(_one(request, uuid))


def _settle(row: Decision, given: StageIn, by: Any) -> None:
    if given.outcome:
        if given.decided_on is None:
            raise ValidationError({"decided_on": "Say when it was decided."})
        carried_by = _ref(given.carried_by)
        row = services.settle(
            row, by=by, outcome=given.outcome, decided_on=given.decided_on, carried_by=carried_by
        )
    elif given.carried_by:
        row = services.carry(row, by=by, carried_by=_ref(given.carried_by))
    if given.became:
        if given.became_on is None:
            raise ValidationError({"became_on": "Say as of which day."})
        services.follow_up(row, by=by, became=given.became, became_on=given.became_on)
    if not (given.outcome or given.carried_by or given.became):
        raise ValidationError({"outcome": "Say what was decided."})


@router.delete("/decisions/{uuid}", operation_id="remove_decision")
@rest.asks(policies.may_lead)
def remove_decision(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a question that nobody has taken part in; another is a 409: drop it instead."""
    try:
        services.remove_decision(_one(request, uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None


@router.get("/decisions/{uuid}/tally", response=TalliesOut, operation_id="read_decision_tally")
@rest.asks(policies.may_see)
def read_tally(request: HttpRequest, uuid: UUID) -> Any:
    """The vote so far."""
    row = _one(request, uuid)
    named = {one.pk: one for one in selectors.proposals_of(row)}
    lines = [
        {
            "proposal": named[one.proposal].uuid,
            "title": named[one.proposal].title,
            "points": one.points,
            "voters": one.voters,
            "rank": one.rank,
        }
        for one in selectors.lines_of(row)
        if one.proposal in named
    ]
    return {"voices": selectors.voices_of(row), "proposals": lines}
