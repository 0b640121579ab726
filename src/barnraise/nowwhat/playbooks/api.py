"""Playbooks for programs."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from . import facing, policies, selectors, services
from .document import written
from .models import Playbook

router = rest.router(tags=["Playbooks"])
_STATES = ", ".join(name for name, _label in facing.STATES)
_WAYS = ", ".join(Playbook.Way.values)


class PlaybookOut(Schema):
    """A playbook, without what its file says."""

    id: UUID = Field(description="Its id.")
    title: str = Field(description="Its title.")
    about: str = Field(description="What it is about.")
    note: str = Field(description="Our note; not in the file.")
    way: str = Field(description=f"Where it comes from: one of {_WAYS}.")
    source: str = Field(description="Typed reference of the goal or project it was made from.")
    state: str = Field(description=f"One of {_STATES}.")
    retired_on: date | None = Field(description="When it was retired.")
    retired_note: str = Field(description="Why it was retired.")
    digest: str = Field(description="SHA-256 of the file.")
    installed: int = Field(description="How often it was installed here.")
    created_at: datetime = Field(description="When it was made or taken in.")
    updated_at: datetime = Field(description="When it changed last.")


class PlaybookIn(Schema):
    """A playbook: made from a goal or project (`source`), or taken in (`document`, what a file says)."""

    source: str = Field(
        "", max_length=80, description="Typed reference of a goal or project, like goals.goal:3."
    )
    document: dict[str, Any] | None = Field(None, description="What a file says.")
    title: str = Field("", max_length=200, description="Its title; with a source only.")
    about: str = Field("", max_length=4000, description="What it is about; with a source only.")
    note: str = Field("", max_length=2000, description="Our note.")


class PlaybookPatch(Schema):
    """What to change; what is left out stays."""

    title: str | None = Field(None, max_length=200, description="Its title.")
    about: str | None = Field(None, max_length=4000, description="What it is about.")
    note: str | None = Field(None, max_length=2000, description="Our note.")


class PlaybookRetireIn(Schema):
    """Why."""

    note: str = Field(max_length=300, description="Why nobody should install it any more.")


class PlaybookInstallIn(Schema):
    """When it begins and what it costs."""

    starts_on: rest.Day = Field(description="The first day.")
    total: int = Field(
        description="The costs of each project, in minor units; whole hundreds of the currency."
    )
    is_trial: bool = Field(False, description="Only say what would be made.")


class PlaybookMadeOut(Schema):
    """What an installation made, or would make."""

    made: dict[str, int] = Field(description="How many of each kind.")
    references: list[str] = Field(description="Typed references of what was made; empty for a trial.")


_PLAIN = (
    "title", "about", "note", "way", "source", "retired_on", "retired_note", "digest", "installed", "created_at", "updated_at"
)  # fmt: skip


def _shape(row: Any) -> dict[str, Any]:
    return {"id": row.uuid, "state": facing.state(row), **{name: getattr(row, name) for name in _PLAIN}}


def _one(request: HttpRequest, uuid: UUID) -> Any:
    return rest.one(selectors.listed(request.user), uuid=uuid)


def _storable(given: dict[str, Any]) -> dict[str, Any]:
    for name, value in given.items():
        if isinstance(value, str) and "\x00" in value:
            raise ValidationError({name: "It contains a character that cannot be stored."})
    return given


@router.get("/playbooks", response=rest.Page[PlaybookOut], operation_id="list_playbooks")
@rest.asks(policies.may_see)
def list_playbooks(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str, Query(max_length=7, description=f"Only those in this state: {_STATES}.")] = "",
    way: Annotated[str, Query(max_length=8, description=f"Only those that came so: {_WAYS}.")] = "",
) -> Any:
    """All playbooks, retired ones too."""
    rows = selectors.listed(request.user)
    if state:
        if state not in dict(facing.STATES):
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(selectors.in_state(state))
    if way:
        if way not in Playbook.Way.values:
            raise ValidationError({"way": f"Write one of {_WAYS}."})
        rows = rows.filter(way=way)
    return rest.page_of(rows, paging, _shape)


@router.post("/playbooks", response={201: PlaybookOut}, operation_id="create_playbook")
@rest.asks(policies.may_edit)
def create_playbook(request: HttpRequest, given: PlaybookIn) -> Any:
    """Make a playbook from a goal or project, or take one in."""
    said = _storable(given.model_dump())
    source, document = said.pop("source"), said.pop("document")
    if bool(source) == (document is not None):
        raise ValidationError({"source": "Give one of source and document."})
    if document is not None:
        content = json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")
        made = services.take_in(content, by=request.user, note=said["note"])
    else:
        row = selectors.source_row(source)
        if row is None:
            raise ValidationError({"source": "There is no goal and no project of this reference."})
        made = services.make(row, by=request.user, **said)
    return 201, _shape(_one(request, made.uuid))


@router.get("/playbooks/{uuid}", response=PlaybookOut, operation_id="read_playbook")
@rest.asks(policies.may_see)
def read_playbook(request: HttpRequest, uuid: UUID) -> Any:
    """One playbook."""
    return _shape(_one(request, uuid))


@router.get(
    "/playbooks/{uuid}/file",
    response={200: dict[str, Any]},
    operation_id="read_playbook_file",
)
@rest.asks(policies.may_see)
def read_playbook_file(request: HttpRequest, uuid: UUID) -> Any:
    """Its file, byte for byte as it is given away."""
    row = _one(request, uuid)
    return HttpResponse(written(row.document), content_type="application/json; charset=utf-8")


@router.patch("/playbooks/{uuid}", response=PlaybookOut, operation_id="change_playbook")
@rest.asks(policies.may_edit)
def change_playbook(request: HttpRequest, uuid: UUID, given: PlaybookPatch) -> Any:
    """Change what stands on its cover; title and about stand in the file."""
    said = _storable(given.model_dump(exclude_unset=True))
    services.change_playbook(_one(request, uuid), by=request.user, **said)
    return _shape(_one(request, uuid))


@router.delete("/playbooks/{uuid}", operation_id="remove_playbook")
@rest.asks(policies.may_edit)
def remove_playbook(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that was never installed; any other is retired."""
    services.remove_playbook(_one(request, uuid), by=request.user)
    return 204, None


@router.post("/playbooks/{uuid}/retirement", response=PlaybookOut, operation_id="retire_playbook")
@rest.asks(policies.may_edit)
def retire_playbook(request: HttpRequest, uuid: UUID, given: PlaybookRetireIn) -> Any:
    """Nobody should install it any more, for a reason."""
    services.retire(_one(request, uuid), by=request.user, **_storable(given.model_dump()))
    return _shape(_one(request, uuid))


@router.delete("/playbooks/{uuid}/retirement", response=PlaybookOut, operation_id="take_playbook_up")
@rest.asks(policies.may_edit)
def take_playbook_up(request: HttpRequest, uuid: UUID) -> Any:
    """It may be installed again."""
    services.take_up(_one(request, uuid), by=request.user)
    return _shape(_one(request, uuid))


@router.post("/playbooks/{uuid}/installations", response=PlaybookMadeOut, operation_id="install_playbook")
@rest.asks(policies.may_edit)
def install_playbook(request: HttpRequest, uuid: UUID, given: PlaybookInstallIn) -> Any:
    """Make what it says, all or nothing; or only say what would be made."""
    row = _one(request, uuid)
    said = given.model_dump()
    if said.pop("is_trial"):
        return {"made": services.rehearse(row, by=request.user, **said), "references": []}
    done, _change_set = services.install(row, by=request.user, **said)
    counts: dict[str, int] = {}
    for text in done.made:
        kind = text.partition(":")[0]
        counts[kind] = counts.get(kind, 0) + 1
    return {"made": counts, "references": done.made}
