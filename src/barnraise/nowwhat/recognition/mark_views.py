"""The pages of marks and milestones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import Header
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import ChangeMarkForm, MarkForm
from .models import Mark, Milestone

TEMPLATE = "recognition/mark_form.html"


@page(policies.may_see, of=selectors.one_milestone)
def milestone(request: HttpRequest, milestone: Milestone) -> HttpResponse:
    """A milestone: of what, when, and what was told of it."""
    header = Header(
        title=str(milestone), kind=_("Milestone"), icon="trophy", state=facing.state_badge(milestone)
    )
    context = {
        "thing": milestone,
        "header": header,
        "indicator": milestone.mark.indicator,
        "may_edit": policies.may_edit(request.user),
    }
    return render(request, "recognition/milestone.html", context)


@page(policies.may_see, of=selectors.one_milestone_by_key)
def milestone_by_key(request: HttpRequest, milestone: Milestone) -> HttpResponse:
    """The address that timelines know leads to the page."""
    return redirect(milestone)


def _told(request: HttpRequest, milestone: Milestone, act: Callable[[], Any], words: str) -> HttpResponse:
    """Do what a button asks and lead to what was made, or say why not."""
    try:
        made = act()
    except ValidationError as no:
        say_no(request, no)
        return redirect(milestone)
    say(request, words)
    if made is None:
        return redirect("/" if request.POST.get("next") == "/" else milestone)
    return redirect(made)


@page(policies.may_edit, of=selectors.one_milestone, methods=("POST",))
def draft_campaign(request: HttpRequest, milestone: Milestone) -> HttpResponse:
    """A campaign with the milestone in it."""
    return _told(
        request,
        milestone,
        lambda: services.draft_campaign(milestone, by=request.user),
        _("A campaign is drafted: choose who gets it."),
    )


@page(policies.may_edit, of=selectors.one_milestone, methods=("POST",))
def draft_message(request: HttpRequest, milestone: Milestone) -> HttpResponse:
    """A message for the networks with the milestone in it."""
    language = (get_language() or "en")[:2]
    return _told(
        request,
        milestone,
        lambda: services.draft_message(milestone, by=request.user, language=language),
        _("The message has been drafted. Look at each network's variant."),
    )


@page(policies.may_edit, of=selectors.one_milestone, methods=("POST",))
def leave(request: HttpRequest, milestone: Milestone) -> HttpResponse:
    """It is not told."""
    return _told(request, milestone, lambda: services.leave(milestone, by=request.user), _("It is not told."))


@page(policies.may_see, of=selectors.one_mark)
def mark(request: HttpRequest, mark: Mark) -> HttpResponse:
    """A mark, and the milestones reached there."""
    rows = selectors.milestones_listed().filter(mark=mark).order_by("-reached_on", "-pk")[:100]
    context = {
        "thing": mark,
        "header": Header(title=str(mark), kind=_("Mark"), icon="flag"),
        "rows": [(row, facing.state_badge(row)) for row in rows],
        "may_end": policies.may_set(request.user) and mark.ended_at is None,
    }
    return render(request, "recognition/mark.html", context)


@page(policies.may_see, of=selectors.one_mark_by_key)
def mark_by_key(request: HttpRequest, mark: Mark) -> HttpResponse:
    """The address that timelines know leads to the page."""
    return redirect(mark)


@page(policies.may_set, methods=("GET", "POST"))
def add_mark(request: HttpRequest) -> HttpResponse:
    """Set a mark."""
    given = request.POST if request.method == "POST" else None
    form = MarkForm(given, initial={"indicator": request.GET.get("indicator", "")[:300]})
    if given is not None:
        made = kept(form, lambda: services.add_mark(by=request.user, **form.cleaned_data))
        if made is not None:
            say(request, _("The mark is set."))
            return redirect(made)
    return form_page(request, form, _("Set a mark"), reverse("recognition:marks"), template=TEMPLATE)


@page(policies.may_set, of=selectors.one_mark, methods=("GET", "POST"))
def change_mark(request: HttpRequest, mark: Mark) -> HttpResponse:
    """Change every how many, and the words."""
    given = request.POST if request.method == "POST" else None
    form = ChangeMarkForm(given, initial={"step": mark.step, "words": mark.words})
    guard(form, mark.updated_at)
    if given is not None:
        done = kept(form, lambda: services.change_mark(mark, by=request.user, **form.cleaned_data))
        if done is not None:
            say(request, _("The mark has been changed."))
            return redirect(mark)
    title = _("Change the mark")
    return form_page(request, form, title, mark.get_absolute_url(), template=TEMPLATE, thing=mark)


@page(policies.may_set, of=selectors.one_mark, methods=("GET", "POST"))
def end_mark(request: HttpRequest, mark: Mark) -> HttpResponse:
    """No milestone is reached there any more, after asking."""
    if request.method == "POST":
        try:
            services.end_mark(mark, by=request.user)
        except ValidationError as no:
            say_no(request, no)
        else:
            say(request, _("The mark has ended."))
        return redirect(mark)
    context = {
        "title": _("End the mark"),
        "thing": mark,
        "cancel_url": mark.get_absolute_url(),
        "danger": True,
        "submit": _("End it"),
        "intro": _("No milestone is reached there any more; those that were reached stay."),
    }
    return render(request, TEMPLATE, context)
