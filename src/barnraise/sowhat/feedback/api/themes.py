"""Themes for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from .. import policies, selectors, services
from ..models import Theme
from .shared import clean

router = rest.router(tags=["Feedback"])


class ThemeIn(Schema):
    """What many comments are about."""

    name: str = Field(max_length=120, description="What it is called.")
    about: str = Field("", max_length=500, description="What belongs to it.")


class ThemePatch(Schema):
    """What of a theme to change; what is left out stays."""

    name: str | None = Field(None, max_length=120, description="What it is called.")
    about: str | None = Field(None, max_length=500, description="What belongs to it.")
    is_ended: bool | None = Field(None, description="It stays on its comments and is no longer offered.")


class ThemeOut(Schema):
    """A theme."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="What it is called.")
    about: str = Field(description="What belongs to it.")
    ended_on: date | None = Field(description="Since when it is no longer offered.")
    comment_count: int = Field(description="How many comments are about it.")
    waiting_count: int = Field(description="How many of those wait for an answer.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


def _shape(row: Any) -> dict[str, Any]:
    plain = ("name", "about", "ended_on", "comment_count", "waiting_count", "created_at", "updated_at")
    return {"id": row.uuid, **{name: getattr(row, name) for name in plain}}


def _one(request: HttpRequest, uuid: UUID) -> Theme:
    found: Theme = rest.one(selectors.themes_listed(request.user), uuid=uuid)
    return found


@router.get("/themes", response=rest.Page[ThemeOut], operation_id="list_themes")
@rest.asks(policies.may_see)
def list_themes(
    request: HttpRequest,
    paging: rest.PageQuery,
    ended: Annotated[
        bool | None, Query(description="Only those that ended, or only those that are offered.")
    ] = None,
) -> Any:
    """All themes, ended ones too."""
    rows = selectors.themes_listed(request.user)
    return rest.page_of(rows if ended is None else rows.filter(ended_on__isnull=not ended), paging, _shape)


@router.post("/themes", response={201: ThemeOut}, operation_id="create_theme")
@rest.asks(policies.may_edit)
def create_theme(request: HttpRequest, given: ThemeIn) -> Any:
    """Add a theme."""
    clean(given.name, given.about)
    made = services.add_theme(by=request.user, name=given.name, about=given.about)
    return 201, _shape(_one(request, made.uuid))


@router.get("/themes/{uuid}", response=ThemeOut, operation_id="read_theme")
@rest.asks(policies.may_see)
def read_theme(request: HttpRequest, uuid: UUID) -> Any:
    """One theme."""
    return _shape(_one(request, uuid))


@router.patch("/themes/{uuid}", response=ThemeOut, operation_id="change_theme")
@rest.asks(policies.may_edit)
def change_theme(request: HttpRequest, uuid: UUID, given: ThemePatch) -> Any:
    """Rename it, or end it."""
    row = _one(request, uuid)
    clean(given.name, given.about)
    said = {name: value for name, value in given.model_dump().items() if value is not None}
    kept = {"name": row.name, "about": row.about, "is_ended": row.ended_on is not None}
    services.change_theme(row, by=request.user, **{**kept, **said})
    return _shape(_one(request, uuid))


@router.delete("/themes/{uuid}", operation_id="remove_theme")
@rest.asks(policies.may_remove)
def remove_theme(request: HttpRequest, uuid: UUID) -> Any:
    """Take it away; comments stay, and are no longer about it."""
    services.remove_theme(_one(request, uuid), by=request.user)
    return 204, None
