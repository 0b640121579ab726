"""Pages of what organisations give and seek."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from .. import exchange_words, policies, sectors, selectors, services
from ..forms import ExchangeForm
from ..models import Exchange, Organisation

Status = Exchange.Status


def shown(organisation: Organisation, exchanged: Sequence[Exchange]) -> list[dict[str, Any]]:
    """What an organisation gives, and what it seeks, ready for its page."""
    today = timezone.localdate()
    rows: dict[str, list[dict[str, Any]]] = {direction: [] for direction in Exchange.Direction.values}
    for row in exchanged:
        rows[row.direction].append(
            {
                "row": row,
                "icon": exchange_words.ICONS[row.kind],
                "state": "" if exchange_words.is_plain(row, today) else exchange_words.state(row, today),
                "details": exchange_words.details(row),
                "sectors": [sectors.label(scheme, code) for scheme, code in row.sectors],
                "communities": [one.community for one in row.concerns.all()],
                "steps": _steps(row),
            }
        )
    ours = organisation.is_own
    return [
        {
            "title": _("What we give") if ours else _("What it gives"),
            "rows": rows[Exchange.Direction.GIVES],
            "add": reverse("organisations:add_give", args=[organisation.uuid]),
            "add_words": _("Note a gift"),
            "none": _(
                "Nobody has noted yet what it could give: money, goods, volunteers, space, expertise or reach."
            ),
        },
        {
            "title": _("Our asks") if ours else _("What it seeks"),
            "rows": rows[Exchange.Direction.SEEKS],
            "add": reverse("organisations:add_seek", args=[organisation.uuid]),
            "add_words": _("Note an ask"),
            "none": _("Nothing yet. What we ask for here is what others are ranked against.")
            if ours
            else _("Nobody has noted yet what it seeks."),
        },
    ]


def _steps(row: Exchange) -> list[dict[str, str]]:
    """What can be done next: address, words and icon."""
    words = {
        Status.OPEN: (_("Open again"), "organisations:open_exchange", "restore"),
        Status.PAUSED: (_("Pause"), "organisations:pause_exchange", "player-pause"),
        Status.ENDED: (_("End"), "organisations:end_exchange", "archive"),
    }
    return [
        {"words": word, "address": reverse(name, args=[row.uuid]), "icon": icon}
        for status, (word, name, icon) in words.items()
        if status != row.status
    ]


@page(policies.may_write, of=selectors.one_row, methods=("GET", "POST"))
def add_give(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Note what an organisation gives."""
    return _add(request, organisation, Exchange.Direction.GIVES)


@page(policies.may_write, of=selectors.one_row, methods=("GET", "POST"))
def add_seek(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Note what an organisation seeks."""
    return _add(request, organisation, Exchange.Direction.SEEKS)


def _add(request: HttpRequest, organisation: Organisation, direction: str) -> HttpResponse:
    form = ExchangeForm(request.POST if request.method == "POST" else None, direction=direction)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.register_exchange(organisation, form.wanted(), by=request.user)
        except ValidationError as no:
            form.add_error(None, no)
        else:
            say(request, _("It has been noted."))
            return redirect(made)
    title = _("Note what it gives") if direction == Exchange.Direction.GIVES else _("Note what it seeks")
    return _form(request, form, title, organisation, organisation.get_absolute_url())


@page(policies.may_write, of=selectors.one_exchange, methods=("GET", "POST"))
def change_exchange(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    """Change what is given or sought."""
    said = selectors.exchange_documents([exchange.pk])[exchange.pk]
    form = ExchangeForm(
        request.POST if request.method == "POST" else None, direction=exchange.direction, document=said
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_exchange(exchange, by=request.user, **form.values())
        except ValidationError as no:
            form.add_error(None, no)
        else:
            say(request, _("It has been changed."))
            return redirect(exchange)
    gives = exchange.direction == Exchange.Direction.GIVES
    title = _("Change what it gives") if gives else _("Change what it seeks")
    return _form(request, form, title, exchange.organisation, exchange.get_absolute_url())


def _form(
    request: HttpRequest, form: ExchangeForm, title: str, organisation: Organisation, cancel: str
) -> HttpResponse:
    context = {"form": form, "title": title, "thing": organisation, "submit": _("Keep"), "cancel_url": cancel}
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


@page(policies.may_write, of=selectors.one_exchange, methods=("GET", "POST"))
def remove_exchange(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    """Take it away altogether."""
    organisation = exchange.organisation
    if request.method == "POST":
        services.remove_exchange(exchange, by=request.user)
        say(request, _("It has been removed."))
        return redirect(organisation)
    context = {
        "thing": exchange,
        "title": _("Remove"),
        "intro": _("If it was true once, end it instead: then it stays in the history."),
        "submit": _("Remove"),
        "danger": True,
        "cancel_url": exchange.get_absolute_url(),
    }
    return render(request, "organisations/remove_exchange.html", context)


def _set(request: HttpRequest, exchange: Exchange, status: str, words: str) -> HttpResponse:
    services.set_exchange_status(exchange, status=status, by=request.user)
    say(request, words)
    return redirect(exchange)


@page(policies.may_write, of=selectors.one_exchange, methods=("POST",))
def open_exchange(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    """It is open (again)."""
    return _set(request, exchange, Status.OPEN, _("It is open again."))


@page(policies.may_write, of=selectors.one_exchange, methods=("POST",))
def pause_exchange(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    """Not for the time being."""
    return _set(request, exchange, Status.PAUSED, _("It is paused."))


@page(policies.may_write, of=selectors.one_exchange, methods=("POST",))
def end_exchange(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    """No longer."""
    return _set(request, exchange, Status.ENDED, _("It has ended."))


@page(policies.may_see, of=selectors.one_exchange_by_key)
def exchange_by_key(request: HttpRequest, exchange: Exchange) -> HttpResponse:
    """The address that timelines know leads to its place on the organisation's page."""
    return redirect(exchange)
