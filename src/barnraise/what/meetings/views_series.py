"""The team's pages of series of meetings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import SeriesForm
from .models import Series

TEMPLATE = "meetings/series_form.html"
SHOWN = 12


@page(policies.may_see, of=selectors.one_series)
def one(request: HttpRequest, series: Series) -> HttpResponse:
    """A series: how often, who is asked, its meetings, what is open of them."""
    now, today, may_edit = timezone.now(), timezone.localdate(), policies.may_edit(request.user)
    action: Any = ""
    if may_edit and series.ended_on is None:
        address = f"{reverse('meetings:plan')}?series={series.uuid}"
        action = button(_("Plan a meeting"), href=address, icon="calendar-plus")
    header = Header(
        title=series.name,
        kind=_("Series of meetings"),
        icon="users-group",
        state=facing.due_badge(series, today),
        owner=str(series.owner) if series.owner else "",
        action=action,
    )
    rows = list(selectors.listed().filter(series=series).order_by("-starts_at", "-pk")[: SHOWN + 1])
    context = {
        "thing": series,
        "header": header,
        "cadence": facing.cadence_words(series),
        "members": selectors.members_of(series),
        "rows": [(row, facing.span(row), facing.state_badge(row, now)) for row in rows[:SHOWN]],
        "has_more": len(rows) > SHOWN,
        "open": selectors.open_of_series(series),
        "may_edit": may_edit,
        "may_remove": policies.may_remove(request.user),
    }
    return render(request, "meetings/series.html", context)


@page(policies.may_see, of=selectors.one_series_by_key)
def by_key(request: HttpRequest, series: Series) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(series)


@page(policies.may_edit, methods=("GET", "POST"))
def begin(request: HttpRequest) -> HttpResponse:
    """Begin meetings that come round."""
    initial = {"starts_on": timezone.localdate(), "owner": str(request.user.pk), "cadence_days": "30"}
    form = SeriesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        made = kept(form, lambda: services.add_series(by=request.user, **form.values()))
        if made is not None:
            say(request, _("The series has been begun."))
            return redirect(made)
    return form_page(request, form, _("Begin a series"), reverse("meetings:series_list"), template=TEMPLATE)


@page(policies.may_edit, of=selectors.one_series, methods=("GET", "POST"))
def change(request: HttpRequest, series: Series) -> HttpResponse:
    """Change how often it comes round and who is asked."""
    form = SeriesForm(request.POST if request.method == "POST" else None, series=series)
    guard(form, series.updated_at)
    if request.method == "POST":
        done = kept(form, lambda: services.change_series(series, by=request.user, **form.values()))
        if done is not None:
            say(request, _("The series has been changed."))
            return redirect(series)
    return form_page(
        request, form, _("Change the series"), series.get_absolute_url(), template=TEMPLATE, thing=series
    )


@page(policies.may_edit, of=selectors.one_series, methods=("POST",))
def end(request: HttpRequest, series: Series) -> HttpResponse:
    """It comes round no more."""
    return _pressed(request, series, services.end_series, _("The series has ended."))


@page(policies.may_edit, of=selectors.one_series, methods=("POST",))
def resume(request: HttpRequest, series: Series) -> HttpResponse:
    """It comes round again."""
    return _pressed(request, series, services.resume_series, _("The series goes on."))


@page(policies.may_remove, of=selectors.one_series, methods=("POST",))
def remove(request: HttpRequest, series: Series) -> HttpResponse:
    """Take away one without meetings."""
    try:
        services.remove_series(series, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(series)
    say(request, _("The series has been removed."))
    return redirect("meetings:series_list")


def _pressed(request: HttpRequest, series: Series, service: Callable[..., Any], words: str) -> HttpResponse:
    try:
        service(series, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, words)
    return redirect(series)
