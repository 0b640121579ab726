"""What a person keeps of a list: its filters while the session lasts, its columns, and saved views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from barnraise.foundation.policy import leads
from barnraise.foundation.text import squeeze

from ..models import SavedView
from .selection import read

if TYPE_CHECKING:
    from .declaration import Column, ListPage

NOT_KEPT = ("cursor", "at", "export", "view", "clear")
MOST = 2000
"""A longer address is not kept; half of one would be another selection."""


def _session_key(page: ListPage) -> str:
    return f"list:{page.name}"


def remembered_query(page: ListPage, request: HttpRequest) -> str:
    """The filters of the last visit."""
    return str(request.session.get(_session_key(page), {}).get("query", ""))


def remember_query(page: ListPage, request: HttpRequest) -> None:
    """Keep the filters of this visit for the next one; only when they changed."""
    params = request.GET.copy()
    for name in NOT_KEPT:
        params.pop(name, None)
    kept = request.session.get(_session_key(page), {})
    query = params.urlencode()
    if kept.get("query", "") != query and len(query) <= MOST:
        request.session[_session_key(page)] = {**kept, "query": query}


def forget_query(page: ListPage, request: HttpRequest) -> None:
    """Start without filters the next time."""
    kept = request.session.get(_session_key(page), {})
    request.session[_session_key(page)] = {**kept, "query": ""}


def columns_of(page: ListPage, request: HttpRequest, view: SavedView | None) -> list[Column]:
    """The columns to show: the saved view's, else those chosen, else the usual; the first is always there."""
    chosen = (view.columns if view else None) or request.session.get(_session_key(page), {}).get("columns")
    if not chosen:
        return [column for at, column in enumerate(page.columns) if at == 0 or column.is_default]
    by_name = {column.name: column for column in page.columns}
    first = page.columns[0]
    return [first, *(by_name[name] for name in chosen if name in by_name and name != first.name)]


def views_of(page: ListPage, actor: Any) -> QuerySet[SavedView]:
    """Saved views the actor may use: own ones and shared ones."""
    return (
        SavedView.objects.filter(list_name=page.name)
        .filter(Q(owner_id=actor.pk) | Q(is_shared=True))
        .order_by("title", "id")
    )


def may_change(view: SavedView, actor: Any) -> bool:
    """The owner may; leads may change what is shared with the team."""
    return bool(view.owner_id == actor.pk or (view.is_shared and leads(actor)))


def keep(page: ListPage, request: HttpRequest) -> HttpResponse:
    """Answer a POST that keeps columns or a view."""
    what = request.POST.get("keep", "")
    back = request.path + "?" + request.POST.get("query", "")
    if what == "columns":
        names = _in_order(request, [n for n in request.POST.getlist("column") if n in page.column_names])
        kept = request.session.get(_session_key(page), {})
        request.session[_session_key(page)] = {**kept, "columns": names}
        return redirect(back)
    if what == "view":
        return _save_view(page, request, back)
    view = views_of(page, request.user).filter(pk=_number(request.POST.get("id"))).first()
    if view is None or not may_change(view, request.user):
        messages.error(request, _("That view is not yours to change."))
        return redirect(back)
    if what == "view-away":
        view.delete()
        messages.success(request, _("The view is gone; the records are not touched."))
        return redirect(request.path + "?clear=1")
    if what == "view-name":
        return _rename_view(request, view, back)
    return redirect(f"{request.path}?view={view.pk}")


def _rename_view(request: HttpRequest, view: SavedView, back: str) -> HttpResponse:
    try:
        change_view(
            view,
            actor=request.user,
            title=squeeze(request.POST.get("title", "")) or view.title,
            is_shared=request.POST.get("shared") == "1",
        )
    except ValidationError as no:
        messages.error(request, " ".join(no.messages))
        return redirect(back)
    return redirect(f"{request.path}?view={view.pk}")


def _in_order(request: HttpRequest, names: list[str]) -> list[str]:
    """The names by the places that were given; those without one, and equal ones, as they came."""
    return sorted(names, key=lambda name: _number(request.POST.get(f"place.{name}")))


def _number(value: Any) -> int:
    return (
        int(value)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19
        else 0
    )


def _save_view(page: ListPage, request: HttpRequest, back: str) -> HttpResponse:
    try:
        view = add_view(
            page,
            actor=request.user,
            title=request.POST.get("title", ""),
            query=request.POST.get("query", ""),
            columns=[column.name for column in columns_of(page, request, None)],
            is_shared=request.POST.get("shared") == "1",
        )
    except ValidationError as no:
        messages.error(request, " ".join(no.messages))
        return redirect(back)
    return redirect(f"{request.path}?view={view.pk}")


def add_view(
    page: ListPage, *, actor: Any, title: str, query: str, columns: list[str], is_shared: bool
) -> SavedView:
    """Keep filters, order and columns under a name; only those who lead share it. Raises ValidationError by field."""
    said = {"title": _titled(title), "query": _readable(page, query), "columns": columns}
    return _kept(
        SavedView(
            owner_id=int(actor.pk or 0), list_name=page.name, is_shared=is_shared and leads(actor), **said
        )
    )


def change_view(view: SavedView, *, actor: Any, page: ListPage | None = None, **values: Any) -> SavedView:
    """Set title, query, columns or is_shared (`page` is needed for a query). Raises ValidationError by field."""
    if "title" in values:
        values["title"] = _titled(values["title"])
    if "query" in values and page is not None:
        values["query"] = _readable(page, values["query"])
    if "is_shared" in values:
        values["is_shared"] = bool(values["is_shared"]) and leads(actor)
    for name, value in values.items():
        setattr(view, name, value)
    return _kept(view)


def _kept(view: SavedView) -> SavedView:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise ValidationError({"title": _("You have a view with this name already.")}) from None
    return view


def _titled(text: str) -> str:
    title = squeeze(text)[:80]
    if not title:
        raise ValidationError({"title": _("Give the view a name.")})
    return title


def _readable(page: ListPage, text: str) -> str:
    params = QueryDict(text, mutable=True)
    for name in NOT_KEPT:
        params.pop(name, None)
    query = params.urlencode()
    if len(query) > MOST or read(page, params).problems:
        raise ValidationError(
            {"query": _("These filters cannot be kept: they are too long, or one of them cannot be read.")}
        )
    return query
