"""The website for programs: which numbers are public, which pages there are, what those are called and serve. They are written in the editor."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Path, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.why.goals.models import Indicator

from . import policies, selectors, services
from .models import PublicNumber

router = rest.router(tags=["Website"])
_Number = Annotated[int, Path(ge=1, lt=2**31, description="The page's number in the editor.")]


class PublicNumberPatch(Schema):
    """What to change."""

    about: str = Field(max_length=1000, description="What it says, in plain words; empty: nothing.")


class PublicNumberIn(Schema):
    """An indicator to make public."""

    indicator: UUID = Field(description="The indicator.")
    about: str = Field("", max_length=1000, description="What it says, in plain words.")


class PublicNumberOut(Schema):
    """An indicator that everybody may see."""

    id: UUID = Field(description="Its id.")
    indicator: UUID = Field(description="The indicator.")
    name: str = Field(description="What the indicator is called.")
    about: str = Field(description="What it says, in plain words.")
    address: str = Field(
        description="Where everybody reads how it is made, once the website is open in that language."
    )
    by: str | None = Field(description="E-mail of the account that made it public.")
    created_at: datetime = Field(description="Since when it is public.")


class WebsitePageOut(Schema):
    """A page of the website, in one language."""

    number: int = Field(description="Its number in the editor.")
    kind: str = Field(description="homepage, contentpage, newslistpage or newspage.")
    title: str = Field(description="Its title.")
    language: str = Field(description="Its language.")
    translation: UUID = Field(description="The same for this page in every language.")
    is_live: bool = Field(
        description="Whether it is published: everybody reads it while the website is open in its language."
    )
    has_draft: bool = Field(description="Whether its latest version is not published.")
    address: str = Field(description="Where it stands; empty while it is a draft.")
    cites: str = Field(description="Typed reference of what it serves, like projects.project:3; or empty.")
    visits: int = Field(
        description="How often it was opened; counted while it serves something, programs and the team left out."
    )
    published_at: datetime | None = Field(description="When it was published last.")


class WebsitePagePatch(Schema):
    """What to change; what is left out stays. A change is the latest version of the page, which the editor shows and goes back from."""

    title: str | None = Field(None, max_length=255, description="Its title.")
    cites: str | None = Field(
        None,
        max_length=80,
        description="Typed reference of what it serves, like projects.project:3; empty: nothing.",
    )
    is_live: bool | None = Field(
        None,
        strict=True,
        description="True publishes its latest version, false takes it off the website; left out, changes stay a draft.",
    )


def _shape(row: PublicNumber) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "indicator": row.indicator.uuid,
        "name": row.indicator.name,
        "about": row.about,
        "address": settings.BARNRAISE_URL + row.get_absolute_url(),
        "by": row.by.email if row.by else None,
        "created_at": row.created_at,
    }


def _of(uuid: UUID) -> PublicNumber:
    return rest.one(selectors.numbers_listed(), uuid=uuid)


@router.get("/public-numbers", response=list[PublicNumberOut], operation_id="list_public_numbers")
@rest.asks(policies.may_see)
def list_public_numbers(
    request: HttpRequest,
    indicator: Annotated[UUID | None, Query(description="Only that of this indicator.")] = None,
) -> Any:
    """All numbers that everybody may see, by name; 500 at most."""
    rows = selectors.numbers_listed()
    rows = rows.filter(indicator__uuid=indicator) if indicator else rows
    return [_shape(row) for row in rows[:500]]


@router.post("/public-numbers", response={201: PublicNumberOut}, operation_id="publish_number")
@rest.asks(policies.may_publish_numbers)
def publish_number(request: HttpRequest, given: PublicNumberIn) -> Any:
    """Let everybody see an indicator, small values hidden."""
    indicator = Indicator.objects.filter(uuid=given.indicator).first()
    if indicator is None:
        raise ValidationError({"indicator": "There is no indicator with this id."})
    return 201, _shape(_of(services.publish_number(indicator, about=given.about, by=request.user).uuid))


@router.get("/public-numbers/{uuid}", response=PublicNumberOut, operation_id="read_public_number")
@rest.asks(policies.may_see)
def read_public_number(request: HttpRequest, uuid: UUID) -> Any:
    """One of them."""
    return _shape(_of(uuid))


@router.patch("/public-numbers/{uuid}", response=PublicNumberOut, operation_id="change_public_number")
@rest.asks(policies.may_publish_numbers)
def change_public_number(request: HttpRequest, uuid: UUID, given: PublicNumberPatch) -> Any:
    """Say in other words what it says."""
    return _shape(services.change_number(_of(uuid), about=given.about, by=request.user))


@router.delete("/public-numbers/{uuid}", operation_id="end_public_number")
@rest.asks(policies.may_publish_numbers)
def end_public_number(request: HttpRequest, uuid: UUID) -> Any:
    """Take it off the website, at once from every page."""
    services.withdraw_number(_of(uuid), by=request.user)
    return 204, None


@router.get("/website-pages", response=list[WebsitePageOut], operation_id="list_website_pages")
@rest.asks(policies.may_see)
def list_website_pages(
    request: HttpRequest,
    after: Annotated[int, Query(ge=0, lt=2**31, description="Only pages whose number is above this.")] = 0,
    language: Annotated[
        str, Query(max_length=12, pattern="^[a-zA-Z-]*$", description="Only those in this language.")
    ] = "",
    kind: Annotated[
        str, Query(max_length=20, pattern="^[a-z]*$", description="Only those of this kind, like newspage.")
    ] = "",
    live: Annotated[bool | None, Query(description="Only those that everybody can read, or cannot.")] = None,
) -> Any:
    """Pages of the website by their number, 500 at a time."""
    rows = selectors.pages_listed().filter(pk__gt=after).order_by("pk")
    rows = rows.filter(locale__language_code=language) if language else rows
    rows = rows.filter(content_type__model=kind) if kind else rows
    rows = rows.filter(live=live) if live is not None else rows
    return _pages(request, selectors.in_full(rows, 500))


@router.get("/website-pages/{number}", response=WebsitePageOut, operation_id="read_website_page")
@rest.asks(policies.may_see)
def read_website_page(request: HttpRequest, number: _Number) -> Any:
    """One page."""
    return _pages(request, [rest.one(selectors.pages_listed(), pk=number).specific])[0]


@router.patch("/website-pages/{number}", response=WebsitePageOut, operation_id="change_website_page")
@rest.asks(policies.may_edit)
def change_website_page(request: HttpRequest, number: _Number, given: WebsitePagePatch) -> Any:
    """Call it otherwise, say what it serves, publish it or take it off the website."""
    row = rest.one(selectors.pages_listed(), pk=number)
    said = given.model_dump(exclude_unset=True)
    return _pages(request, [services.change_page(row, by=request.user, **said)])[0]


def _pages(request: HttpRequest, found: list[Any]) -> list[dict[str, Any]]:
    visits = selectors.visits_of([row.pk for row in found])
    return [
        {
            "number": row.pk,
            "kind": row._meta.model_name,
            "title": row.title,
            "language": row.locale.language_code,
            "translation": row.translation_key,
            "is_live": row.live,
            "has_draft": not row.live or row.has_unpublished_changes,
            "address": selectors.address_of(row, request),
            "cites": getattr(row, "cites", ""),
            "visits": visits.get(row.pk, 0),
            "published_at": row.last_published_at,
        }
        for row in found
    ]
