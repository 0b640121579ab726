"""Interactions for programs: what their account may read, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.tags import selectors as tags_read
from barnraise.plumbing.tags import services as tags
from barnraise.plumbing.ui import rest
from barnraise.who.communities import selectors as communities
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from .. import policies, selectors, services
from ..models import Interaction
from ..selectors import KIND
from .given import SEEN, of, rows_of

router = rest.router(tags=["Interactions"])
_KINDS = of(Interaction.Kind.values)
_DIRECTIONS = f"Empty or one of {', '.join(Interaction.Direction.values)}."


class InteractionPatch(Schema):
    """What to change; what is left out stays, lists are given whole."""

    kind: str | None = Field(None, max_length=8, description=_KINDS)
    direction: str | None = Field(None, max_length=4, description=_DIRECTIONS)
    subject: str | None = Field(None, max_length=200, description="What it was about, in a line.")
    text: str | None = Field(None, max_length=100_000, description="What was said; line breaks are kept.")
    happened_at: rest.Instant | None = Field(None, description="When it happened; not in the future.")
    visibility: str | None = Field(None, max_length=12, description=f"Who reads it. {SEEN}")
    community: UUID | None = Field(None, description="The community it belongs to; null is none.")
    people: list[UUID] | None = Field(None, max_length=200, description="The people it was with.")
    organisations: list[UUID] | None = Field(
        None, max_length=200, description="The organisations it was with."
    )
    tags: list[str] | None = Field(None, max_length=200, description="Tags by name.")


class InteractionIn(InteractionPatch):
    """An interaction to note."""

    text: str = Field(max_length=100_000, description="What was said; line breaks are kept.")


class InteractionOut(Schema):
    """An interaction."""

    id: UUID = Field(description="Its id.")
    kind: str = Field(description=_KINDS)
    direction: str = Field(description=_DIRECTIONS)
    subject: str = Field(description="What it was about, in a line.")
    text: str = Field(description="What was said.")
    happened_at: datetime = Field(description="When it happened.")
    visibility: str = Field(description=f"Who reads it. {SEEN}")
    by: UUID | None = Field(description="The account that noted it.")
    community: UUID | None = Field(description="The community it belongs to.")
    people: list[UUID] = Field(description="The people it was with.")
    organisations: list[UUID] = Field(description="The organisations it was with.")
    next_steps: list[UUID] = Field(description="The next steps that came of it.")
    tags: list[str] = Field(description="Tags by name.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class _Shaper:
    """Loads what a page of interactions needs in a fixed number of queries, then shapes each."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.around: dict[int, selectors.TakingPart] = {}
        self.tags: dict[int, list[Any]] = {}

    def prepare(self, rows: list[Interaction]) -> None:
        keys = [row.pk for row in rows]
        self.around = selectors.taking_part(keys)
        self.tags = tags_read.tags_of(KIND, keys)

    def shape(self, row: Interaction) -> dict[str, Any]:
        around = self.around[row.pk]
        return {
            "id": row.uuid,
            **{name: getattr(row, name) for name in ("kind", "direction", "subject", "text", "happened_at")},
            "visibility": row.visibility,
            "by": row.by.uuid if row.by else None,
            "community": row.community.uuid if row.community else None,
            "people": [one.uuid for one in around.people],
            "organisations": [one.uuid for one in around.organisations],
            "next_steps": [step.uuid for step in around.steps if policies.may_see_step(self.actor, step)],
            "tags": [tag.name for tag in self.tags.get(row.pk, ())],
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        }


def _shaped(row: Interaction, actor: Any) -> dict[str, Any]:
    shaper = _Shaper(actor)
    shaper.prepare([row])
    return shaper.shape(row)


def _community(uuid: UUID | None) -> int | None:
    if uuid is None:
        return None
    found = communities.by_uuids([uuid]).get(uuid)
    if found is None:
        raise ValidationError({"community": f"There is no community with the id {uuid}."})
    return int(found.pk)


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    """The request as values of the services, names of tags left out. Raises ValidationError by field."""
    said = {name: value for name, value in given.items() if value is not None or name == "community"}
    said.pop("tags", None)
    if "community" in said:
        said["community"] = _community(said["community"])
    for name, model in (("people", Person), ("organisations", Organisation)):
        if name in said:
            said[name] = rows_of(model, said[name], name)
    return said


@router.get("/interactions", response=rest.Page[InteractionOut], operation_id="list_interactions")
@rest.asks(policies.may_list)
def list_interactions(
    request: HttpRequest,
    paging: rest.PageQuery,
    kind: Annotated[str | None, Query(description="Only those of this kind.")] = None,
    person: Annotated[UUID | None, Query(description="Only those with this person.")] = None,
    organisation: Annotated[UUID | None, Query(description="Only those with this organisation.")] = None,
) -> Any:
    """All interactions the caller may read; `kind`, `person` and `organisation` narrow them."""
    rows = selectors.listed(request.user)
    if kind:
        rows = rows.filter(kind=kind)
    if person:
        rows = rows.filter(people__person__uuid=person)
    if organisation:
        rows = rows.filter(organisations__organisation__uuid=organisation)
    shaper = _Shaper(request.user)
    return rest.page_of(rows, paging, shaper.shape, prepare=shaper.prepare)


@router.post("/interactions", response={201: InteractionOut}, operation_id="create_interaction")
@rest.asks(policies.may_write)
def create_interaction(request: HttpRequest, given: InteractionIn) -> Any:
    """Note an interaction."""
    said = given.model_dump(exclude_unset=True)
    row = services.log_interaction(by=request.user, **_values(said))
    if said.get("tags"):
        tags.replace(on=row, names=said["tags"], by=request.user)
    return 201, _shaped(rest.one(selectors.listed(request.user), pk=row.pk), request.user)


@router.get("/interactions/{uuid}", response=InteractionOut, operation_id="read_interaction")
@rest.asks(policies.may_list)
def read_interaction(request: HttpRequest, uuid: UUID) -> Any:
    """One interaction; 404 also for one the caller may not read."""
    return _shaped(rest.one(selectors.listed(request.user), uuid=uuid), request.user)


@router.patch("/interactions/{uuid}", response=InteractionOut, operation_id="change_interaction")
@rest.asks(policies.may_write)
def change_interaction(request: HttpRequest, uuid: UUID, given: InteractionPatch) -> Any:
    """Change an interaction."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    rest.require(request, policies.may_change, row)
    said = given.model_dump(exclude_unset=True)
    values = _values(said)
    for name in ("people", "organisations"):
        if name in values:
            values[name] = [one.pk for one in values[name]]
    services.change_interaction(row, by=request.user, **values)
    if said.get("tags") is not None:
        tags.replace(on=row, names=said["tags"], by=request.user)
    return _shaped(rest.one(selectors.listed(), pk=row.pk), request.user)


@router.delete("/interactions/{uuid}", operation_id="remove_interaction")
@rest.asks(policies.may_write)
def remove_interaction(request: HttpRequest, uuid: UUID) -> Any:
    """Remove an interaction with its next steps."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    rest.require(request, policies.may_remove, row)
    services.remove_interaction(row, by=request.user)
    return 204, None
