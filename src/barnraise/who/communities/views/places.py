"""Pages of places and populations."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.plumbing.ui.components import Header, badge, button
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.panels import shown_panels
from barnraise.plumbing.ui.toasts import say

from .. import policies, selectors, services
from ..forms import CommunityForm, HeadcountForm, RemoveForm
from ..identifiers import scheme_label
from ..missing import missing
from ..models import Community, Headcount
from ..pictures import headcount_chart
from ..portrait import portrait
from ..sockets import panels


@page(policies.may_see)
def tree(request: HttpRequest) -> HttpResponse:
    """All communities as a tree, with their people."""
    return render(
        request, "communities/tree.html", {"branches": selectors.tree(), "tiles": selectors.tiles()}
    )


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, community: Community) -> HttpResponse:
    """One community."""
    may_write = policies.may_write(request.user, community)
    header = Header(
        title=community.name,
        kind=community.get_kind_display(),
        icon="map-pin",
        state=badge(_("Sample"), tone="accent") if community.is_sample else "",
        action=button(_("Change"), href=reverse("communities:change", args=[community.uuid]), icon="pencil")
        if may_write
        else "",
    )
    headcounts = list(community.headcounts.all())
    known = portrait(community)
    context = {
        "thing": community,
        "header": header,
        "ancestors": selectors.ancestors(community),
        "headcounts": headcounts,
        "chart": headcount_chart(headcounts),
        "identifiers": [(scheme_label(one.scheme), one.value) for one in community.identifiers.all()],
        "portrait": known,
        "missing": missing(request.user, community, headcounts, known, now=timezone.now()),
        "parts": list(community.children.all()),
        "panels": shown_panels(panels, actor=request.user, thing=community),
        "may_write": may_write,
        "may_remove": policies.may_remove(request.user, community),
        "shape": json.dumps(community.boundary) if community.boundary else "",
        "box": ",".join(str(edge) for edge in community.box) if community.box else "",
        "tiles": selectors.tiles(),
    }
    return render(request, "communities/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, community: Community) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(community)


@page(policies.may_write, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Add a community."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CommunityForm(
        *given, initial={"parent": request.GET.get("parent"), "name": request.GET.get("name")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.register_community(by=request.user, **form.values())
        except ValidationError as no:
            form.add_error(None, no)
        else:
            say(request, _("The community has been added."))
            return redirect(made)
    return _form(request, form, _("Add a community"), reverse("communities:list"))


@page(policies.may_write, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, community: Community) -> HttpResponse:
    """Change a community."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CommunityForm(*given, instance=community)
    guard(form, community.updated_at)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_community(community, by=request.user, **form.values())
        except ValidationError as no:
            form.add_error(None, no)
        else:
            say(request, _("The community has been changed."))
            return redirect(community)
    return _form(request, form, _("Change the community"), community.get_absolute_url(), community)


def _form(
    request: HttpRequest, form: CommunityForm, title: str, cancel: str, community: Community | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "cancel_url": cancel,
        "submit": _("Keep community"),
        "tiles": selectors.tiles(),
        "thing": community,
    }
    return render(request, "communities/form.html", context, status=422 if form.errors else 200)


@page(policies.may_remove, of=selectors.one, methods=("GET", "POST"))
def remove(request: HttpRequest, community: Community) -> HttpResponse:
    """Remove a community; what hangs on it goes elsewhere first."""
    parts = community.children.count()
    held = selectors.in_the_way(community.pk)
    form = (
        RemoveForm(request.POST if request.method == "POST" else None, community=community)
        if parts or held
        else None
    )
    if request.method == "POST" and (form is None or form.is_valid()):
        target = form.cleaned_data["move_to"] if form else None
        try:
            services.remove_community(community, by=request.user, move_to=target)
        except services.InTheWay:
            return redirect("communities:remove", uuid=community.uuid)
        say(request, _("The community has been removed."))
        return redirect("communities:list")
    reasons = list(held)
    if parts:
        reasons.append(
            ngettext("%(count)d community is part of it", "%(count)d communities are part of it", parts)
            % {"count": parts}
        )
    intro = _("Its boundary, identifiers, headcounts and figures go with it.")
    if reasons:
        intro = _("It cannot simply go: %(reasons)s. Choose the community that takes its place.") % {
            "reasons": ", ".join(reasons)
        }
    context = {
        "form": form,
        "title": _("Remove the community"),
        "thing": community,
        "intro": intro,
        "submit": _("Remove community"),
        "danger": True,
        "cancel_url": community.get_absolute_url(),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "communities/remove.html", context, status=status)


@page(policies.may_write, of=selectors.one, methods=("GET", "POST"))
def add_headcount(request: HttpRequest, community: Community) -> HttpResponse:
    """Add a headcount."""
    form = HeadcountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_headcount(community, by=request.user, **form.cleaned_data)
        except ValidationError as no:
            form.add_error(None, _whole(no))
        else:
            say(request, _("The headcount has been added."))
            return redirect(community)
    return _headcount_form(request, form, _("Add a headcount"), community)


@page(policies.may_write, of=selectors.one_headcount, methods=("GET", "POST"))
def change_headcount(request: HttpRequest, headcount: Headcount) -> HttpResponse:
    """Change a headcount."""
    form = HeadcountForm(request.POST if request.method == "POST" else None, instance=headcount)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_headcount(headcount, by=request.user, **form.cleaned_data)
        except ValidationError as no:
            form.add_error(None, _whole(no))
        else:
            say(request, _("The headcount has been changed."))
            return redirect(headcount.community)
    return _headcount_form(request, form, _("Change the headcount"), headcount.community)


@page(policies.may_write, of=selectors.one_headcount, methods=("GET", "POST"))
def remove_headcount(request: HttpRequest, headcount: Headcount) -> HttpResponse:
    """Remove a headcount."""
    community = headcount.community
    if request.method == "POST":
        services.remove_headcount(headcount, by=request.user)
        say(request, _("The headcount has been removed."))
        return redirect(community)
    said = {"count": headcount.count, "year": headcount.year, "source": headcount.source}
    context = {
        "title": _("Remove the headcount"),
        "intro": _("%(count)d people in %(year)d, as %(source)s says.") % said,
        "submit": _("Remove headcount"),
        "danger": True,
        "cancel_url": community.get_absolute_url(),
    }
    return render(request, "ui/form.html", context)


def _whole(no: ValidationError) -> Any:
    """Errors of fields the form does not show stand above it."""
    shown = {"group", "count", "year", "source"}
    if not hasattr(no, "error_dict"):
        return no
    return ValidationError(
        {name if name in shown else "__all__": list(e) for name, e in no.error_dict.items()}
    )


def _headcount_form(
    request: HttpRequest, form: HeadcountForm, title: str, community: Community
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit": _("Keep headcount"),
        "cancel_url": community.get_absolute_url(),
    }
    return render(request, "ui/form.html", context, status=422 if form.errors else 200)


@page(policies.may_see)
def outlines(request: HttpRequest) -> HttpResponse:
    """All boundaries as GeoJSON, for maps."""
    return JsonResponse({"type": "FeatureCollection", "features": selectors.outlines()})


@page(policies.may_see, of=selectors.one)
def geojson(request: HttpRequest, community: Community) -> HttpResponse:
    """One boundary as a file."""
    feature = {
        "type": "Feature",
        "geometry": community.boundary,
        "properties": {"name": community.name, "source": community.boundary_source},
    }
    response = JsonResponse(feature, content_type="application/geo+json")
    response["Content-Disposition"] = f'attachment; filename="{community.uuid}.geojson"'
    return response
