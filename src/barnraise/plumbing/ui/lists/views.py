"""The page of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from barnraise.foundation.html import join
from barnraise.foundation.policy import leads

from ..components import button, empty
from ..models import SavedView
from . import bulk, export, jumps, keeping
from . import render as drawing
from .filters import labelled
from .keyset import Found, page_at
from .keyset import page as keyset_page
from .plans import Plan
from .selection import Asked, read

if TYPE_CHECKING:
    from .declaration import ListPage


def answer(page: ListPage, request: HttpRequest) -> HttpResponseBase:
    """GET shows; POST acts on a selection or keeps something."""
    if request.method == "POST":
        return keeping.keep(page, request) if "keep" in request.POST else bulk.act(page, request)
    if "clear" in request.GET:
        keeping.forget_query(page, request)
        return redirect(request.path)
    view = _saved(page, request)
    params = request.GET.copy()
    if view is not None:
        params = QueryDict(view.query, mutable=True)
        for name in ("cursor", "at", "export"):
            if name in request.GET:
                params[name] = request.GET[name]
    elif not request.GET:
        kept = keeping.remembered_query(page, request)
        if kept:
            return redirect(f"{request.path}?{kept}")
    return _shown(page, request, params, view)


def _shown(
    page: ListPage, request: HttpRequest, params: QueryDict, view: SavedView | None
) -> HttpResponseBase:
    asked = read(page, params)
    if asked.problems and params.get("export"):
        return redirect(f"{request.path}{asked.address()}")
    for problem in asked.problems:
        messages.warning(request, problem)
    if view is None and request.GET and not asked.problems:
        keeping.remember_query(page, request)
    plan = Plan.of(asked, request.user)
    columns = keeping.columns_of(page, request, view)
    if params.get("export") in {"csv", "xlsx"}:
        return export.exported(page, columns, plan, asked.wanted, str(params["export"]))
    if download := page.download(params.get("export", "")):
        return export.downloaded(page, download, plan, asked.wanted)
    return render(request, "ui/lists/list.html", _context(page, request, asked, plan, columns, view))


def _saved(page: ListPage, request: HttpRequest) -> SavedView | None:
    wanted = request.GET.get("view", "")
    if not wanted.isascii() or not wanted.isdigit() or len(wanted) > 18:
        return None
    return keeping.views_of(page, request.user).filter(pk=int(wanted)).first()


def _found(page: ListPage, asked: Asked, plan: Plan) -> Found:
    order, size = asked.order, page.page_size
    place = jumps.place(plan.model, order, asked.params.get("at", "")[:60])
    if place is None:
        return keyset_page(plan, order, asked.params.get("cursor", ""), size)
    return page_at(plan, order, place, size)


def _counted(page: ListPage, found: Found, plan: Plan, is_filtered: bool) -> tuple[int, bool]:
    """How many rows there are, and whether there are more than were counted."""
    if not is_filtered and page.counted is not None:
        return page.counted(), False
    if not found.next and not found.previous:
        return len(found.rows), False
    count, is_more = plan.count()
    return max(count, len(found.rows)), is_more


def _context(
    page: ListPage,
    request: HttpRequest,
    asked: Asked,
    plan: Plan,
    columns: list[Any],
    view: SavedView | None,
) -> dict[str, Any]:
    found = _found(page, asked, plan)
    if page.prepare and found.rows:
        page.prepare(found.rows)
    is_filtered = bool(asked.values)
    count, is_more = _counted(page, found, plan, is_filtered)
    actions = [action for action in page.bulk if action.policy(request.user, None)]
    other = next((v for v in page.views if v.name == asked.params.get("as")), None)
    return {
        "page": page,
        "asked": asked,
        "found": found,
        "count": count,
        "is_more": is_more,
        "is_filtered": is_filtered,
        "table": drawing.table(
            page, asked, columns, found.rows, can_tick=bool(actions or page.downloads), actor=request.user
        )
        if found.rows and not other
        else "",
        "jump": drawing.jump(asked, jumps.kind_of(plan.model, asked.order))
        if count > 3 * page.page_size or is_more
        else "",
        "actions": actions,
        "query": asked.address()[1:],
        "chips": [
            (f.label, f.words(value), asked.address(without=f.parameters)) for f, value in asked.active()
        ],
        "filters": [labelled(f, asked.params) for f in page.filters],
        "kept_params": _kept_params(page, asked),
        "next": f"{asked.address()}&cursor={found.next}" if found.next else "",
        "previous": f"{asked.address()}&cursor={found.previous}" if found.previous else "",
        **_exports(page, asked),
        "columns": [(column, True) for column in columns[1:]]
        + [(column, False) for column in page.columns[1:] if column not in columns],
        "saved": list(keeping.views_of(page, request.user)) if request.user.is_authenticated else [],
        "view": view,
        "can_share": leads(request.user),
        "can_change_view": view is not None and keeping.may_change(view, request.user),
        "is_cards": asked.params.get("as") == "cards",
        "cards_url": asked.address(changed={"as": "cards"}),
        "views": [(v, asked.address(changed={"as": v.name}), other is v) for v in page.views],
        "table_url": asked.address(without=("as",)),
        "other": other,
        "other_context": dict(other.context(request, asked.rows(request.user))) if other else {},
        "can_create": bool(
            page.create_url_name and page.create_policy and page.create_policy(request.user, None)
        ),
        "empty": _empty(page, request) if not found.rows and not is_filtered else "",
        "heading_links": [
            (label, reverse(url)) for label, url, policy in page.heading_links if policy(request.user, None)
        ],
    }


def _exports(page: ListPage, asked: Asked) -> dict[str, Any]:
    """Where the files of what is shown are."""
    return {
        "export_csv": f"{asked.address()}&export=csv",
        "export_xlsx": f"{asked.address()}&export=xlsx",
        "downloads": [(one, f"{asked.address()}&export={one.name}") for one in page.downloads],
    }


def _kept_params(page: ListPage, asked: Asked) -> list[tuple[str, str]]:
    """What the filter form has to carry along: order and view."""
    return [(name, str(asked.params[name])) for name in ("sort", "as") if asked.params.get(name)]


def _empty(page: ListPage, request: HttpRequest) -> Any:
    allowed = [(label, url) for label, url, policy in page.empty.actions if policy(request.user, None)]
    actions = [
        button(label, href=reverse(url), kind="quiet" if at else "primary")
        for at, (label, url) in enumerate(allowed)
    ]
    return join([empty(page.empty.title, page.empty.text, actions, icon=page.empty.icon)])
