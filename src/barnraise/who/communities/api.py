"""Communities and headcounts for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from . import figure_api, policies, selectors, services
from .models import Community, Headcount

router = rest.router(tags=["Communities"])
router.add_router("", figure_api.router)

_KINDS = ", ".join(Community.Kind.values)


class CommunityIdentifierPart(Schema):
    """What a register of places calls a community."""

    scheme: str = Field(
        min_length=2, max_length=30, description="FIPS, GEOID, ZCTA, NCES, ONS, OWN or another."
    )
    value: str = Field(
        min_length=1, max_length=100, description="The code within the scheme; leading zeros count."
    )


class CommunityOut(Schema):
    """A place or population."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Name.")
    kind: str = Field(description=f"One of {_KINDS}.")
    parent: UUID | None = Field(None, description="The community it is part of.")
    description: str = Field(description="Who lives there, in words.")
    identifiers: list[CommunityIdentifierPart] = Field(description="The codes registers know it by.")
    boundary: dict[str, Any] | None = Field(
        None, description="GeoJSON Polygon or MultiPolygon; null in lists, and when there is none."
    )
    boundary_source: str = Field(description="Who drew the boundary.")
    box: list[float] | None = Field(None, description="South, west, north, east of the boundary in degrees.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


class CommunityIn(Schema):
    """A community to add."""

    name: str = Field(min_length=1, max_length=200, description="Name.")
    kind: str = Field("neighbourhood", max_length=20, description=f"One of {_KINDS}.")
    parent: UUID | None = Field(None, description="The community it is part of.")
    description: str = Field("", max_length=4000, description="Who lives there, in words.")
    identifiers: list[CommunityIdentifierPart] = Field(
        default_factory=list, max_length=50, description="The codes registers know it by."
    )
    boundary: dict[str, Any] | None = Field(None, description="GeoJSON with a Polygon or MultiPolygon.")
    boundary_source: str = Field("", max_length=200, description="Who drew the boundary.")


class CommunityPatch(Schema):
    """What to change; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=200, description="Name.")
    kind: str | None = Field(None, max_length=20, description=f"One of {_KINDS}.")
    parent: UUID | None = Field(None, description="The community it is part of; null: of none.")
    description: str | None = Field(None, max_length=4000, description="Who lives there, in words.")
    identifiers: list[CommunityIdentifierPart] | None = Field(
        None, max_length=50, description="All its codes; those left out of the list go."
    )
    boundary: dict[str, Any] | None = Field(None, description="GeoJSON; null takes the boundary away.")
    boundary_source: str | None = Field(None, max_length=200, description="Who drew the boundary.")


class HeadcountOut(Schema):
    """How many people of a group live in a community in a year."""

    id: UUID = Field(description="Its id.")
    community: UUID = Field(description="The community.")
    group: str = Field(description="The group in the source's words; empty: everyone.")
    count: int = Field(description="People.")
    year: int = Field(description="Year of the count.")
    source: str = Field(description="Who counted.")
    updated_at: datetime = Field(description="When it changed last.")


class HeadcountIn(Schema):
    """A headcount to add."""

    community: UUID = Field(description="The community.")
    group: str = Field("", max_length=120, description="The group in the source's words; empty: everyone.")
    count: int = Field(strict=True, ge=0, le=20_000_000_000, description="People.")
    year: int = Field(strict=True, ge=1800, le=2200, description="Year of the count.")
    source: str = Field(min_length=1, max_length=200, description="Who counted.")


class HeadcountPatch(Schema):
    """What to change; what is left out stays."""

    group: str | None = Field(None, max_length=120, description="The group; empty: everyone.")
    count: int | None = Field(None, strict=True, ge=0, le=20_000_000_000, description="People.")
    year: int | None = Field(None, strict=True, ge=1800, le=2200, description="Year of the count.")
    source: str | None = Field(None, min_length=1, max_length=200, description="Who counted.")


def _shape(row: Community, *, with_boundary: bool = False) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "name": row.name,
        "kind": row.kind,
        "parent": row.parent.uuid if row.parent else None,
        "description": row.description,
        "identifiers": [{"scheme": one.scheme, "value": one.value} for one in row.identifiers.all()],
        "boundary": row.boundary if with_boundary else None,
        "boundary_source": row.boundary_source,
        "box": row.box,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def _headcount(row: Headcount) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ("group", "count", "year", "source", "updated_at")}
    return {"id": row.uuid, "community": row.community.uuid, **said}


def _found(uuid: UUID, field: str) -> Community:
    row = selectors.by_uuids([uuid]).get(uuid)
    if row is None:
        raise rest.Problem(
            422, "Nothing was changed.", errors=[(field, "There is no community with this id.")]
        )
    return row


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """What the services take: nulls of text fields mean nothing was said."""
    said = {
        name: value for name, value in given.items() if value is not None or name in {"parent", "boundary"}
    }
    if "identifiers" in said:
        said["identifiers"] = [(one["scheme"], one["value"]) for one in said["identifiers"]]
    texts = [*said.values(), *(part for pair in said.get("identifiers", ()) for part in pair)]
    if any("\x00" in value for value in texts if isinstance(value, str)):
        raise ValidationError("A text contains a character that cannot be stored.")
    if said.get("parent"):
        said["parent"] = _found(said["parent"], "parent")
    return said


@router.get("/communities", response=rest.Page[CommunityOut], operation_id="list_communities")
@rest.asks(policies.may_see)
def list_communities(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """All communities, without their boundaries."""
    return rest.page_of(selectors.listed(request.user), paging, _shape)


@router.post("/communities", response={201: CommunityOut}, operation_id="create_community")
@rest.asks(policies.may_write)
def create_community(request: HttpRequest, given: CommunityIn) -> Any:
    """Add a community."""
    row = services.register_community(by=request.user, **_values(given.model_dump()))
    return 201, _shape(selectors.one(row.uuid), with_boundary=True)


@router.get("/communities/{uuid}", response=CommunityOut, operation_id="read_community")
@rest.asks(policies.may_see)
def read_community(request: HttpRequest, uuid: UUID) -> Any:
    """One community with its boundary."""
    return _shape(selectors.one(uuid), with_boundary=True)


@router.patch("/communities/{uuid}", response=CommunityOut, operation_id="change_community")
@rest.asks(policies.may_write)
def change_community(request: HttpRequest, uuid: UUID, given: CommunityPatch) -> Any:
    """Change a community."""
    row = selectors.one(uuid)
    services.change_community(row, by=request.user, **_values(given.model_dump(exclude_unset=True)))
    return _shape(selectors.one(uuid), with_boundary=True)


@router.delete("/communities/{uuid}", operation_id="remove_community")
@rest.asks(policies.may_remove)
def remove_community(
    request: HttpRequest,
    uuid: UUID,
    move_to: Annotated[
        UUID | None, Query(description="The community that takes over what refers to it.")
    ] = None,
) -> Any:
    """Remove a community. What refers to it goes to the community `move_to`, or is the reason for a 409."""
    row = selectors.one(uuid)
    target = _found(move_to, "move_to") if move_to else None
    if target is not None and target.pk == row.pk:
        raise rest.Problem(422, "Nothing was changed.", errors=[("move_to", "Choose another community.")])
    try:
        services.remove_community(row, by=request.user, move_to=target)
    except services.InTheWay as no:
        held = [*no.uses, *([f"{no.parts} communities are part of it"] if no.parts else [])]
        raise rest.Problem(409, f"{'; '.join(held)}. Give move_to, or move them first.") from None
    return 204, None


@router.get("/headcounts", response=rest.Page[HeadcountOut], operation_id="list_headcounts")
@rest.asks(policies.may_see)
def list_headcounts(
    request: HttpRequest,
    paging: rest.PageQuery,
    community: Annotated[UUID | None, Query(description="Only those of this community.")] = None,
) -> Any:
    """All headcounts, or those of one community."""
    rows = selectors.headcounts_listed(request.user)
    return rest.page_of(rows.filter(community__uuid=community) if community else rows, paging, _headcount)


@router.post("/headcounts", response={201: HeadcountOut}, operation_id="create_headcount")
@rest.asks(policies.may_write)
def create_headcount(request: HttpRequest, given: HeadcountIn) -> Any:
    """Add a headcount."""
    said = _values(given.model_dump(exclude={"community"}))
    row = services.add_headcount(_found(given.community, "community"), by=request.user, **said)
    return 201, _headcount(row)


@router.get("/headcounts/{uuid}", response=HeadcountOut, operation_id="read_headcount")
@rest.asks(policies.may_see)
def read_headcount(request: HttpRequest, uuid: UUID) -> Any:
    """One headcount."""
    return _headcount(selectors.one_headcount(uuid))


@router.patch("/headcounts/{uuid}", response=HeadcountOut, operation_id="change_headcount")
@rest.asks(policies.may_write)
def change_headcount(request: HttpRequest, uuid: UUID, given: HeadcountPatch) -> Any:
    """Change a headcount."""
    said = _values(given.model_dump(exclude_unset=True))
    services.change_headcount(selectors.one_headcount(uuid), by=request.user, **said)
    return _headcount(selectors.one_headcount(uuid))


@router.delete("/headcounts/{uuid}", operation_id="remove_headcount")
@rest.asks(policies.may_write)
def remove_headcount(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a headcount."""
    services.remove_headcount(selectors.one_headcount(uuid), by=request.user)
    return 204, None
