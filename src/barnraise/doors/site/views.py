"""The page of the website in the desk: begin, open, edit, and which numbers are public."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import selectors, services
from .forms import NumberForm
from .models import PublicNumber
from .policies import may_begin, may_edit, may_publish_numbers, may_see


@page(may_edit)
def overview(request: HttpRequest) -> HttpResponse:
    """How the website stands, what was worked on last, and the numbers that everybody sees."""
    homes = selectors.home_pages()
    context: dict[str, Any] = {
        "homes": [{"page": one, "url": f"/{one.locale.language_code}/"} for one in homes],
        "is_open": any(one.live for one in homes),
        "shut": [one for one in homes if not one.live],
        "pages": selectors.last_changed() if homes else [],
        "numbers": list(selectors.numbers_listed()[:200]),
        "may_begin": may_begin(request.user, None),
        "may_publish": may_publish_numbers(request.user, None),
    }
    return render(request, "site/overview.html", context)


@page(may_begin, methods=("POST",))
def begin(request: HttpRequest) -> HttpResponse:
    """Make the home pages."""
    try:
        services.begin(by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The website is begun. Nobody sees it before you open it."))
    return redirect("site:overview")


@page(may_begin, methods=("POST",))
def opened(request: HttpRequest) -> HttpResponse:
    """Let everybody in."""
    services.publish_home(by=request.user)
    say(request, _("The website is open."))
    return redirect("site:overview")


@page(may_begin, methods=("POST",))
def shut(request: HttpRequest) -> HttpResponse:
    """Let nobody in."""
    services.withdraw_home(by=request.user)
    say(request, _("The website is closed. Its pages are kept."))
    return redirect("site:overview")


@page(may_publish_numbers, methods=("GET", "POST"))
def add_number(request: HttpRequest) -> HttpResponse:
    """Make a number public."""
    form = NumberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and kept(
        form, lambda: services.publish_number(by=request.user, **form.values())
    ):
        say(request, _("The number is public. Blocks on pages of the website can show it."))
        return redirect("site:overview")
    return form_page(request, form, _("Make a number public"), reverse("site:overview"))


@page(may_publish_numbers, of=selectors.one_number, methods=("GET", "POST"))
def change_number(request: HttpRequest, number: PublicNumber) -> HttpResponse:
    """Say in other words what a public number says."""
    form = NumberForm(request.POST if request.method == "POST" else None, number=number)
    if request.method == "POST" and kept(
        form, lambda: services.change_number(number, by=request.user, about=form.cleaned_data["about"])
    ):
        return redirect("site:overview")
    title = _("Change what it says: %(number)s") % {"number": number.indicator.name}
    return form_page(request, form, title, reverse("site:overview"))


@page(may_see, of=selectors.one_page)
def page_told(request: HttpRequest, row: Any) -> HttpResponse:
    """One page of the website: what it serves, and how often it was opened."""
    thing = row.specific
    months = selectors.visits_by_month(row.pk)
    context = {
        "thing": thing,
        "address": thing.get_url(request) if thing.live else "",
        "serves": search.cited_title(getattr(thing, "cites", "")),
        "months": months,
        "total": sum(many for _month, many in months),
        "may_edit": may_edit(request.user, None),
    }
    return render(request, "site/told.html", context)


@page(may_publish_numbers, of=selectors.one_number, methods=("POST",))
def end_number(request: HttpRequest, number: PublicNumber) -> HttpResponse:
    """Take a number off the website."""
    services.withdraw_number(number, by=request.user)
    say(request, _("The number is public no more. It is gone from every page."))
    return redirect("site:overview")
