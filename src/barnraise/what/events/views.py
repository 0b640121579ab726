"""The team's pages of events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import CancelForm, CloseForm, EventForm, HoursForm, MadeForm, NewcomerForm
from .models import Event, Registration
from .signing import address

FIRST = 8


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, event: Event) -> HttpResponse:
    """An event: who registered and came, what came of it, what it cost, who hosted it."""
    now = timezone.now()
    counts = selectors.counts_of([event.pk])[event.pk]
    may_edit = policies.may_edit(request.user)
    state = event.state(now)
    header = Header(
        title=event.title,
        kind=event.get_kind_display(),
        icon=facing.ICONS[event.kind],
        state=facing.state_badge(event),
        owner=str(event.owner) if event.owner else "",
        action=_main_action(event, state) if may_edit else "",
    )
    rows = Registration.objects.filter(event=event).order_by("-updated_at", "-pk")[:FIRST]
    context = {
        "thing": event,
        "header": header,
        "state": state,
        "span": facing.span(event),
        "counts": counts,
        "seats": facing.seats(event, counts),
        "came": facing.came(event, counts),
        "hours": facing.all_hours(event, counts.minutes) if counts.minutes else "",
        "rows": [(row, facing.place_badge(row)) for row in rows],
        "outputs": list(event.outputs.order_by("id")),
        "costs": list(event.costs.order_by("id")),
        "hosts": [(host, float(part)) for host, part in selectors.credit_of(event, counts.came)],
        "serves": search.cited_title(event.cites) if event.cites else "",
        "takes": event.takes_registrations(now),
        "may_edit": may_edit,
        "may_remove": policies.may_remove(request.user) and not counts.came,
    }
    return render(request, "events/one.html", context)


def _main_action(event: Event, state: str) -> Any:
    """The one next thing to do."""
    if state == "over":
        return button(_("Close out"), href=reverse("events:close", args=[event.uuid]), icon="circle-check")
    if state in {"planned", "now"}:
        return button(_("Check in"), href=reverse("events:door", args=[event.uuid]), icon="user-check")
    return ""


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, event: Event) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(event)


@page(policies.may_see, of=selectors.one_registration_by_key)
def registration_by_key(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The address that numbers know leads to who came: the person, or the event where nobody is named."""
    return redirect(registration.person or registration.event)


@page(policies.may_edit, methods=("GET", "POST"))
def plan(request: HttpRequest) -> HttpResponse:
    """Plan an event."""
    initial = {"owner": str(request.user.pk), "cites": search.cited_title(request.GET.get("for", ""))}
    data = request.POST if request.method == "POST" else None
    form = EventForm(data, actor=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan_event(by=request.user, **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The event is planned."))
            return redirect(made)
    return form_page(request, form, _("Plan an event"), reverse("events:list"))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, event: Event) -> HttpResponse:
    """Change the plan."""
    form = EventForm(request.POST if request.method == "POST" else None, actor=request.user, event=event)
    guard(form, event.updated_at)

    def act() -> None:
        services.change_event(event, by=request.user, **form.values())

    return _done(request, form, act, _("Change the event"), event, _("The event has been changed."))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def cancel(request: HttpRequest, event: Event) -> HttpResponse:
    """It does not take place."""
    form = CancelForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        services.cancel_event(event, by=request.user, reason=form.cleaned_data["reason"])

    return _done(request, form, act, _("Cancel the event"), event, _("The event is cancelled."))


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def close(request: HttpRequest, event: Event) -> HttpResponse:
    """It is over and counted."""
    initial = {"outcome": event.outcome}
    form = CloseForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> None:
        services.close_event(event, by=request.user, outcome=form.cleaned_data["outcome"])

    return _done(
        request, form, act, _("Close out"), event, _("The event is closed out. Who came is fixed now.")
    )


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def reopen(request: HttpRequest, event: Event) -> HttpResponse:
    """It takes place after all, or is counted once more."""
    services.reopen_event(event, by=request.user)
    say(request, _("The event is open again."))
    return redirect(event)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def made(request: HttpRequest, event: Event) -> HttpResponse:
    """Outputs, costs and hosts."""
    form = MadeForm(request.POST if request.method == "POST" else None, event=event)

    def act() -> None:
        services.set_made(event, by=request.user, **form.cleaned_data)

    return _done(request, form, act, _("Outputs, costs, hosts"), event, _("It is noted what came of it."))


@page(policies.may_remove, of=selectors.one, methods=("POST",))
def remove(request: HttpRequest, event: Event) -> HttpResponse:
    """Take away an event that was planned by mistake."""
    try:
        services.remove_event(event, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(event)
    say(request, _("The event has been removed."))
    return redirect("events:list")


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def register(request: HttpRequest, event: Event) -> HttpResponse:
    """Register somebody."""
    form = NewcomerForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        who = services.Newcomer(**form.cleaned_data)
        services.register(event, who, by=request.user)

    return _done(request, form, act, _("Register somebody"), event, _("They are registered."))


@page(policies.may_edit, of=selectors.one_registration, methods=("POST",))
def cancel_registration(request: HttpRequest, registration: Registration) -> HttpResponse:
    """They do not come."""
    try:
        moved = services.cancel_registration(registration, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        more = _("%(name)s moved up from the waitlist.") % {"name": moved[0].name} if moved else ""
        say(request, f"{_('The registration is cancelled.')} {more}".strip())
    return redirect(registration.event)


@page(policies.may_see, of=selectors.one_registration)
def personal_link(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The address of their own page, to hand out."""
    context = {"thing": registration, "address": address(registration)}
    return render(request, "events/link.html", context)


@page(policies.may_edit, of=selectors.one_registration, methods=("GET", "POST"))
def hours(request: HttpRequest, registration: Registration) -> HttpResponse:
    """How long somebody stayed."""
    stayed = None if registration.minutes is None else round(registration.minutes / 60, 2)
    form = HoursForm(request.POST if request.method == "POST" else None, initial={"hours": stayed})

    def act() -> None:
        services.set_minutes(registration, by=request.user, minutes=form.minutes())

    title = _("Hours of %(name)s") % {"name": registration.name}
    return _done(request, form, act, title, registration.event, _("The hours are noted."))


def _done(
    request: HttpRequest, form: Any, act: Callable[[], None], title: str, event: Event, words: str
) -> HttpResponse:
    """Show the form, or do what it asks and lead back to the event."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, words)
            return redirect(event)
    return form_page(request, form, title, event.get_absolute_url())
