"""Series of meetings for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from .. import policies, selectors, services
from ..models import Series
from .shared import clean

router = rest.router(tags=["Meetings"])


class MeetingSeriesPatch(Schema):
    """What to change; what is left out stays."""

    name: str | None = Field(None, max_length=200, description="What these meetings are called.")
    about: str | None = Field(None, max_length=2000, description="What they are for.")
    place: str | None = Field(None, max_length=300, description="Where they usually take place.")
    cadence_days: int | None = Field(
        None, ge=1, le=1100, description="Days between two meetings; null is no cadence."
    )
    starts_on: rest.Day | None = Field(None, description="When the first meeting is due.")
    owner: str | None = Field(
        None, max_length=254, description="E-mail of the account that sees to it; null is nobody."
    )
    organisations: list[UUID] | None = Field(
        None, max_length=400, description="Who is asked to each meeting."
    )


class MeetingSeriesIn(MeetingSeriesPatch):
    """Meetings that come round."""

    name: str = Field(max_length=200, description="What these meetings are called.")


class MeetingSeriesOut(Schema):
    """Meetings that come round."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="What these meetings are called.")
    about: str = Field(description="What they are for.")
    place: str = Field(description="Where they usually take place.")
    cadence_days: int | None = Field(description="Days between two meetings.")
    starts_on: date = Field(description="When the first meeting is due.")
    last_held_on: date | None = Field(description="When the last one was held.")
    next_due_on: date | None = Field(description="When the next one is due.")
    ended_on: date | None = Field(description="When the series ended.")
    owner: str | None = Field(description="E-mail of the account that sees to it.")
    created_at: datetime = Field(description="When it was begun.")
    updated_at: datetime = Field(description="When it changed last.")


_SERIES = ("name", "about", "place", "cadence_days", "starts_on", "last_held_on", "next_due_on", "ended_on", "created_at", "updated_at")  # fmt: skip


def _series_shape(row: Series) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "owner": row.owner.email if row.owner else None,
        **{name: getattr(row, name) for name in _SERIES},
    }


def _one_series(request: HttpRequest, uuid: UUID) -> Series:
    found: Series = rest.one(selectors.series_listed(request.user), uuid=uuid)
    return found


@router.get("/meeting-series", response=rest.Page[MeetingSeriesOut], operation_id="list_meeting_series")
@rest.asks(policies.may_see)
def list_meeting_series(
    request: HttpRequest,
    paging: rest.PageQuery,
    ended: Annotated[
        bool | None, Query(description="Only those that ended, or only those that go on.")
    ] = None,
    organisation: Annotated[UUID | None, Query(description="Only those it is asked to.")] = None,
) -> Any:
    """All series of meetings, ended ones too."""
    rows = selectors.series_listed(request.user)
    if ended is not None:
        rows = rows.filter(ended_on__isnull=not ended)
    if organisation:
        rows = rows.filter(members__organisation__uuid=organisation)
    return rest.page_of(rows, paging, _series_shape)


@router.post("/meeting-series", response={201: MeetingSeriesOut}, operation_id="create_meeting_series")
@rest.asks(policies.may_edit)
def create_meeting_series(request: HttpRequest, given: MeetingSeriesIn) -> Any:
    """Begin meetings that come round."""
    made = services.add_series(by=request.user, **clean(given.model_dump(exclude_unset=True)))
    return 201, _series_shape(made)


@router.get("/meeting-series/{uuid}", response=MeetingSeriesOut, operation_id="read_meeting_series")
@rest.asks(policies.may_see)
def read_meeting_series(request: HttpRequest, uuid: UUID) -> Any:
    """One series."""
    return _series_shape(_one_series(request, uuid))


@router.patch("/meeting-series/{uuid}", response=MeetingSeriesOut, operation_id="change_meeting_series")
@rest.asks(policies.may_edit)
def change_meeting_series(request: HttpRequest, uuid: UUID, given: MeetingSeriesPatch) -> Any:
    """Change how often it comes round and who is asked."""
    row = _one_series(request, uuid)
    services.change_series(row, by=request.user, **clean(given.model_dump(exclude_unset=True)))
    return _series_shape(_one_series(request, uuid))


@router.delete("/meeting-series/{uuid}", operation_id="remove_meeting_series")
@rest.asks(policies.may_remove)
def remove_meeting_series(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that has no meetings. Any other is ended."""
    services.remove_series(_one_series(request, uuid), by=request.user)
    return 204, None


@router.post("/meeting-series/{uuid}/end", response=MeetingSeriesOut, operation_id="end_meeting_series")
@rest.asks(policies.may_edit)
def end_meeting_series(request: HttpRequest, uuid: UUID) -> Any:
    """It comes round no more."""
    services.end_series(_one_series(request, uuid), by=request.user)
    return _series_shape(_one_series(request, uuid))


@router.delete("/meeting-series/{uuid}/end", response=MeetingSeriesOut, operation_id="resume_meeting_series")
@rest.asks(policies.may_edit)
def resume_meeting_series(request: HttpRequest, uuid: UUID) -> Any:
    """It comes round again."""
    services.resume_series(_one_series(request, uuid), by=request.user)
    return _series_shape(_one_series(request, uuid))
