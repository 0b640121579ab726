"""Bulk actions: from the ticked rows, over values or a confirmation, to what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.policy import Refused, require

from ..toasts import say
from .export import downloaded
from .keyset import Order
from .selection import Selection, capped_count
from .sockets import Done, bulk_runner

if TYPE_CHECKING:
    from .declaration import BulkAction, Download, ListPage


def run_at_once(
    *, page: ListPage, action: BulkAction, selection: Selection, values: Mapping[str, Any], by: Any
) -> Done:
    """The runner when nothing is plugged: everything in one transaction."""
    with transaction.atomic():
        count = action.apply(selection.rows(page, by), by=by, values=values, change_set=None)
    return Done(ngettext("%(n)d row changed.", "%(n)d rows changed.", count) % {"n": count})


def act(page: ListPage, request: HttpRequest) -> HttpResponseBase:
    """Answer a POST that names a bulk action."""
    selection = Selection.posted(page, request.POST)
    back = request.path + "?" + request.POST.get("query", "")
    if download := page.download(request.POST.get("download", "")):
        return _downloaded(page, download, selection, request, back)
    action = page.action(request.POST.get("action", ""))
    if action is None:
        messages.error(request, _("Choose what to do with the rows."))
        return redirect(back)
    require(action.policy, request.user)
    try:
        count, is_more = capped_count(selection.rows(page, request.user))
    except Refused as no:
        messages.error(request, no.reason)
        return redirect(request.path)
    if not count:
        messages.error(request, _("Tick the rows first; nothing was changed."))
        return redirect(back)
    is_answered = request.POST.get("answered") == "1"
    form = action.form(request.POST if is_answered else None) if action.form else None
    if (form is not None and not (is_answered and form.is_valid())) or (action.is_danger and not is_answered):
        context = {"page": page, "action": action, "selection": selection, "form": form, "count": count}
        context |= {"is_more": is_more, "query": request.POST.get("query", ""), "back": back}
        return render(request, "ui/lists/bulk.html", context, status=422 if is_answered else 200)
    values = form.cleaned_data if form is not None else {}
    runner = next(iter(bulk_runner), run_at_once)
    try:
        done = runner(page=page, action=action, selection=selection, values=values, by=request.user)
    except Refused as no:
        messages.error(request, no.reason or _("Nothing was changed."))
        return redirect(back)
    say(request, done.message, undo_url=done.undo_url)
    return redirect(done.job_url or back)


def _downloaded(
    page: ListPage, download: Download, selection: Selection, request: HttpRequest, back: str
) -> HttpResponseBase:
    """A file of the ticked rows, or of all that match."""
    try:
        rows = selection.rows(page, request.user)
    except Refused as no:
        messages.error(request, no.reason)
        return redirect(request.path)
    if not rows.exists():
        messages.error(request, _("Tick the rows first."))
        return redirect(back)
    return downloaded(page, download, rows, Order.parse(page.default_sort))
