"""Each account's own page for its calendar feed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import policies, selectors, services


@page(policies.may_have_feed)
def feed(request: HttpRequest) -> HttpResponse:
    """The secret address, or the offer to make one."""
    found = selectors.feed_of(request.user)
    context = {"feed": found, "address": selectors.address_of(found) if found else ""}
    response = render(request, "interactions/feed.html", context)
    response["Cache-Control"] = "no-store"
    return response


@page(policies.may_have_feed, methods=("POST",))
def open_feed(request: HttpRequest) -> HttpResponse:
    """Make an address."""
    services.open_feed(account=request.user, by=request.user)
    say(request, _("Your calendar has an address now."))
    return redirect("interactions:feed")


@page(policies.may_have_feed, methods=("POST",))
def renew_feed(request: HttpRequest) -> HttpResponse:
    """Make another address; the old one ends."""
    found = selectors.feed_of(request.user)
    if found is not None:
        services.renew_feed(feed=found, by=request.user)
        say(request, _("The calendar has a new address; the old one opens nothing any more."))
    return redirect("interactions:feed")


@page(policies.may_have_feed, methods=("POST",))
def close_feed(request: HttpRequest) -> HttpResponse:
    """Take the address away."""
    found = selectors.feed_of(request.user)
    if found is not None:
        services.close_feed(feed=found, by=request.user)
        say(request, _("The calendar's address opens nothing any more."))
    return redirect("interactions:feed")
