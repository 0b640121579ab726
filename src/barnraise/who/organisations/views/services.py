"""Pages of services that organisations offer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation import contacts
from barnraise.foundation.html import Safe, el
from barnraise.plumbing.ui.components import data, day
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from .. import policies, selectors, service_words, services
from ..forms import ServiceForm
from ..models import Organisation, Service


def shown(organisation: Organisation) -> list[dict[str, Any]]:
    """What an organisation offers, ready for its page."""
    return [
        {
            "row": row,
            "state": service_words.state(row) if row.status != Service.Status.ACTIVE else "",
            "cost": service_words.cost(row),
            "week": service_words.week(row.hours),
            "line": [part for part in (service_words.ages(row), service_words.languages(row)) if part],
            "facts": _facts(row),
        }
        for row in selectors.services_of(organisation)
    ]


def _facts(row: Service) -> list[tuple[str, Any]]:
    """Label and value of all that is known beyond name, description and hours."""
    texts = [
        (_("For whom"), row.eligibility),
        (_("Area"), "\n".join(row.areas)),
        (_("How to get it"), row.application),
        (_("Cost"), row.fees),
        (_("More about the hours"), row.hours_note),
        (_("Interpretation"), row.interpretation),
        (_("Accessibility"), row.accessibility),
    ]
    found: list[tuple[str, Any]] = [(label, data(text)) for label, text in texts if text]
    ways = (
        ("phone", row.phone, _("Phone")),
        ("email", row.email, _("E-mail")),
        ("website", row.url, _("Website")),
    )
    found += [(label, _link(kind, value)) for kind, value, label in ways if value]
    if row.assured_on:
        found.append((_("Checked on"), day(row.assured_on)))
    if row.assured_by:
        found.append((_("Checked by"), _link("email", row.assured_by)))
    return found


def _link(kind: str, value: str) -> Safe:
    href = contacts.link(kind, value)
    return el("a", contacts.readable(kind, value), href=href, rel="noreferrer", translate="no")


def opening(organisation: Organisation) -> dict[str, Any] | None:
    """Its opening hours, ready for its page; None when none are known."""
    if not organisation.hours and not organisation.hours_note:
        return None
    return {
        "week": service_words.week(organisation.hours),
        "note": organisation.hours_note,
        "now": service_words.open_now(organisation.hours, timezone.localtime()),
    }


@page(policies.may_write, of=selectors.one_row, methods=("GET", "POST"))
def add_service(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Note a service that an organisation offers."""
    form = ServiceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_service(organisation, form.wanted(), by=request.user)
        except ValidationError as no:
            form.add_error(None, no)
        else:
            say(request, _("The service has been added."))
            return redirect(made)
    return _form(request, form, _("Add a service"), organisation, organisation.get_absolute_url())


@page(policies.may_write, of=selectors.one_service, methods=("GET", "POST"))
def change_service(request: HttpRequest, service: Service) -> HttpResponse:
    """Change a service."""
    document = selectors.offered(service)
    form = ServiceForm(request.POST if request.method == "POST" else None, document=document)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_service(service, form.wanted(), by=request.user)
        except ValidationError as no:
            form.add_error(None, no)
        else:
            say(request, _("The service has been changed."))
            return redirect(service)
    return _form(request, form, _("Change the service"), service.organisation, service.get_absolute_url())


def _form(
    request: HttpRequest, form: ServiceForm, title: str, organisation: Organisation, cancel: str
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "thing": organisation,
        "submit": _("Keep service"),
        "cancel_url": cancel,
    }
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


@page(policies.may_write, of=selectors.one_service, methods=("GET", "POST"))
def remove_service(request: HttpRequest, service: Service) -> HttpResponse:
    """Take a service away altogether."""
    if request.method == "POST":
        services.remove_service(service, by=request.user)
        say(request, _("The service has been removed."))
        return redirect(service.organisation)
    context = {
        "thing": service,
        "title": _("Remove the service"),
        "intro": _(
            "If it is no longer offered, change its state instead: then those who look for it read so."
        ),
        "submit": _("Remove service"),
        "danger": True,
        "cancel_url": service.get_absolute_url(),
    }
    return render(request, "organisations/remove_service.html", context)


@page(policies.may_see, of=selectors.one_service)
def service_by_key(request: HttpRequest, service: Service) -> HttpResponse:
    """The address that timelines know leads to its place on the organisation's page."""
    return redirect(service)
