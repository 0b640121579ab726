"""Listening sessions for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from . import policies, selectors, services
from .given import said
from .models import Session

router = rest.router(tags=["Listening sessions"])

_KINDS = ", ".join(Session.Kind.values)


class GroupGiven(Schema):
    """Some of those who were in the room."""

    group: str = Field(min_length=1, max_length=120, description="Which group; never a name.")
    count: int = Field(ge=1, le=10_000, description="How many.")


class QuoteGiven(Schema):
    """Words that were said."""

    text: str = Field(min_length=1, max_length=1000, description="The words.")
    may_repeat: bool = Field(description="Whether the speaker agreed to be quoted.")


class SessionOut(Schema):
    """A listening session."""

    id: UUID = Field(description="Its id.")
    title: str = Field(description="Its title.")
    kind: str = Field(description=f"One of {_KINDS}.")
    held_on: date = Field(description="When it was held.")
    place: str = Field(description="Where.")
    community: UUID | None = Field(description="Which community it is about.")
    assessment: UUID | None = Field(description="For which assessment.")
    groups: list[GroupGiven] = Field(description="Who was in the room.")
    themes: list[str] = Field(description="The themes.")
    quotes: list[QuoteGiven] = Field(
        description="Quotes; those that may not be repeated only for those who record."
    )
    notes: str = Field(description="Notes, for those who record.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class SessionIn(Schema):
    """A session to note."""

    title: str = Field(min_length=1, max_length=160, description="Its title.")
    kind: str = Field(max_length=12, description=f"One of {_KINDS}.")
    held_on: date = Field(description="When it was held.")
    place: str = Field("", max_length=200, description="Where.")
    community: UUID | None = Field(None, description="Which community it is about.")
    assessment: UUID | None = Field(None, description="For which assessment.")
    groups: list[GroupGiven] = Field(default_factory=list, max_length=200, description="Who was in the room.")
    themes: list[str] = Field(default_factory=list, max_length=200, description="The themes.")
    quotes: list[QuoteGiven] = Field(default_factory=list, max_length=500, description="Quotes.")
    notes: str = Field("", max_length=10_000, description="Notes.")


class SessionPatch(rest.Given):
    """What to change; what is left out stays."""

    title: str | None = Field(None, min_length=1, max_length=160, description="Its title.")
    kind: str | None = Field(None, max_length=12, description=f"One of {_KINDS}.")
    held_on: date | None = Field(None, description="When it was held.")
    place: str | None = Field(None, max_length=200, description="Where.")
    community: UUID | None = Field(None, description="Which community it is about.")
    assessment: UUID | None = Field(None, description="For which assessment.")
    groups: list[GroupGiven] | None = Field(None, max_length=200, description="Who was in the room.")
    themes: list[str] | None = Field(None, max_length=200, description="The themes.")
    quotes: list[QuoteGiven] | None = Field(None, max_length=500, description="Quotes.")
    notes: str | None = Field(None, max_length=10_000, description="Notes.")


def _session(row: Session, is_recording: bool) -> dict[str, Any]:
    names = ("title", "kind", "held_on", "place", "groups", "themes", "created_at", "updated_at")
    return {
        "id": row.uuid,
        **{name: getattr(row, name) for name in names},
        "community": row.community.uuid if row.community else None,
        "assessment": row.cycle.uuid if row.cycle else None,
        "quotes": [one for one in row.quotes if is_recording or one["may_repeat"]],
        "notes": row.notes if is_recording else "",
    }


@router.get("/listening-sessions", response=rest.Page[SessionOut], operation_id="list_listening_sessions")
@rest.asks(policies.may_see)
def list_sessions(
    request: HttpRequest,
    paging: rest.PageQuery,
    assessment: Annotated[UUID | None, Query(description="Only those of this assessment.")] = None,
    community: Annotated[UUID | None, Query(description="Only those about this community.")] = None,
    kind: Annotated[str, Query(max_length=12, description=f"Only those of this kind: one of {_KINDS}.")] = "",
    held_since: Annotated[rest.Day | None, Query(description="Only those held on this day or later.")] = None,
) -> Any:
    """Listening sessions: all of them, or those that pass."""
    is_recording = policies.may_edit(request.user)
    rows = selectors.sessions_listed(request.user)
    rows = rows.filter(cycle__uuid=assessment) if assessment else rows
    rows = rows.filter(community__uuid=community) if community else rows
    rows = rows.filter(kind=kind.replace("\x00", "")) if kind else rows
    rows = rows.filter(held_on__gte=held_since) if held_since else rows
    return rest.page_of(rows, paging, lambda row: _session(row, is_recording))


@router.post("/listening-sessions", response={201: SessionOut}, operation_id="create_listening_session")
@rest.asks(policies.may_edit)
def create_session(request: HttpRequest, given: SessionIn) -> Any:
    """Note a session that was held."""
    return 201, _session(services.add_session(by=request.user, **said(given)), True)


@router.get("/listening-sessions/{uuid}", response=SessionOut, operation_id="read_listening_session")
@rest.asks(policies.may_see)
def read_session(request: HttpRequest, uuid: UUID) -> Any:
    """One listening session."""
    row = rest.one(selectors.sessions_listed(request.user), uuid=uuid)
    return _session(row, policies.may_edit(request.user))


@router.patch("/listening-sessions/{uuid}", response=SessionOut, operation_id="change_listening_session")
@rest.asks(policies.may_edit)
def change_session(request: HttpRequest, uuid: UUID, given: SessionPatch) -> Any:
    """Change a session."""
    row = rest.one(selectors.sessions_listed(request.user), uuid=uuid)
    services.change_session(row, by=request.user, **said(given))
    return _session(rest.one(selectors.sessions_listed(), uuid=uuid), True)


@router.delete("/listening-sessions/{uuid}", operation_id="remove_listening_session")
@rest.asks(policies.may_lead)
def remove_session(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a session that no need cites; another is a 409."""
    try:
        services.remove_session(rest.one(selectors.sessions_listed(), uuid=uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None
