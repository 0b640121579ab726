"""Observations and reported numbers for programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation
from barnraise.why.goals.models import Indicator

from . import policies, selectors, services
from .models import Observation, ObservationRow, Report
from .models.observation import Reason

router = rest.router(tags=["Observations"])

_REASONS = ", ".join(Reason.values)
_ORIGINS = ", ".join(Observation.Origin.values)


class ObservationOut(Schema):
    """What an indicator was in a period."""

    id: UUID = Field(description="Its id.")
    indicator: UUID = Field(description="Of which indicator.")
    begins_on: date = Field(description="First day of the period.")
    ends_on: date = Field(description="Last day of the period.")
    value: Decimal | None = Field(description="The value; null where there is none.")
    reason: str = Field(description=f"Why there is none: one of {_REASONS}; empty when there is a value.")
    rule: str = Field(description="The rule that makes it of its rows.")
    row_count: int = Field(description="How many rows are behind it.")
    origin: str = Field(description=f"One of {_ORIGINS}.")
    standing: str = Field(description="How it stands to its path: on, slow, off, early or unknown.")
    computed_at: datetime = Field(description="When it was counted last.")
    locked_at: datetime | None = Field(description="Since when it is locked; null while it is not.")
    restated_at: datetime | None = Field(description="When it was changed last after it was locked.")
    updated_at: datetime = Field(description="When it changed last.")


class ObservationRowOut(Schema):
    """One row behind an observation."""

    row: str = Field(description='What it is, as a reference "interactions.interaction:12".')
    counts: str = Field(description="What a distinct count tells apart, as a reference.")
    on: date = Field(description="The day it counts for.")
    value: Decimal = Field(description="Its value.")


class ObservationRowsOut(Schema):
    """One page of rows."""

    items: list[ObservationRowOut] = Field(description="The rows.")
    next: int | None = Field(description="Pass it as `after` for the page after this one; null on the last.")


class NumberIn(Schema):
    """A number of a period, or why there is none."""

    indicator: UUID = Field(description="Of which indicator; it has no source.")
    on: rest.Day = Field(description="A day of the period.")
    value: Decimal | None = Field(None, description="The number.")
    reason: str = Field(
        "", max_length=16, description=f"Why there is none: one of {_REASONS}, but not nothing."
    )
    organisation: UUID | None = Field(
        None, description="Which partner reported it; null where it is our own."
    )
    note: str = Field("", max_length=500, description="A note.")
    restating: str = Field(
        "", max_length=300, description="Why a locked number changes; it is shown with it."
    )


class NumberAskIn(Schema):
    """A number to ask a partner for."""

    indicator: UUID = Field(description="Of which indicator; it has no source.")
    organisation: UUID = Field(description="Which partner.")
    on: rest.Day = Field(description="A day of the period.")
    due_on: rest.Day | None = Field(None, description="Until when it is asked.")


class NumberOut(Schema):
    """What somebody reported or is asked."""

    id: UUID = Field(description="Its id.")
    indicator: UUID = Field(description="Of which indicator.")
    organisation: UUID | None = Field(description="Which partner; null where it is our own.")
    begins_on: date = Field(description="First day of the period.")
    ends_on: date = Field(description="Last day of the period.")
    due_on: date | None = Field(description="Until when it is asked.")
    value: Decimal | None = Field(description="The number.")
    reason: str = Field(description="Why there is none.")
    note: str = Field(description="A note.")
    signed_by: str = Field(description="Who reports for the partner.")
    answered_at: datetime | None = Field(description="When it was answered; null while it is waited for.")
    updated_at: datetime = Field(description="When it changed last.")


def _observation(row: Observation) -> dict[str, Any]:
    names = (
        "begins_on",
        "ends_on",
        "value",
        "reason",
        "row_count",
        "origin",
        "computed_at",
        "locked_at",
        "restated_at",
        "updated_at",
    )
    standing = selectors.standing_of(row.indicator, row)
    said = {name: getattr(row, name) for name in names}
    return {
        "id": row.uuid,
        "indicator": row.indicator.uuid,
        "rule": row.indicator.rule,
        "standing": standing,
        **said,
    }


def _number(row: Report) -> dict[str, Any]:
    names = [name for name in NumberOut.model_fields if name not in {"id", "indicator", "organisation"}]
    body = row.organisation.uuid if row.organisation else None
    said = {name: getattr(row, name) for name in names}
    return {"id": row.uuid, "indicator": row.indicator.uuid, "organisation": body, **said}


def _named(model: Any, field: str, uuid: UUID | None) -> Any:
    if uuid is None:
        return None
    row = model.objects.filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({field: "There is nothing with this id."})
    return row


@router.get("/observations", response=rest.Page[ObservationOut], operation_id="list_observations")
@rest.asks(policies.may_see)
def list_observations(
    request: HttpRequest,
    paging: rest.PageQuery,
    indicator: Annotated[UUID | None, Query(description="Only those of this indicator.")] = None,
) -> Any:
    """All observations."""
    rows = selectors.observations_listed(request.user)
    rows = rows.filter(indicator__uuid=indicator) if indicator else rows
    return rest.page_of(rows, paging, _observation)


@router.post("/observations", response={201: ObservationOut}, operation_id="create_observation")
@rest.asks(policies.may_record)
def create_observation(request: HttpRequest, given: NumberIn) -> Any:
    """Write a number by hand, the team's own or noted for a partner; the observation follows."""
    said = given.model_dump()
    indicator = _named(Indicator, "indicator", said.pop("indicator"))
    said["organisation"] = _named(Organisation, "organisation", said["organisation"])
    row = services.write_value(indicator, by=request.user, **said)
    return 201, _observation(selectors.one_observation_by_key(row.pk))


@router.get("/observations/{uuid}", response=ObservationOut, operation_id="read_observation")
@rest.asks(policies.may_see)
def read_observation(request: HttpRequest, uuid: UUID) -> Any:
    """One observation."""
    return _observation(rest.one(selectors.observations_listed(request.user), uuid=uuid))


@router.get("/observations/{uuid}/rows", response=ObservationRowsOut, operation_id="list_observation_rows")
@rest.asks(policies.may_see)
def list_rows(
    request: HttpRequest,
    uuid: UUID,
    after: Annotated[int, Query(ge=0, lt=2**63, description="The `next` of the page before this one.")] = 0,
) -> Any:
    """The rows behind an observation, 500 at a time."""
    row = rest.one(selectors.observations_listed(request.user), uuid=uuid)
    rows, following = selectors.rows_of(row, after=after, most=500)
    return {"items": [_row(one) for one in rows], "next": following}


def _row(one: ObservationRow) -> dict[str, Any]:
    return {"row": str(one.ref), "counts": str(one.counts), "on": one.on, "value": one.value}


@router.post("/observations/{uuid}/lock", response=ObservationOut, operation_id="lock_observation")
@rest.asks(policies.may_lock)
def lock_observation(request: HttpRequest, uuid: UUID) -> Any:
    """Lock it: a change is a restatement from now on. A period that is not over is a 409."""
    row = rest.one(selectors.observations_listed(request.user), uuid=uuid)
    try:
        services.lock(row, by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return _observation(rest.one(selectors.observations_listed(request.user), uuid=uuid))


@router.get("/reported-numbers", response=rest.Page[NumberOut], operation_id="list_reported_numbers")
@rest.asks(policies.may_see)
def list_numbers(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """Numbers that people reported or are asked for."""
    return rest.page_of(selectors.reports_listed(request.user), paging, _number)


@router.post("/reported-numbers", response={201: NumberOut}, operation_id="ask_reported_number")
@rest.asks(policies.may_record)
def ask_number(request: HttpRequest, given: NumberAskIn) -> Any:
    """Ask a partner for a number; asked twice it is one question."""
    said = given.model_dump()
    indicator = _named(Indicator, "indicator", said.pop("indicator"))
    organisation = _named(Organisation, "organisation", said.pop("organisation"))
    row = services.ask_report(indicator, organisation=organisation, by=request.user, **said)
    return 201, _number(rest.one(selectors.reports_listed(), pk=row.pk))


@router.delete("/reported-numbers/{uuid}", operation_id="remove_reported_number")
@rest.asks(policies.may_record)
def remove_number(request: HttpRequest, uuid: UUID) -> Any:
    """Take a number or a question away; one of a locked period is a 409."""
    try:
        services.remove_report(rest.one(selectors.reports_listed(), uuid=uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None
