"""Let a reminder wait, see what waits, wake it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import require
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.form_pages import form_page, kept
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.sockets import cards, kinds
from barnraise.plumbing.ui.toasts import say

from . import policies, selectors, services
from .forms import SnoozeForm
from .models import Snooze

WEEK = timedelta(days=7)


def _asked(request: HttpRequest, card: str, ref: str) -> tuple[Any, Ref, str]:
    """The card, the thing and what it is called, where this reader may see both. Raises Http404, Refused."""
    shown = cards.find(card)
    try:
        thing = Ref.parse(ref)
    except ValueError:
        raise Http404 from None
    described = kinds.find(thing.kind)
    if shown is None or described is None:
        raise Http404
    require(shown.policy, request.user)
    require(described.policy, request.user)
    title = described.titles([thing.id]).get(thing.id)
    if title is None:
        raise Http404
    return shown, thing, str(title)


@page(policies.may_snooze, methods=("GET", "POST"))
def snooze(request: HttpRequest, card: str, ref: str) -> HttpResponse:
    """Let a card be silent about a thing for a while."""
    shown, thing, title = _asked(request, card, ref)
    today = timezone.localdate()
    row = selectors.of_thing(card, thing, today)
    initial = {"until": row.until if row else today + WEEK, "reason": row.reason if row else ""}
    form = SnoozeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and kept(
        form, lambda: services.snooze(card, thing, by=request.user, **form.cleaned_data)
    ):
        say(request, _("Today says nothing about it until then."))
        return redirect(reverse("desk:today"))
    return form_page(
        request,
        form,
        _("Snooze the reminder"),
        reverse("desk:today"),
        template="snoozes/snooze.html",
        card=shown,
        thing_title=title,
        thing_url=kinds.get(thing.kind).url(thing.id),
        row=row,
    )


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, row: Snooze) -> HttpResponse:
    """A snooze opens where it is changed and woken; whoever may not do that sees its thing."""
    _asked(request, row.card, str(row.ref))
    if policies.may_snooze(request.user):
        return redirect("snoozes:snooze", card=row.card, ref=str(row.ref))
    return redirect(kinds.get(row.kind).url(row.key))


@page(policies.may_snooze, of=selectors.one, methods=("POST",))
def wake(request: HttpRequest, row: Snooze) -> HttpResponse:
    """Remind again."""
    services.wake(row, by=request.user)
    say(request, _("Today speaks of it again."))
    return redirect(reverse("desk:today"))
