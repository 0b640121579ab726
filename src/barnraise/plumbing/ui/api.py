"""Saved views of lists for programs: own ones, and those shared with the team."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from ninja import Field, Path, Query, Schema

from barnraise.foundation.policy import leads, team

from . import rest
from .lists.keeping import add_view, change_view, may_change
from .lists.sockets import lists
from .models import SavedView

router = rest.router(tags=["Saved views"])
Key = Annotated[UUID, Path(description="The view's id.")]


Names = list[str]


class ViewPatch(rest.Given):
    """What to change; what is left out stays."""

    title: str | None = Field(None, min_length=1, max_length=80, description="Its name, once for each list.")
    query: str | None = Field(
        None,
        max_length=2000,
        description="Filters and order as they stand behind the ? of the list's address.",
    )
    columns: Names | None = Field(None, max_length=60, description="Names of columns; [] for the usual ones.")
    is_shared: bool | None = Field(None, description="Shared with the team; only those who lead share.")


class ViewIn(ViewPatch):
    """A view to keep."""

    list: str = Field(max_length=80, description="The list it is of, such as organisations or people.")
    title: str = Field(min_length=1, max_length=80, description="Its name, once for each list.")


class ViewOut(Schema):
    """A saved view."""

    id: UUID = Field(description="Its id.")
    list: str = Field(description="The list it is of.")
    title: str = Field(description="Its name.")
    query: str = Field(description="Filters and order as they stand behind the ? of the list's address.")
    columns: Names = Field(description="Names of columns; [] for the usual ones.")
    is_shared: bool = Field(description="Shared with the team.")
    is_own: bool = Field(description="The caller's own.")
    updated_at: datetime = Field(description="When it changed last.")


def _shape(row: SavedView, actor: Any) -> dict[str, Any]:
    names = ("title", "query", "columns", "is_shared", "updated_at")
    return {
        **{name: getattr(row, name) for name in names},
        "id": row.uuid,
        "list": row.list_name,
        "is_own": row.owner_id == actor.pk,
    }


def _readable(actor: Any) -> Any:
    """Own and shared views of lists that the actor may open."""
    open_lists = [name for name, page in lists.items() if page.policy(actor, None)]
    mine_or_shared = Q(owner_id=actor.pk) | Q(is_shared=True)
    return SavedView.objects.filter(mine_or_shared, list_name__in=open_lists)


def _columns(page: Any, names: Any) -> Names:
    if unknown := [name for name in names if name not in page.column_names]:
        raise rest.Problem(
            422, "Nothing was kept.", errors=[("columns", f"There is no column {unknown[0]}.")]
        )
    return list(names)


@router.get("/saved-views", response=rest.Page[ViewOut], operation_id="list_saved_views")
@rest.asks(team)
def list_saved_views(
    request: HttpRequest,
    paging: rest.PageQuery,
    of: Annotated[str | None, Query(alias="list", description="Only those of this list.")] = None,
) -> Any:
    """The caller's views, and those shared with the team."""
    rows = _readable(request.user)
    if of is not None:
        rows = rows.filter(list_name=of)
    return rest.page_of(rows, paging, lambda row: _shape(row, request.user))


@router.post("/saved-views", response={201: ViewOut}, operation_id="create_saved_view")
@rest.asks(team)
def create_saved_view(request: HttpRequest, given: ViewIn) -> Any:
    """Keep a view."""
    page = lists.find(given.list)
    if page is None or not page.policy(request.user, None):
        raise rest.Problem(422, "Nothing was kept.", errors=[("list", f"There is no list {given.list}.")])
    _refuse_sharing(request, given.is_shared)
    row = add_view(
        page,
        actor=request.user,
        title=given.title,
        query=given.query or "",
        columns=_columns(page, given.columns or []),
        is_shared=bool(given.is_shared),
    )
    return 201, _shape(row, request.user)


@router.get("/saved-views/{key}", response=ViewOut, operation_id="read_saved_view")
@rest.asks(team)
def read_saved_view(request: HttpRequest, key: Key) -> Any:
    """One view."""
    return _shape(rest.one(_readable(request.user), uuid=key), request.user)


@router.patch("/saved-views/{key}", response=ViewOut, operation_id="change_saved_view")
@rest.asks(team)
def change_saved_view(request: HttpRequest, key: Key, given: ViewPatch) -> Any:
    """Change a view: its owner may, and those who lead where it is shared."""
    row = rest.one(_readable(request.user), uuid=key)
    rest.require(request, _may_change, row)
    _refuse_sharing(request, given.is_shared)
    page = lists.get(row.list_name)
    said = {name: value for name, value in given.model_dump(exclude_unset=True).items() if value is not None}
    if "columns" in said:
        said["columns"] = _columns(page, said["columns"])
    return _shape(change_view(row, actor=request.user, page=page, **said), request.user)


@router.delete("/saved-views/{key}", operation_id="remove_saved_view")
@rest.asks(team)
def remove_saved_view(request: HttpRequest, key: Key) -> Any:
    """Remove a view; the records are not touched."""
    row = rest.one(_readable(request.user), uuid=key)
    rest.require(request, _may_change, row)
    row.delete()
    return 204, None


def _may_change(actor: Any, view: Any = None) -> bool:
    return view is None or may_change(view, actor)


def _refuse_sharing(request: HttpRequest, is_shared: bool | None) -> None:
    if is_shared and not leads(request.user):
        raise rest.Problem(403, "Only those who lead share views with the team.")
