"""Pages of organisations."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation.geo import Box
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.lists.selection import read
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.panels import panel_page, shown_panels
from barnraise.plumbing.ui.toasts import say
from barnraise.who.communities.selectors import tiles

from .. import facing, policies, selectors, services
from ..forms import OrganisationForm
from ..lists import organisations
from ..models import Organisation
from ..selectors import mapping
from ..services.remove import refused_because
from ..sockets import panels
from . import exchanges
from . import services as offered

BRANCHES = 100


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """One organisation."""
    told = selectors.facts_with_sources(organisation)
    exchanged = selectors.exchanges_of(organisation)
    branches = list(selectors.branches_of(organisation, BRANCHES + 1))
    shown = shown_panels(panels, actor=request.user, thing=organisation, pages="organisations:panel")
    context = {
        "thing": organisation,
        "header": facing.header(organisation, request.user),
        "glance": facing.glance(organisation, exchanged),
        "quick": facing.quick_links(organisation),
        "facts": facing.facts(organisation, told),
        "source": facing.source_words(organisation.source, organisation.source_at),
        "told": [
            (str(selectors.field_label(field)), facing.source_words(*pair))
            for field, pair in sorted(told.items())
        ],
        "register_facts": sorted(organisation.facts.items()),
        "identifiers": facing.identifier_rows(organisation),
        "sectors": facing.sector_rows(organisation),
        "contacts": facing.contact_rows(organisation),
        "addresses": [(at, facing.address_lines(at)) for at in organisation.addresses.all()],
        "names": organisation.other_names.all(),
        "offered": offered.shown(organisation),
        "opening": offered.opening(organisation),
        "exchanged": exchanges.shown(organisation, exchanged),
        "branches": branches[:BRANCHES],
        "more_branches": len(branches) > BRANCHES,
        "point": f"{organisation.lat},{organisation.lon}" if organisation.lat is not None else "",
        "tiles": tiles(),
        "panels": shown,
        "has_timeline": any(panel.has_timeline for panel in shown),
        "may_write": policies.may_write(request.user, organisation),
        "may_remove": policies.may_remove(request.user, organisation),
        "may_export": policies.may_export(request.user, organisation),
        "may_set_own": policies.may_set_own(request.user, organisation),
    }
    return render(request, "organisations/one.html", context)


panel = panel_page(panels, policies.may_see, of=selectors.one_row)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(organisation)


@page(policies.may_write, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Add an organisation."""
    asked = {name: request.GET[name] for name in ("name", "parent") if name in request.GET}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.register_organisation(form.wanted(), by=request.user)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The organisation has been added."))
            return redirect(made)
    return _form(request, form, _("Add an organisation"), reverse("organisations:list"))


@page(policies.may_write, of=selectors.one_row, methods=("GET", "POST"))
def change(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Change an organisation."""
    said = selectors.documents([organisation.pk])[organisation.pk]
    form = OrganisationForm(request.POST if request.method == "POST" else None, document=said)
    guard(form, organisation.updated_at)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_organisation(organisation, by=request.user, **form.values())
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The organisation has been changed."))
            return redirect(organisation)
    return _form(request, form, _("Change the organisation"), organisation.get_absolute_url(), organisation)


def _form(
    request: HttpRequest, form: OrganisationForm, title: str, cancel: str, thing: Organisation | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "thing": thing,
        "submit": _("Keep organisation"),
        "cancel_url": cancel,
    }
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


@page(policies.may_remove, of=selectors.one_row, methods=("GET", "POST"))
def remove(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Remove an organisation."""
    reason = refused_because(organisation)
    if request.method == "POST" and not reason:
        try:
            change_set = services.remove_organisation(organisation, by=request.user)
        except ValidationError as no:
            reason = " ".join(no.messages)
        else:
            undo = reverse("journal:undo", kwargs={"key": change_set.pk})
            say(request, _("The organisation has been removed."), undo_url=undo)
            return redirect("organisations:list")
    context = {
        "thing": organisation,
        "title": _("Remove the organisation"),
        "reason": reason,
        "intro": ""
        if reason
        else _("Its names, identifiers, addresses and contacts go with it. It can be undone for 30 days."),
        "submit": _("Remove organisation"),
        "danger": True,
        "cancel_url": organisation.get_absolute_url(),
    }
    status = 409 if reason and request.method == "POST" else 200
    return render(request, "organisations/remove.html", context, status=status)


def _did(request: HttpRequest, organisation: Organisation, words: Any) -> HttpResponse:
    say(request, words)
    return redirect(organisation)


@page(policies.may_write, of=selectors.one_row, methods=("POST",))
def close(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Mark as closed."""
    services.close_organisation(organisation, by=request.user)
    return _did(request, organisation, _("The organisation is marked as closed."))


@page(policies.may_write, of=selectors.one_row, methods=("POST",))
def reopen(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Mark as active again."""
    services.reopen_organisation(organisation, by=request.user)
    return _did(request, organisation, _("The organisation is marked as active."))


@page(policies.may_set_own, of=selectors.one_row, methods=("POST",))
def set_own(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Name it as our own organisation."""
    services.set_own(organisation, by=request.user)
    return _did(request, organisation, _("This is our own organisation now."))


@page(policies.may_see)
def points(request: HttpRequest) -> HttpResponse:
    """The points of a selection inside `box` (south,west,north,east) at `zoom`, as GeoJSON."""
    try:
        south, west, north, east = (float(edge) for edge in request.GET.get("box", "").split(","))
        zoom = int(request.GET.get("zoom", "10"))
        if not all(-1000 < edge < 1000 for edge in (south, west, north, east)):
            raise ValueError
    except ValueError:
        return JsonResponse({"error": _("Give box=south,west,north,east in degrees and zoom.")}, status=400)
    rows = read(organisations, request.GET).rows(request.user)
    found = mapping.features(rows, Box(south, west, north, east), zoom)
    return JsonResponse({"type": "FeatureCollection", "features": found})
