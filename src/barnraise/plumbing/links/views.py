"""The team's pages of short links."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import Header
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, qr, selectors, services
from .forms import ChangeForm, CreateForm
from .models import ShortLink


@page(policies.may_see, of=selectors.link_by_uuid)
def show(request: HttpRequest, link: ShortLink) -> HttpResponse:
    """One short link: its addresses, its QR code, its visits."""
    by_channel = selectors.visits_by_channel(link)
    context = {
        "thing": link,
        "header": Header(
            title=link.title,
            kind=_("Short link"),
            icon="link",
            state=facing.state_badge(link),
        ),
        "link": link,
        "serves": facing.linked(link.cites),
        "address": selectors.address_of(link),
        "addresses": [(label, selectors.address_of(link, label)) for label in link.channels],
        "by_channel": by_channel,
        "by_day": selectors.visits_by_day(link),
        "total": sum(count.count for count in by_channel),
        "may_change": policies.may_change(request.user, link),
    }
    return render(request, "links/show.html", context)


def _form_page(request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
    context = {"form": form, "cancel_url": reverse("links:index"), **context}
    return render(request, "ui/form.html", context, status=422 if form is not None and form.errors else 200)


@page(policies.may_create, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    """Make a short link: `?cites=projects.project:3` fills in what it serves, `?target=` where it leads."""
    kept = request.GET.get("cites", "")
    initial = {"cites": search.cited_title(kept), "target": request.GET.get("target", "")}
    form = CreateForm(
        request.POST or None, initial=initial, actor=request.user, kept=kept if initial["cites"] else ""
    )
    if request.method == "POST" and form.is_valid():
        try:
            link = services.create(by=request.user, **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("The link is made."))
            return redirect("links:show", uuid=link.uuid)
    return _form_page(request, form, title=_("New short link"), submit=_("Make the link"))


@page(policies.may_see, of=selectors.link_by_key)
def by_key(request: HttpRequest, link: ShortLink) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(link)


@page(policies.may_change, of=selectors.link_by_uuid, methods=("GET", "POST"))
def change(request: HttpRequest, link: ShortLink) -> HttpResponse:
    """Let it lead elsewhere; the printed code stays good."""
    form = ChangeForm(
        request.POST or None, initial=ChangeForm.standing(link), actor=request.user, kept=link.cites
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change(link=link, by=request.user, **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("The link is changed."))
            return redirect("links:show", uuid=link.uuid)
    return _form_page(request, form, title=_("Change the link"), submit=_("Keep the change"))


@page(policies.may_change, of=selectors.link_by_uuid, methods=("GET", "POST"))
def end(request: HttpRequest, link: ShortLink) -> HttpResponse:
    """End it: its counts stay."""
    if request.method == "POST":
        services.end(link=link, by=request.user)
        messages.success(request, _("The link has ended."))
        return redirect("links:show", uuid=link.uuid)
    intro = _(
        "Whoever opens it reads that it has ended. Its counts stay. A printed code cannot be given out again."
    )
    return _form_page(
        request, None, title=_("End the link"), intro=intro, submit=_("End the link"), danger=True
    )


@page(policies.may_change, of=selectors.link_by_uuid, methods=("POST",))
def remove(request: HttpRequest, link: ShortLink) -> HttpResponse:
    """Take it away with its counts, where nobody was given it; an undo brings both back."""
    done = services.remove(link=link, by=request.user)
    say(request, _("The short link is removed."), undo_url=reverse("journal:undo", kwargs={"key": done.pk}))
    return redirect("links:index")


@page(policies.may_see, of=selectors.link_by_uuid)
def qr_svg(request: HttpRequest, link: ShortLink) -> HttpResponse:
    """The QR code of the link, for one channel with ?c=."""
    return _picture(request, link, "svg")


@page(policies.may_see, of=selectors.link_by_uuid)
def qr_png(request: HttpRequest, link: ShortLink) -> HttpResponse:
    """The same as PNG."""
    return _picture(request, link, "png")


def _picture(request: HttpRequest, link: ShortLink, form: str) -> HttpResponse:
    wanted = request.GET.get("c", "")
    channel = wanted if wanted in link.channels else ""
    address = selectors.address_of(link, channel)
    made = qr.svg(address) if form == "svg" else qr.png(address)
    response = HttpResponse(made, content_type="image/svg+xml" if form == "svg" else "image/png")
    way = "attachment" if "save" in request.GET else "inline"
    ending = f"-{channel}" if channel.isascii() and channel else ""
    response["Content-Disposition"] = f'{way}; filename="{link.code}{ending}.{form}"'
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
