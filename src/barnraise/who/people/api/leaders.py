"""Leaderships and the notes about them for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.communities.models import Community
from barnraise.who.organisations.models import Organisation

from .. import policies, selectors, services
from ..models import LeaderNote, Leadership

router = rest.router(tags=["Leaders"])
_KINDS = f"One of {', '.join(Leadership.Kind.values)}."
_ASPECTS = f"One of {', '.join(LeaderNote.Aspect.values)}."
_OPEN = ("community", "organisation", "term_started_on", "term_ends_on")


class LeadershipPatch(Schema):
    """What to change; what is left out stays."""

    kind: str | None = Field(None, max_length=10, description=_KINDS)
    constituency: str | None = Field(None, max_length=200, description="Whom they speak for.")
    community: UUID | None = Field(None, description="The community.")
    organisation: UUID | None = Field(None, description="The organisation they lead in.")
    term_started_on: date | None = Field(None, description="In office since.")
    term_ends_on: date | None = Field(None, description="Last day of the term; null is open.")
    ended_reason: str | None = Field(None, max_length=200, description="Why it ended.")


class LeadershipIn(LeadershipPatch):
    """A leadership to note."""

    person: UUID = Field(description="The person who leads.")
    kind: str = Field(max_length=10, description=_KINDS)


class LeadershipOut(Schema):
    """Whom a person speaks for, and until when."""

    id: UUID = Field(description="Its id.")
    person: UUID = Field(description="The person who leads.")
    kind: str = Field(description=_KINDS)
    constituency: str = Field(description="Whom they speak for.")
    community: UUID | None = Field(description="The community.")
    organisation: UUID | None = Field(description="The organisation they lead in.")
    term_started_on: date | None = Field(description="In office since.")
    term_ends_on: date | None = Field(description="Last day of the term; null is open.")
    ended_reason: str = Field(description="Why it ended.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class NotePatch(Schema):
    """What to change; what is left out stays."""

    aspect: str | None = Field(None, max_length=9, description=_ASPECTS)
    level: int | None = Field(None, strict=True, ge=1, le=5, description="1 (little) to 5; null is not said.")
    note: str | None = Field(None, max_length=1000, description="In words.")
    noted_on: date | None = Field(None, description="The day it was noted.")


class NoteIn(NotePatch):
    """A note about a leader; a level, a text or both."""

    leadership: UUID = Field(description="The leadership it is about.")
    aspect: str = Field(max_length=9, description=_ASPECTS)


class NoteOut(Schema):
    """What somebody of the team thinks of a leader's reach or influence."""

    id: UUID = Field(description="Its id.")
    leadership: UUID = Field(description="The leadership it is about.")
    aspect: str = Field(description=_ASPECTS)
    level: int | None = Field(description="1 (little) to 5; null is not said.")
    note: str = Field(description="In words.")
    noted_on: date = Field(description="The day it was noted.")
    by: UUID | None = Field(description="The account of whoever noted it.")
    created_at: datetime = Field(description="When it was written down.")
    updated_at: datetime = Field(description="When it changed last.")


_PLAIN = (
    "kind",
    "constituency",
    "term_started_on",
    "term_ends_on",
    "ended_reason",
    "created_at",
    "updated_at",
)


def _shape(row: Leadership) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in _PLAIN},
        "id": row.uuid,
        "person": row.person.uuid,
        "community": row.community.uuid if row.community else None,
        "organisation": row.organisation.uuid if row.organisation else None,
    }


def _note(row: LeaderNote) -> dict[str, Any]:
    names = ("aspect", "level", "note", "noted_on", "created_at", "updated_at")
    return {
        **{name: getattr(row, name) for name in names},
        "id": row.uuid,
        "leadership": row.leadership.uuid,
        "by": row.by.uuid if row.by else None,
    }


def _values(given: Schema) -> dict[str, Any]:
    said = given.model_dump(exclude_unset=True)
    said.pop("person", None)
    kept = {name: value for name, value in said.items() if value is not None or name in _OPEN}
    models: tuple[tuple[str, Any], ...] = (("community", Community), ("organisation", Organisation))
    for name, model in models:
        if kept.get(name):
            row = model.objects.filter(uuid=kept[name]).first()
            if row is None:
                reason = f"There is no {name} with this id."
                raise rest.Problem(422, "Nothing was changed.", errors=[(name, reason)])
            kept[name] = row
    return kept


@router.get("/leaderships", response=rest.Page[LeadershipOut], operation_id="list_leaderships")
@rest.asks(policies.may_see)
def list_leaderships(
    request: HttpRequest,
    paging: rest.PageQuery,
    person: Annotated[UUID | None, Query(description="Only those of this person.")] = None,
    kind: Annotated[str | None, Query(description="Only those of this kind.")] = None,
) -> Any:
    """All leaderships, past ones too; `person` and `kind` narrow them."""
    rows = selectors.leaderships_listed(request.user)
    if person:
        rows = rows.filter(person__uuid=person)
    if kind:
        rows = rows.filter(kind=kind.replace("\x00", ""))
    return rest.page_of(rows, paging, _shape)


@router.post("/leaderships", response={201: LeadershipOut}, operation_id="create_leadership")
@rest.asks(policies.may_write)
def create_leadership(request: HttpRequest, given: LeadershipIn) -> Any:
    """Note that a person leads."""
    row = services.add_leadership(selectors.one_row(given.person), by=request.user, **_values(given))
    return 201, _shape(selectors.one_leadership(row.uuid))


@router.get("/leaderships/{uuid}", response=LeadershipOut, operation_id="read_leadership")
@rest.asks(policies.may_see)
def read_leadership(request: HttpRequest, uuid: UUID) -> Any:
    """One leadership."""
    return _shape(selectors.one_leadership(uuid))


@router.patch("/leaderships/{uuid}", response=LeadershipOut, operation_id="change_leadership")
@rest.asks(policies.may_write)
def change_leadership(request: HttpRequest, uuid: UUID, given: LeadershipPatch) -> Any:
    """Change a leadership."""
    services.change_leadership(selectors.one_leadership(uuid), by=request.user, **_values(given))
    return _shape(selectors.one_leadership(uuid))


@router.delete("/leaderships/{uuid}", operation_id="remove_leadership")
@rest.asks(policies.may_write)
def remove_leadership(request: HttpRequest, uuid: UUID) -> Any:
    """Take away a leadership that was noted by mistake, with its notes; one that is over gets `term_ends_on`."""
    services.remove_leadership(selectors.one_leadership(uuid), by=request.user)
    return 204, None


@router.get("/leader-notes", response=rest.Page[NoteOut], operation_id="list_leader_notes")
@rest.asks(policies.may_see)
def list_leader_notes(
    request: HttpRequest,
    paging: rest.PageQuery,
    leadership: Annotated[UUID | None, Query(description="Only those about this leadership.")] = None,
) -> Any:
    """All notes about leaders; `leadership` narrows them."""
    rows = selectors.notes_listed(request.user)
    if leadership:
        rows = rows.filter(leadership__uuid=leadership)
    return rest.page_of(rows, paging, _note)


@router.post("/leader-notes", response={201: NoteOut}, operation_id="create_leader_note")
@rest.asks(policies.may_note)
def create_leader_note(request: HttpRequest, given: NoteIn) -> Any:
    """Note a leader's reach or influence, in the name of the token's account."""
    row = services.note_leader(
        selectors.one_leadership(given.leadership),
        aspect=given.aspect,
        level=given.level,
        note=given.note or "",
        on=given.noted_on,
        by=request.user,
    )
    return 201, _note(row)


@router.get("/leader-notes/{uuid}", response=NoteOut, operation_id="read_leader_note")
@rest.asks(policies.may_see)
def read_leader_note(request: HttpRequest, uuid: UUID) -> Any:
    """One note about a leader."""
    return _note(selectors.one_note(uuid))


@router.patch("/leader-notes/{uuid}", response=NoteOut, operation_id="change_leader_note")
@rest.asks(policies.may_note)
def change_leader_note(request: HttpRequest, uuid: UUID, given: NotePatch) -> Any:
    """Change a note about a leader."""
    said = given.model_dump(exclude_unset=True)
    kept = {name: value for name, value in said.items() if value is not None or name == "level"}
    services.change_note(selectors.one_note(uuid), by=request.user, **kept)
    return _note(selectors.one_note(uuid))


@router.delete("/leader-notes/{uuid}", operation_id="remove_leader_note")
@rest.asks(policies.may_note)
def remove_leader_note(request: HttpRequest, uuid: UUID) -> Any:
    """Take a note about a leader away."""
    services.remove_note(selectors.one_note(uuid), by=request.user)
    return 204, None
