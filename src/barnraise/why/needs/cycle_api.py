"""Assessments for programs, and what comes first in each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from . import policies, selectors, services
from .given import said as read_given
from .hanlon import VARIANTS, ranks
from .models import Cycle

router = rest.router(tags=["Needs"])

_VARIANTS = ", ".join(VARIANTS)


class AssessmentOut(Schema):
    """An assessment."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Its name.")
    community: UUID | None = Field(description="Which community it is about.")
    starts_on: date = Field(description="When it begins.")
    ends_on: date | None = Field(description="When it ends.")
    next_due_on: date | None = Field(description="When the next one is due.")
    variant: str = Field(description=f"The formula for what comes first: one of {_VARIANTS}.")
    about: str = Field(description="More about it.")
    ended_at: datetime | None = Field(description="When it was closed.")
    created_at: datetime = Field(description="When it was begun.")
    updated_at: datetime = Field(description="When it changed last.")


class AssessmentIn(Schema):
    """An assessment to begin."""

    name: str = Field(min_length=1, max_length=120, description="Its name.")
    starts_on: rest.Day = Field(description="When it begins.")
    community: UUID | None = Field(None, description="Which community it is about.")
    ends_on: rest.Day | None = Field(None, description="When it ends.")
    next_due_on: rest.Day | None = Field(None, description="When the next one is due.")
    variant: str = Field("uic", max_length=20, description=f"The formula: one of {_VARIANTS}.")
    about: str = Field("", max_length=4000, description="More about it.")


class AssessmentPatch(rest.Given):
    """What to change; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=120, description="Its name.")
    starts_on: rest.Day | None = Field(None, description="When it begins.")
    community: UUID | None = Field(None, description="Which community it is about.")
    ends_on: rest.Day | None = Field(None, description="When it ends.")
    next_due_on: rest.Day | None = Field(None, description="When the next one is due.")
    variant: str | None = Field(None, max_length=20, description=f"The formula: one of {_VARIANTS}.")
    about: str | None = Field(None, max_length=4000, description="More about it.")
    is_closed: bool | None = Field(None, strict=True, description="true closes it, false reopens it.")


class PriorityOut(Schema):
    """Where a need stands in its assessment."""

    need: UUID = Field(description="Which need.")
    title: str = Field(description="What is lacking.")
    rank: int | None = Field(
        description="1 comes first, ties share a rank; null without scores or after a no of PEARL."
    )
    raters: int = Field(description="How many scored it.")
    basic: float | None = Field(description="The basic priority rating of the means.")
    low: float | None = Field(description="Lowest rating of a single rater.")
    high: float | None = Field(description="Highest rating of a single rater.")
    refused_by: dict[str, int] = Field(description="Raters who said no, by letter of PEARL.")


class PrioritiesOut(Schema):
    """What comes first."""

    variant: str = Field(description="The formula.")
    needs: list[PriorityOut] = Field(description="The needs, the first first.")


def _cycle(row: Cycle) -> dict[str, Any]:
    names = (
        "name",
        "starts_on",
        "ends_on",
        "next_due_on",
        "variant",
        "about",
        "ended_at",
        "created_at",
        "updated_at",
    )
    said = {name: getattr(row, name) for name in names}
    return {"id": row.uuid, **said, "community": row.community.uuid if row.community else None}


@router.get("/need-assessments", response=rest.Page[AssessmentOut], operation_id="list_need_assessments")
@rest.asks(policies.may_see)
def list_assessments(
    request: HttpRequest,
    paging: rest.PageQuery,
    community: Annotated[UUID | None, Query(description="Only those of this community.")] = None,
    is_closed: Annotated[bool | None, Query(description="Only closed ones, or only those under way.")] = None,
    due_until: Annotated[
        rest.Day | None, Query(description="Only those whose next one is due by this day.")
    ] = None,
) -> Any:
    """Assessments: all of them, or those that pass."""
    rows = selectors.cycles_listed(request.user)
    rows = rows.filter(community__uuid=community) if community else rows
    rows = rows if is_closed is None else rows.filter(ended_at__isnull=not is_closed)
    rows = rows.filter(next_due_on__lte=due_until) if due_until else rows
    return rest.page_of(rows, paging, _cycle)


@router.post("/need-assessments", response={201: AssessmentOut}, operation_id="create_need_assessment")
@rest.asks(policies.may_lead)
def create_assessment(request: HttpRequest, given: AssessmentIn) -> Any:
    """Begin an assessment."""
    return 201, _cycle(services.add_cycle(by=request.user, **read_given(given)))


@router.get("/need-assessments/{uuid}", response=AssessmentOut, operation_id="read_need_assessment")
@rest.asks(policies.may_see)
def read_assessment(request: HttpRequest, uuid: UUID) -> Any:
    """One assessment."""
    return _cycle(rest.one(selectors.cycles_listed(request.user), uuid=uuid))


@router.patch("/need-assessments/{uuid}", response=AssessmentOut, operation_id="change_need_assessment")
@rest.asks(policies.may_lead)
def change_assessment(request: HttpRequest, uuid: UUID, given: AssessmentPatch) -> Any:
    """Change, close or reopen an assessment."""
    row = rest.one(selectors.cycles_listed(request.user), uuid=uuid)
    said = read_given(given)
    is_closed = said.pop("is_closed", None)
    if said:
        services.change_cycle(row, by=request.user, **said)
    if is_closed is not None:
        (services.close_cycle if is_closed else services.reopen_cycle)(row, by=request.user)
    return _cycle(rest.one(selectors.cycles_listed(), uuid=uuid))


@router.delete("/need-assessments/{uuid}", operation_id="remove_need_assessment")
@rest.asks(policies.may_lead)
def remove_assessment(request: HttpRequest, uuid: UUID) -> Any:
    """Remove an assessment that no need belongs to; another is a 409: close it instead."""
    try:
        services.remove_cycle(rest.one(selectors.cycles_listed(), uuid=uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None


@router.get(
    "/need-assessments/{uuid}/priorities", response=PrioritiesOut, operation_id="read_need_priorities"
)
@rest.asks(policies.may_see)
def read_priorities(request: HttpRequest, uuid: UUID) -> Any:
    """What comes first, by the formula of the assessment."""
    row = rest.one(selectors.cycles_listed(request.user), uuid=uuid)
    needs = list(selectors.needs_listed().filter(cycle=row).order_by("title_folded", "pk"))
    found = selectors.priorities_of(selectors.scores_of(needs), row.variant)
    places = ranks(found)
    lines = [
        {
            "need": need.uuid,
            "title": need.title,
            "rank": places.get(need.pk),
            "raters": priority.raters if priority else 0,
            "basic": priority.basic if priority else None,
            "low": priority.low if priority else None,
            "high": priority.high if priority else None,
            "refused_by": dict(priority.refused_by) if priority else {},
        }
        for need in needs
        for priority in [found[need.pk]]
    ]
    lines.sort(key=lambda one: (one["rank"] is None, one["rank"] or 0))
    return {"variant": row.variant, "needs": lines}
