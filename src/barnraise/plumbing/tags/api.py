"""Tags for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema

from barnraise.plumbing.ui import rest

from . import policies, selectors, services
from .forms import TagForm
from .models import Tag

router = rest.router(tags=["Tags"])


class TagOut(Schema):
    """A tag."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Its name; case and accents do not make another tag.")
    description: str = Field(description="When to use it.")
    uses: int = Field(description="How many things carry it.")
    updated_at: datetime = Field(description="When it was last changed.")


class TagIn(Schema):
    """What a new tag needs."""

    name: str = Field(description="1 to 60 characters, no commas.", max_length=60)
    description: str = Field("", description="When to use it.", max_length=300)


class TagPatch(Schema):
    """What of a tag is to change."""

    name: str | None = Field(None, description="The new name; null keeps it.", max_length=60)
    description: str | None = Field(None, description="The new description; null keeps it.", max_length=300)


def _shape(tag: Tag, uses: dict[int, int] | None = None) -> dict[str, Any]:
    counted = uses if uses is not None else selectors.uses_of([tag])
    return {
        "id": tag.uuid,
        "name": tag.name,
        "description": tag.description,
        "uses": counted.get(tag.pk, 0),
        "updated_at": tag.updated_at,
    }


@router.get("/tags", response=rest.Page[TagOut], summary="List tags")
@rest.asks(policies.may_see)
def list_tags(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """All tags."""
    uses: dict[int, int] = {}

    def count(rows: list[Tag]) -> None:
        uses.update(selectors.uses_of(rows))

    return rest.page_of(selectors.all_tags(), paging, lambda tag: _shape(tag, uses), prepare=count)


@router.get("/tags/{uuid}", response=TagOut, summary="Read a tag")
@rest.asks(policies.may_see)
def read_tag(request: HttpRequest, uuid: UUID) -> Any:
    """One tag."""
    return _shape(rest.one(selectors.all_tags(), uuid=uuid))


@router.post("/tags", response={201: TagOut}, summary="Create a tag")
@rest.asks(policies.may_tag)
def create_tag(request: HttpRequest, given: TagIn) -> Any:
    """Make a tag."""
    values = rest.mended(TagForm(given.dict()))
    return 201, _shape(services.create(by=request.user, **values))


@router.patch("/tags/{uuid}", response=TagOut, summary="Change a tag")
@rest.asks(policies.may_govern)
def change_tag(request: HttpRequest, uuid: UUID, given: TagPatch) -> Any:
    """Rename it or reword its description, everywhere at once."""
    tag = rest.one(selectors.all_tags(), uuid=uuid)
    now = {"name": tag.name, "description": tag.description}
    values = rest.mended(TagForm({**now, **given.dict(exclude_none=True)}))
    return _shape(services.change(tag=tag, by=request.user, **values))


@router.delete("/tags/{uuid}", response={204: None}, summary="Remove a tag")
@rest.asks(policies.may_govern)
def remove_tag(request: HttpRequest, uuid: UUID) -> Any:
    """Take it off everything and remove it; undoable from the journal for 30 days."""
    services.remove_tag(tag=rest.one(selectors.all_tags(), uuid=uuid), by=request.user)
    return 204, None
