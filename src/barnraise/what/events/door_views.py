"""Check-in at the door, on a phone: by name, by the code on somebody's page, or without registration."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say
from barnraise.who.people import selectors as people

from . import facing, policies, selectors, services
from .forms import NewcomerForm
from .models import Event, Registration


def _back(event: Event, request: HttpRequest) -> HttpResponse:
    text = request.POST.get("q", "").strip()[:200]
    where = reverse("events:door", args=[event.uuid])
    return redirect(f"{where}?{urlencode({'q': text})}" if text else where)


@page(policies.may_check_in, of=selectors.one, methods=("GET", "POST"))
def door(request: HttpRequest, event: Event) -> HttpResponse:
    """Everybody who may come, found by name, each with one large button; below it, whoever has not registered."""
    form = NewcomerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (answer := _walked_in(request, event, form)):
        return answer
    text = request.GET.get("q", "").strip()[:200]
    counts = selectors.counts_of([event.pk])[event.pk]
    context = {
        "thing": event,
        "key": str(event.uuid),
        "text": text,
        "rows": [(row, facing.place_badge(row)) for row in selectors.at_the_door(event, text)],
        "most": selectors.FOUND,
        "strangers": selectors.strangers(event, text),
        "counts": counts,
        "form": form,
        "is_over": event.cancelled_at or event.closed_at,
    }
    return render(request, "events/door.html", context, status=422 if form.errors else 200)


def _walked_in(request: HttpRequest, event: Event, form: Any) -> HttpResponse | None:
    """Check in whoever has not registered; None when the form needs mending."""
    known = request.POST.get("known", "")
    if known.isascii() and known.isdigit() and len(known) < 19:
        person = people.one_by_key(int(known))
        who = services.Newcomer(person.display_name, person=person)
    elif form.is_valid():
        who = services.Newcomer(**form.cleaned_data)
    else:
        return None
    try:
        row = services.walk_in(event, who, by=request.user)
    except ValidationError as no:
        if known:
            say(request, " ".join(no.messages), tone="bad")
            return _back(event, request)
        form.refused(no)
        return None
    say(request, _("%(name)s is checked in.") % {"name": row.name}, undo_url=_undo(row))
    return _back(event, request)


def _undo(row: Registration) -> str:
    return reverse("events:undo_check_in", args=[row.uuid])


@page(policies.may_check_in, of=selectors.one_registration, methods=("GET", "POST"))
def scanned(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What the code on somebody's page opens on the phone at the door."""
    if request.method == "POST":
        return _checked_in(request, registration)
    context = {"thing": registration, "event": registration.event, "badge": facing.place_badge(registration)}
    return render(request, "events/scanned.html", context)


def _checked_in(request: HttpRequest, registration: Registration) -> HttpResponse:
    try:
        row = services.check_in(registration, by=request.user)
    except ValidationError as no:
        say(request, " ".join(no.messages), tone="bad")
    else:
        say(request, _("%(name)s is checked in.") % {"name": row.name}, undo_url=_undo(row))
    return _back(registration.event, request)


@page(policies.may_check_in, of=selectors.one_registration, methods=("POST",))
def undo_check_in(request: HttpRequest, registration: Registration) -> HttpResponse:
    """It was somebody else."""
    try:
        services.undo_check_in(registration, by=request.user)
    except ValidationError as no:
        say(request, " ".join(no.messages), tone="bad")
    else:
        say(request, _("%(name)s is no longer checked in.") % {"name": registration.name})
    return _back(registration.event, request)
