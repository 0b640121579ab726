"""Today, search, the palette, and what a person sets for themselves."""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from barnraise.plumbing.accounts.services import change_own
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search.selectors import find_by_kind
from barnraise.plumbing.search.sockets import documents
from barnraise.plumbing.snoozes.selectors import how_many as snoozed
from barnraise.plumbing.ui.navigation import PLACES
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.panels import shown_cards
from barnraise.plumbing.ui.sockets import cards, navigation

from . import finding
from .forms import LanguageSwitch, ThemeSwitch
from .policies import is_public, may_enter, may_search, may_see_settings, may_set_up

EACH_KIND = 8
LATER = "welcome_later"


@page(may_enter)
def today(request: HttpRequest) -> HttpResponse:
    """The cards that rooms plug in, a part of them at a time: `after` names the card behind which a part begins.

    An admin who has not set up the installation is led to the first run.
    """
    facts = installation()
    if facts.wizard_done_at is None and may_set_up(request.user) and LATER not in request.session:
        return redirect("desk:welcome")
    now = timezone.now()
    after = request.GET.get("after", "")
    shown, rest = shown_cards(cards, request, now=now, after=after)
    context = {"cards": shown, "rest": rest, "after": after, "facts": facts, "now": now}
    is_part = after and request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    if is_part and not shown:
        response = HttpResponse(status=204)
    elif is_part:
        response = render(request, "desk/cards.html", context)
    else:
        response = render(request, "desk/today.html", {**context, "snoozed": snoozed(request.user)})
    patch_vary_headers(response, ["HX-Request"])
    return response


@page(may_search)
def search(request: HttpRequest) -> HttpResponse:
    """Results by kind; `kind` shows one kind at length."""
    asked = request.GET.get("q", "").strip()[:200]
    kind = request.GET.get("kind", "")
    kinds = [kind] if kind else None
    each = 50 if kind else EACH_KIND
    found = find_by_kind(asked, actor=request.user, kinds=kinds, each=each + 1) if asked else []
    groups = [
        {
            "kind": name,
            "noun": documents.get(name).noun,
            "lines": [(hit, finding.record_offer(hit)) for hit in hits[:each]],
            "is_more": len(hits) > each and not kind,
        }
        for name, hits in found
    ]
    return render(request, "desk/search.html", {"asked": asked, "groups": groups, "kind": kind})


@page(may_enter)
def palette(request: HttpRequest) -> HttpResponse:
    """The lines of the command palette for what was typed, as a fragment."""
    asked = request.GET.get("q", "")[:200]
    offers = finding.offers(asked, actor=request.user)
    return render(request, "desk/palette.html", {"offers": offers, "asked": asked.strip()})


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "") or request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if is_ours else "/")


def _keep_own(request: HttpRequest, **values: str) -> None:
    account: Any = request.user
    stands = {"name": account.name, "language": account.language, "theme": account.theme}
    change_own(account=account, by=account, **{**stands, **values})


@page(is_public, methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    """Read Barnraise in this language: kept with the account, for strangers in a cookie."""
    form = LanguageSwitch(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    chosen = form.cleaned_data["language"]
    if request.user.is_authenticated:
        _keep_own(request, language=chosen)
    response = _back(request)
    if chosen:
        name, age = django_settings.LANGUAGE_COOKIE_NAME, 365 * 24 * 3600
        response.set_cookie(name, chosen, max_age=age, samesite="Lax", secure=request.is_secure())
        translation.activate(chosen)
    else:
        response.delete_cookie(django_settings.LANGUAGE_COOKIE_NAME)
    return response


@page(may_enter, methods=("POST",))
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device: kept with the account."""
    form = ThemeSwitch(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    _keep_own(request, theme=form.cleaned_data["theme"])
    return HttpResponse(status=204) if request.headers.get("HX-Request") else _back(request)


@page(may_enter)
def keys(request: HttpRequest) -> HttpResponse:
    """What the keyboard does, for those who open no dialog."""
    return render(request, "desk/keys.html", {"places": list(PLACES.values())})


@page(may_see_settings)
def settings(request: HttpRequest) -> HttpResponse:
    """All that can be set, as this person may open it, and their own language and appearance."""
    items = [
        item
        for item in navigation
        if item.floor == "settings" and item.url_name != "desk:settings" and item.policy(request.user, None)
    ]
    context = {"items": items, "spoken": django_settings.LANGUAGES}
    return render(request, "desk/settings.html", context)
