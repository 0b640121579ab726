"""What partners say to goals, for programs."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from ninja import Query

from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation

from . import policies, selectors, services
from .models import Endorsement, Goal
from .shaping import EndorsementIn, EndorsementOut, EndorsementPatch, endorsement_shape, named

router = rest.router(tags=["Goals"])


@router.get("/goal-endorsements", response=rest.Page[EndorsementOut], operation_id="list_goal_endorsements")
@rest.asks(policies.may_see)
def list_endorsements(
    request: HttpRequest,
    paging: rest.PageQuery,
    goal: Annotated[UUID | None, Query(description="Only those of this goal.")] = None,
    organisation: Annotated[UUID | None, Query(description="Only those of this organisation.")] = None,
    state: Annotated[str, Query(max_length=9, description="Only those in this state.")] = "",
) -> Any:
    """What partners say to goals."""
    rows = selectors.endorsements_listed(request.user)
    rows = rows.filter(goal__uuid=goal) if goal else rows
    rows = rows.filter(organisation__uuid=organisation) if organisation else rows
    rows = rows.filter(state=state.replace("\x00", "")) if state else rows
    return rest.page_of(rows, paging, endorsement_shape)


@router.post("/goal-endorsements", response={201: EndorsementOut}, operation_id="create_goal_endorsement")
@rest.asks(policies.may_edit)
@transaction.atomic
def create_endorsement(request: HttpRequest, given: EndorsementIn) -> Any:
    """Ask a partner, or note what they said; there is one for a goal and an organisation."""
    goal = named(Goal, "goal", given.goal)
    organisation = named(Organisation, "organisation", given.organisation)
    row: Endorsement = services.ask(goal, organisation=organisation, by=request.user)
    if given.state != "asked":
        row = services.note_answer(
            row, state=given.state, words=given.words, signed_by=given.signed_by, by=request.user
        )
    return 201, endorsement_shape(rest.one(selectors.endorsements_listed(), pk=row.pk))


@router.patch("/goal-endorsements/{uuid}", response=EndorsementOut, operation_id="change_goal_endorsement")
@rest.asks(policies.may_edit)
def change_endorsement(request: HttpRequest, uuid: UUID, given: EndorsementPatch) -> Any:
    """Note what they say now, or withdraw an endorsement."""
    row: Endorsement = rest.one(selectors.endorsements_listed(request.user), uuid=uuid)
    there = {name: getattr(row, name) for name in ("state", "words", "signed_by")}
    said = {name: value for name, value in given.model_dump(exclude_unset=True).items() if value is not None}
    services.note_answer(row, by=request.user, **{**there, **said})
    return endorsement_shape(rest.one(selectors.endorsements_listed(), uuid=uuid))


@router.delete("/goal-endorsements/{uuid}", operation_id="take_back_goal_endorsement")
@rest.asks(policies.may_edit)
def take_back_endorsement(request: HttpRequest, uuid: UUID) -> Any:
    """Take a question back that was asked by mistake; an answer stays (409)."""
    row: Endorsement = rest.one(selectors.endorsements_listed(request.user), uuid=uuid)
    try:
        services.take_back(row, by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None
