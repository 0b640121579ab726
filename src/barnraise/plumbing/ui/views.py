"""The gallery: every component in every state, and a form that can be sent but saves nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from barnraise.foundation.policy import team

from . import gallery as specimens
from . import icons, toasts
from .components import Tab
from .pages import page


@page(team)
def gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    context = {**specimens.specimens(), "icon_names": sorted(icons.names()), "form": specimens.Specimen({})}
    return render(request, "ui/gallery.html", context)


@page(team, methods=("GET", "POST"))
def form(request: HttpRequest) -> HttpResponse:
    """A form page; sending it shows errors, or a toast. Nothing is kept."""
    bound = specimens.Specimen(request.POST or None, request.FILES or None)
    if request.method == "POST" and bound.is_valid():
        toasts.say(request, _("The form has no errors. Nothing was kept: this is the gallery."))
        bound = specimens.Specimen()
    context = {
        "form": bound,
        "title": _("A form"),
        "intro": _("Every kind of field, with its help and its errors."),
    }
    status = 422 if bound.is_bound and bound.errors else 200
    return render(request, "ui/form.html", {**context, "cancel_url": "/gallery/"}, status=status)


@page(team)
def thing(request: HttpRequest) -> HttpResponse:
    """An object's page."""
    tabs = [
        Tab("About", "", True),
        Tab("Services", "#services", count=4),
        Tab("Conversations", "#talks", count=27),
    ]
    context = {
        "header": specimens.header(),
        "thread": specimens.thread(),
        "tabs": tabs,
        "specimens": specimens.specimens(),
    }
    return render(request, "ui/gallery_object.html", context)
