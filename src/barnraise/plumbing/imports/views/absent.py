"""What the rows of an import are about and that is not here: found by a word, added, or joined to one that is."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.policy import Refused
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from .. import policies, screens, services, showing
from ..models import Import
from ..services.absent import MOST_AT_ONCE
from ..sockets import subjects
from .results import STEP
from .start import say_refused


def _back(request: HttpRequest, batch: Import) -> str:
    name = "imports:check" if batch.state in STEP else "imports:one"
    query = {"show": "absent", "q": request.POST.get("q", "")}
    return f"{reverse(name, args=[batch.uuid])}?{urlencode(query)}#row-by-row"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _said_no(request: HttpRequest, no: Refused | ValidationError) -> None:
    say_refused(request, no if isinstance(no, Refused) else Refused(" ".join(no.messages)))


def _added(request: HttpRequest, many: int, change_set: Any) -> None:
    words = ngettext("%(n)s added.", "%(n)s added.", many) % {"n": showing.counted(many)}
    undo = reverse("journal:undo", kwargs={"key": change_set.pk}) if many else ""
    say(request, words if many else _("It is here already."), undo_url=undo)


@page(policies.may_import, of=screens.by_uuid, methods=("POST",))
def add(request: HttpRequest, batch: Import) -> HttpResponse:
    """Add one."""
    key = _number(request.POST.get("finding", ""))
    names = {key: request.POST.get("name", "").replace("\x00", "").strip()}
    try:
        _added(request, *services.add_absent(batch=batch, findings=[key], names=names, by=request.user))
    except (Refused, ValidationError) as no:
        _said_no(request, no)
    return redirect(_back(request, batch))


@page(policies.may_import, of=screens.by_uuid, methods=("POST",))
def join(request: HttpRequest, batch: Import) -> HttpResponse:
    """Say that it is one of those here."""
    finding, key = _number(request.POST.get("finding", "")), _number(request.POST.get("key", ""))
    try:
        services.join_absent(batch=batch, finding=finding, key=key, by=request.user)
        say(request, _("From now on it is found as that."))
    except (Refused, ValidationError) as no:
        _said_no(request, no)
    return redirect(_back(request, batch))


@page(policies.may_import, of=screens.by_uuid, methods=("GET", "POST"))
def add_all(request: HttpRequest, batch: Import) -> HttpResponse:
    """Add all that the search shows, after a page that says how many and which."""
    asked = request.POST if request.method == "POST" else request.GET
    query = asked.get("q", "").strip()
    plug = subjects.find(batch.noun)
    found = list(screens.absent(batch, query)[: MOST_AT_ONCE + 1]) if plug else []
    found = [one for one in found if one.key is None]
    if request.method == "POST" and found:
        try:
            _added(
                request,
                *services.add_absent(batch=batch, findings=[one.pk for one in found], by=request.user),
            )
        except (Refused, ValidationError) as no:
            _said_no(request, no)
        return redirect(_back(request, batch))
    context = {
        "batch": batch,
        "plug": plug,
        "found": found,
        "query": query,
        "are_too_many": len(found) > MOST_AT_ONCE,
        "most": MOST_AT_ONCE,
        "submit": plug.add_label if plug else "",
    }
    return render(request, "imports/add_all.html", context)
