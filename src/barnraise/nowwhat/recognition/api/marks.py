"""Marks and the milestones reached there, for programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.why.goals.models import Indicator

from .. import policies, selectors, services
from ..models import Mark, Milestone
from .shared import row_of

router = rest.router(tags=["Recognition"])
_REACHED = ", ".join(Milestone.State.values)


class MarkIn(Schema):
    """A mark to set."""

    indicator: UUID = Field(description="The indicator.")
    step: Decimal = Field(gt=0, lt=10**12, description="Every how many.")
    words: str = Field(max_length=120, description="What is counted, in words for everybody.")


class MarkPatch(Schema):
    """What of a mark to change; what is left out stays. Its indicator stays."""

    step: Decimal | None = Field(None, gt=0, lt=10**12, description="Every how many.")
    words: str | None = Field(None, max_length=120, description="What is counted, in words for everybody.")


class MarkOut(Schema):
    """A mark."""

    id: UUID = Field(description="Its id.")
    indicator: UUID = Field(description="The indicator.")
    step: Decimal = Field(description="Every how many.")
    words: str = Field(description="What is counted.")
    ended_at: datetime | None = Field(description="When it ended.")
    created_at: datetime = Field(description="When it was set.")
    updated_at: datetime = Field(description="When it changed last.")


class ReachedMilestoneOut(Schema):
    """A milestone that was reached."""

    id: UUID = Field(description="Its id.")
    mark: UUID = Field(description="Its mark.")
    value: Decimal = Field(description="How many.")
    words: str = Field(description="Of what.")
    reached_on: date = Field(description="When.")
    state: str = Field(description=f"One of {_REACHED}.")
    created_at: datetime = Field(description="When it was found.")
    updated_at: datetime = Field(description="When it changed last.")


def _mark(row: Mark) -> dict[str, Any]:
    names = ("step", "words", "ended_at", "created_at", "updated_at")
    return {"id": row.uuid, "indicator": row.indicator.uuid, **{name: getattr(row, name) for name in names}}


@router.get("/marks", response=rest.Page[MarkOut], operation_id="list_marks")
@rest.asks(policies.may_see)
def list_marks(
    request: HttpRequest,
    paging: rest.PageQuery,
    ended: Annotated[
        bool | None, Query(description="Only those that ended, or only those that are watched.")
    ] = None,
    indicator: Annotated[UUID | None, Query(description="Only those of this indicator.")] = None,
) -> Any:
    """All marks, ended ones too."""
    rows = selectors.marks_listed()
    if ended is not None:
        rows = rows.filter(ended_at__isnull=not ended)
    if indicator:
        rows = rows.filter(indicator__uuid=indicator)
    return rest.page_of(rows, paging, _mark)


@router.post("/marks", response={201: MarkOut}, operation_id="create_mark")
@rest.asks(policies.may_set)
def create_mark(request: HttpRequest, given: MarkIn) -> Any:
    """Set a mark; the last one passed already is a milestone at once."""
    indicator = row_of(Indicator, "indicator", given.indicator)
    made = services.add_mark(by=request.user, indicator=indicator, step=given.step, words=given.words)
    return 201, _mark(made)


@router.get("/marks/{uuid}", response=MarkOut, operation_id="read_mark")
@rest.asks(policies.may_see)
def read_mark(request: HttpRequest, uuid: UUID) -> Any:
    """One mark."""
    return _mark(rest.one(selectors.marks_listed(), uuid=uuid))


@router.patch("/marks/{uuid}", response=MarkOut, operation_id="change_mark")
@rest.asks(policies.may_set)
def change_mark(request: HttpRequest, uuid: UUID, given: MarkPatch) -> Any:
    """Change one that is watched; milestones that were reached stay."""
    row = rest.one(selectors.marks_listed(), uuid=uuid)
    said = {name: value for name, value in given.model_dump().items() if value is not None}
    return _mark(services.change_mark(row, by=request.user, **{"step": row.step, "words": row.words, **said}))


@router.post("/marks/{uuid}/end", response=MarkOut, operation_id="end_mark")
@rest.asks(policies.may_set)
def end_mark(request: HttpRequest, uuid: UUID) -> Any:
    """No milestone is reached there any more."""
    services.end_mark(rest.one(selectors.marks_listed(), uuid=uuid), by=request.user)
    return _mark(rest.one(selectors.marks_listed(), uuid=uuid))


def _milestone(row: Milestone) -> dict[str, Any]:
    names = ("value", "reached_on", "state", "created_at", "updated_at")
    said = {name: getattr(row, name) for name in names}
    return {"id": row.uuid, "mark": row.mark.uuid, "words": row.mark.words, **said}


@router.get(
    "/reached-milestones", response=rest.Page[ReachedMilestoneOut], operation_id="list_reached_milestones"
)
@rest.asks(policies.may_see)
def list_reached_milestones(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str, Query(max_length=4, description=f"Only those in this state: {_REACHED}.")] = "",
) -> Any:
    """Milestones that were reached."""
    rows = selectors.milestones_listed()
    if state:
        if state not in Milestone.State.values:
            raise ValidationError({"state": f"Write one of {_REACHED}."})
        rows = rows.filter(state=state)
    return rest.page_of(rows, paging, _milestone)


@router.post(
    "/reached-milestones/{uuid}/leave", response=ReachedMilestoneOut, operation_id="leave_reached_milestone"
)
@rest.asks(policies.may_edit)
def leave_reached_milestone(request: HttpRequest, uuid: UUID) -> Any:
    """It is not told."""
    services.leave(rest.one(selectors.milestones_listed(), uuid=uuid), by=request.user)
    return _milestone(rest.one(selectors.milestones_listed(), uuid=uuid))
