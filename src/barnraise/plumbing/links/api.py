"""Short links for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from . import policies, selectors, services
from .forms import ChangeForm, CreateForm
from .models import ShortLink

router = rest.router(tags=["Short links"])


class ShortLinkOut(Schema):
    """A short link."""

    id: UUID = Field(description="Its id.")
    code: str = Field(description="What stands in the address.")
    address: str = Field(
        description="The whole address to hand out; add ?c=CHANNEL to count a channel apart."
    )
    title: str = Field(description="What it is for, for the team.")
    target: str = Field(description="Where it leads: a path of this site or an https address.")
    channels: list[str] = Field(description="Channels counted apart.")
    cites: str = Field(description="Typed reference of what it serves, like projects.project:3; or empty.")
    visits: int = Field(description="How often it was followed, programs not counted.")
    ended_at: datetime | None = Field(description="Since when it leads nowhere; null while it works.")
    updated_at: datetime = Field(description="When it was last changed.")


class ShortLinkIn(Schema):
    """What a new short link needs."""

    title: str = Field(description="What it is for, for the team.", max_length=120)
    target: str = Field(description="A path of this site, or an https address.", max_length=1000)
    channels: list[str] = Field(default_factory=list, description="Channels to count apart, at most 20.")
    cites: str = Field("", description="Typed reference of what it serves.", max_length=80)
    code: str = Field(
        "", description="3 to 40 small letters, digits, hyphens; empty: six random.", max_length=40
    )


class ShortLinkPatch(Schema):
    """What of a short link is to change; its code never does."""

    title: str | None = Field(None, description="The new title; null keeps it.", max_length=120)
    target: str | None = Field(None, description="The new target; null keeps it.", max_length=1000)
    channels: list[str] | None = Field(None, description="The new channels; null keeps them.")
    cites: str | None = Field(
        None, description="What it serves; empty for nothing, null keeps it.", max_length=80
    )
    is_ended: bool | None = Field(
        None, strict=True, description="true ends the link for good; null and false change nothing."
    )


def _shape(link: ShortLink, visits: dict[int, int] | None = None) -> dict[str, Any]:
    counted = visits if visits is not None else selectors.visits_of([link])
    names = ("code", "title", "target", "channels", "cites", "ended_at", "updated_at")
    return {
        "id": link.uuid,
        "address": selectors.address_of(link),
        "visits": counted.get(link.pk, 0),
        **{name: getattr(link, name) for name in names},
    }


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """As the form takes it: channels in one line, and without what is a reference already."""
    return {**values, "channels": ", ".join(label.replace(",", " ") for label in values["channels"])[:800]}


@router.get("/short-links", response=rest.Page[ShortLinkOut], summary="List short links")
@rest.asks(policies.may_see)
def list_short_links(
    request: HttpRequest,
    paging: rest.PageQuery,
    is_ended: Annotated[
        bool | None,
        Query(description="true: only those that lead nowhere any more; false: only those that work."),
    ] = None,
    cites: Annotated[
        str, Query(max_length=80, description="Only those that serve this, like projects.project:3.")
    ] = "",
    code: Annotated[str, Query(max_length=40, description="Only the one of this code.")] = "",
) -> Any:
    """Short links: all of them, ended ones too, or those that pass."""
    rows = selectors.short_links()
    if is_ended is not None:
        rows = rows.filter(ended_at__isnull=not is_ended)
    if cites:
        rows = rows.filter(cites=cites.replace("\x00", ""))
    if code:
        rows = rows.filter(code=code.replace("\x00", "").lower())
    visits: dict[int, int] = {}

    def count(rows: list[ShortLink]) -> None:
        visits.update(selectors.visits_of(rows))

    return rest.page_of(rows, paging, lambda link: _shape(link, visits), prepare=count)


@router.get("/short-links/{uuid}", response=ShortLinkOut, summary="Read a short link")
@rest.asks(policies.may_see)
def read_short_link(request: HttpRequest, uuid: UUID) -> Any:
    """One short link."""
    return _shape(rest.one(selectors.short_links(), uuid=uuid))


@router.post("/short-links", response={201: ShortLinkOut}, summary="Create a short link")
@rest.asks(policies.may_create)
def create_short_link(request: HttpRequest, given: ShortLinkIn) -> Any:
    """Make one."""
    said = given.dict()
    cites = said.pop("cites")
    values = {**rest.mended(CreateForm(_given(said))), "cites": cites}
    return 201, _shape(services.create(by=request.user, **values))


@router.patch("/short-links/{uuid}", response=ShortLinkOut, summary="Change a short link")
@rest.asks(policies.may_change)
def change_short_link(request: HttpRequest, uuid: UUID, given: ShortLinkPatch) -> Any:
    """Let it lead elsewhere, or end it."""
    link = rest.one(selectors.short_links(), uuid=uuid)
    rest.require(request, policies.may_change, link)
    wanted = given.dict(exclude_none=True)
    is_ended, cites = wanted.pop("is_ended", False), wanted.pop("cites", None)
    now = {"title": link.title, "target": link.target, "channels": link.channels}
    values = {**rest.mended(ChangeForm(_given({**now, **wanted}))), "cites": cites}
    link = services.change(link=link, by=request.user, **values)
    return _shape(services.end(link=link, by=request.user) if is_ended else link)


@router.delete("/short-links/{uuid}", response={204: None}, summary="Remove a short link")
@rest.asks(policies.may_change)
def remove_short_link(request: HttpRequest, uuid: UUID) -> Any:
    """Remove it with its counts; end one that was handed out instead."""
    link = rest.one(selectors.short_links(), uuid=uuid)
    rest.require(request, policies.may_change, link)
    services.remove(link=link, by=request.user)
    return 204, None
