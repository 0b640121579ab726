"""Meetings for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from .. import facing, policies, selectors, services
from ..cadence import STATES
from ..models import Attendance, Meeting, Series
from .shared import bodies, clean

router = rest.router(tags=["Meetings"])
_STATES = ", ".join(STATES)
_CAME = ", ".join(Attendance.State.values)


class AgendaPointIn(Schema):
    """A point of the agenda."""

    title: str = Field(max_length=200, description="What it is about.")
    minutes: int | None = Field(None, ge=0, le=1440, description="Minutes planned.")
    note: str = Field("", max_length=4000, description="What was said.")
    decided: str = Field("", max_length=2000, description="What was decided.")


class MeetingPatch(Schema):
    """What to change; what is left out stays."""

    title: str | None = Field(None, max_length=200, description="What it is called.")
    starts_at: datetime | None = Field(None, description="When it begins.")
    ends_at: datetime | None = Field(None, description="When it ends; null is not known.")
    place: str | None = Field(None, max_length=300, description="Where.")
    owner: str | None = Field(
        None, max_length=254, description="E-mail of the account that sees to it; null is nobody."
    )
    cites: str | None = Field(
        None, max_length=80, description="Typed reference to what it is about, like goals.goal:3."
    )
    is_shared: bool | None = Field(None, description="Whether partners who are asked may read it.")
    agenda: list[AgendaPointIn] | None = Field(
        None, max_length=60, description="The agenda with minutes and decisions."
    )


class MeetingIn(MeetingPatch):
    """A meeting to plan."""

    starts_at: datetime = Field(description="When it begins.")
    series: UUID | None = Field(
        None, description="Its series; title, place and who is asked are taken from it."
    )
    organisations: list[UUID] | None = Field(None, max_length=400, description="Who is asked.")


class MeetingOut(Schema):
    """A meeting."""

    id: UUID = Field(description="Its id.")
    series: UUID | None = Field(description="Its series.")
    title: str = Field(description="What it is called.")
    state: str = Field(description=f"How it stands: one of {_STATES} (passed: minutes open).")
    starts_at: datetime = Field(description="When it begins.")
    ends_at: datetime | None = Field(description="When it ends.")
    place: str = Field(description="Where.")
    owner: str | None = Field(description="E-mail of the account that sees to it.")
    cites: str = Field(description="Typed reference to what it is about.")
    is_shared: bool = Field(description="Whether partners who are asked may read it.")
    notes: str = Field(description="Notes besides the agenda.")
    held_at: datetime | None = Field(description="When its minutes were closed.")
    cancelled_at: datetime | None = Field(description="When it was cancelled.")
    cancel_reason: str = Field(description="Why.")
    created_at: datetime = Field(description="When it was planned.")
    updated_at: datetime = Field(description="When it changed last.")


class MeetingAttendanceOut(Schema):
    """An organisation that was asked."""

    organisation: UUID = Field(description="Which one.")
    state: str = Field(description=f"Whether it came: one of {_CAME}.")
    people: int = Field(description="With how many people.")


class MeetingAttendanceIn(Schema):
    """Whether an organisation came."""

    organisation: UUID = Field(description="Which one.")
    state: str = Field(max_length=7, description=f"One of {_CAME}.")
    people: int = Field(1, ge=0, le=1000, description="With how many people it came.")


class MeetingTurnoutIn(Schema):
    """Which organisations came."""

    attendance: list[MeetingAttendanceIn] = Field(
        max_length=400, description="Each with its state; who is not named stays as noted."
    )


class MeetingDetailOut(MeetingOut):
    """A meeting with its agenda and who came."""

    agenda: list[AgendaPointIn] = Field(description="The agenda with minutes and decisions.")
    attendance: list[MeetingAttendanceOut] = Field(description="Who was asked and came.")
    actions: list[UUID] = Field(description="Ids of the promises made at it.")
    carried: list[UUID] = Field(description="Ids of the promises carried forward to it.")


class MeetingCancelIn(Schema):
    """Why it does not take place."""

    reason: str = Field(max_length=300, description="Why.")


class MeetingActionIn(Schema):
    """An action item: a promise made at the meeting."""

    what: str = Field(max_length=300, description="What is to be done.")
    due_on: rest.Day = Field(description="Until when.")
    organisation: UUID | None = Field(None, description="Who promises it; we do where it is left out.")
    owner: str | None = Field(None, max_length=254, description="E-mail of the account that sees to it.")


class MeetingActionOut(Schema):
    """The promise that was noted."""

    id: UUID = Field(description="Id of the promise.")


_MEETING = (
    "title", "starts_at", "ends_at", "place", "cites", "is_shared", "notes", "held_at", "cancelled_at", "cancel_reason", "created_at",
    "updated_at",
)  # fmt: skip


def _shape(row: Meeting) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "series": row.series.uuid if row.series else None,
        "state": facing.state_of(row, timezone.now()),
        "owner": row.owner.email if row.owner else None,
        **{name: getattr(row, name) for name in _MEETING},
    }


def _whole(row: Meeting) -> dict[str, Any]:
    items = [
        {"title": one.title, "minutes": one.minutes, "note": one.note, "decided": one.decided}
        for one in selectors.items_of(row)
    ]
    rows = [
        {"organisation": one.organisation.uuid, "state": one.state, "people": one.people}
        for one in selectors.attendances_of(row)
    ]
    actions = [one.uuid for one in selectors.actions_of(row)]
    carried = [one.uuid for one in selectors.carried_to(row)]
    return {**_shape(row), "agenda": items, "attendance": rows, "actions": actions, "carried": carried}


def _one(request: HttpRequest, uuid: UUID) -> Meeting:
    found: Meeting = rest.one(selectors.listed(request.user), uuid=uuid)
    return found


@router.get("/meetings", response=rest.Page[MeetingOut], operation_id="list_meetings")
@rest.asks(policies.may_see)
def list_meetings(
    request: HttpRequest,
    paging: rest.PageQuery,
    series: Annotated[UUID | None, Query(description="Only those of this series.")] = None,
    organisation: Annotated[UUID | None, Query(description="Only those it was asked to.")] = None,
    state: Annotated[str, Query(max_length=9, description=f"Only those in this state: {_STATES}.")] = "",
) -> Any:
    """All meetings."""
    rows = selectors.listed(request.user)
    if series:
        rows = rows.filter(series__uuid=series)
    if organisation:
        rows = rows.filter(attendances__organisation__uuid=organisation)
    if state:
        if state not in STATES:
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(selectors.in_state(state, timezone.now()))
    return rest.page_of(rows, paging, _shape)


@router.post("/meetings", response={201: MeetingDetailOut}, operation_id="create_meeting")
@rest.asks(policies.may_edit)
def create_meeting(request: HttpRequest, given: MeetingIn) -> Any:
    """Plan a meeting."""
    said = given.model_dump(exclude_unset=True)
    series = said.pop("series", None)
    if series is not None:
        found = Series.objects.filter(uuid=series).first()
        if found is None:
            raise ValidationError({"series": "There is no series with this id."})
        said["series"] = found
    made = services.plan_meeting(by=request.user, **clean(said))
    return 201, _whole(made)


@router.get("/meetings/{uuid}", response=MeetingDetailOut, operation_id="read_meeting")
@rest.asks(policies.may_see)
def read_meeting(request: HttpRequest, uuid: UUID) -> Any:
    """One meeting with its agenda, who came and what was promised."""
    return _whole(_one(request, uuid))


@router.patch("/meetings/{uuid}", response=MeetingDetailOut, operation_id="change_meeting")
@rest.asks(policies.may_edit)
def change_meeting(request: HttpRequest, uuid: UUID, given: MeetingPatch) -> Any:
    """Change when and where, and the agenda with its minutes."""
    said = clean(given.model_dump(exclude_unset=True))
    agenda = said.pop("agenda", None)
    with transaction.atomic():
        row = services.change_meeting(_one(request, uuid), by=request.user, **said)
        if agenda is not None:
            services.set_agenda(row, by=request.user, agenda=agenda)
    return _whole(_one(request, uuid))


@router.delete("/meetings/{uuid}", operation_id="remove_meeting")
@rest.asks(policies.may_remove)
def remove_meeting(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that was planned by mistake. Any other is cancelled."""
    services.remove_meeting(_one(request, uuid), by=request.user)
    return 204, None


@router.post("/meetings/{uuid}/attendance", response=MeetingDetailOut, operation_id="note_meeting_attendance")
@rest.asks(policies.may_edit)
def note_meeting_attendance(request: HttpRequest, uuid: UUID, given: MeetingTurnoutIn) -> Any:
    """Note which organisations came; who is not named stays as noted."""
    rows = {row.uuid: row for row in bodies([one.organisation for one in given.attendance], "organisation")}
    came = {rows[one.organisation]: (one.state, one.people) for one in given.attendance}
    services.note_attendance(_one(request, uuid), by=request.user, came=came)
    return _whole(_one(request, uuid))


@router.post("/meetings/{uuid}/actions", response={201: MeetingActionOut}, operation_id="add_meeting_action")
@rest.asks(policies.may_edit)
def add_meeting_action(request: HttpRequest, uuid: UUID, given: MeetingActionIn) -> Any:
    """Note an action item: it is a promise, and stands among the promises."""
    said = given.model_dump()
    body = said.pop("organisation")
    partner = bodies([body], "organisation")[0] if body else None
    made = services.add_action(_one(request, uuid), by=request.user, partner=partner, **clean(said))
    return 201, {"id": made.uuid}


@router.post("/meetings/{uuid}/held", response=MeetingDetailOut, operation_id="hold_meeting")
@rest.asks(policies.may_edit)
def hold_meeting(request: HttpRequest, uuid: UUID) -> Any:
    """Close the minutes of a meeting that was held."""
    services.hold(_one(request, uuid), by=request.user)
    return _whole(_one(request, uuid))


@router.post("/meetings/{uuid}/cancel", response=MeetingDetailOut, operation_id="cancel_meeting")
@rest.asks(policies.may_edit)
def cancel_meeting(request: HttpRequest, uuid: UUID, given: MeetingCancelIn) -> Any:
    """It does not take place."""
    services.cancel_meeting(_one(request, uuid), by=request.user, reason=given.reason)
    return _whole(_one(request, uuid))


@router.post("/meetings/{uuid}/reopening", response=MeetingDetailOut, operation_id="reopen_meeting")
@rest.asks(policies.may_edit)
def reopen_meeting(request: HttpRequest, uuid: UUID) -> Any:
    """Neither held nor cancelled any more."""
    services.reopen(_one(request, uuid), by=request.user)
    return _whole(_one(request, uuid))
