"""The team's pages of goals."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui import threads
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page as page_of_form
from barnraise.plumbing.ui.form_pages import kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.panels import shown_panels
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import CiteForm, GoalForm, ReasonForm
from .models import Goal
from .sockets import goal_panels

form_page = partial(page_of_form, template="goals/form.html")


@page(policies.may_see, of=selectors.one_goal)
def goal(request: HttpRequest, goal: Goal) -> HttpResponse:
    """A goal: what it rests on, its objectives, who stands behind it."""
    may_edit = policies.may_edit(request.user)
    action: Any = ""
    if may_edit and not goal.is_ended:
        action = button(
            _("Change"), href=reverse("goals:change", args=[goal.uuid]), icon="pencil", kind="quiet"
        )
    header = Header(
        title=goal.name,
        kind=_("Goal"),
        icon="target",
        state=facing.state_badge(goal),
        owner=goal.owner or "",
        action=action,
    )
    objectives = selectors.objectives_of(goal)
    standing = selectors.letters_of(objectives)
    refs = [row.ref for row in goal.citations.order_by("id")]
    cited, hidden = threads.named(refs, actor=request.user)
    context = {
        "thing": goal,
        "header": header,
        "objectives": [
            (row, facing.letters(standing[row.pk]), facing.state_badge(row)) for row in objectives
        ],
        "cited": list(cited.values()),
        "hidden": threads.hidden_words(hidden) if hidden else "",
        "panels": shown_panels(goal_panels, actor=request.user, thing=goal),
        "endorsements": [(row, facing.endorsement_badge(row)) for row in selectors.endorsements_of(goal)],
        "columns": selectors.columns_of(goal),
        "may_edit": may_edit,
        "may_decide": policies.may_decide(request.user),
    }
    return render(request, "goals/goal.html", context)


@page(policies.may_see, of=selectors.one_goal_by_key)
def by_key(request: HttpRequest, goal: Goal) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(goal)


@page(policies.may_edit, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Add a goal: `?cites=needs.need:3` is what it rests on."""
    form = GoalForm(request.POST if request.method == "POST" else None, initial={"owner": request.user})
    cited = _cited(request)
    if request.method == "POST":
        made = kept(form, lambda: services.add_goal(by=request.user, **form.cleaned_data))
        if made:
            if cited is not None:
                services.rest_on(made, ref=cited.ref, by=request.user)
                say(request, _("The goal has been added. Say next how you will know: add an objective."))
            else:
                say(request, _("The goal has been added. Say next which need it answers."))
            return redirect(made)
    intro = _("It rests on: %(title)s") % {"title": cited.title} if cited else ""
    return form_page(
        request, form, _("Add a goal"), cited.url if cited else reverse("goals:list"), intro=intro
    )


def _cited(request: HttpRequest) -> threads.Named | None:
    """The need or decision that the address names, when it is there and this reader may open it."""
    try:
        ref = Ref.parse(request.GET.get("cites", ""))
    except ValueError:
        return None
    found, _hidden = threads.named([ref] if ref.kind in selectors.CITABLE else [], actor=request.user)
    return found.get(ref)


@page(policies.may_edit, of=selectors.one_goal, methods=("GET", "POST"))
def change(request: HttpRequest, goal: Goal) -> HttpResponse:
    """Change a goal."""
    initial = {name: getattr(goal, name) for name in GoalForm.base_fields}
    form = GoalForm(request.POST if request.method == "POST" else None, initial=initial)
    guard(form, goal.updated_at)
    if request.method == "POST" and kept(
        form, lambda: services.change_goal(goal, by=request.user, **form.cleaned_data)
    ):
        say(request, _("The goal has been changed."))
        return redirect(goal)
    return form_page(request, form, _("Change the goal"), goal.get_absolute_url())


@page(policies.may_decide, of=selectors.one_goal, methods=("POST",))
def agree(request: HttpRequest, goal: Goal) -> HttpResponse:
    """The partnership works on it."""
    try:
        services.agree_goal(goal, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The goal is agreed."))
    return redirect(goal)


@page(policies.may_decide, of=selectors.one_goal, methods=("GET", "POST"))
def end(request: HttpRequest, goal: Goal) -> HttpResponse:
    """It is reached or dropped."""
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def write() -> Any:
        said = form.cleaned_data
        return services.end_goal(
            goal, is_reached=said["outcome"] == "reached", reason=said["reason"], by=request.user
        )

    if request.method == "POST" and kept(form, write):
        say(request, _("The goal has ended."))
        return redirect(goal)
    return form_page(request, form, _("End the goal"), goal.get_absolute_url(), subject=goal.name)


@page(policies.may_decide, of=selectors.one_goal, methods=("POST",))
def reopen(request: HttpRequest, goal: Goal) -> HttpResponse:
    """It goes on."""
    services.reopen_goal(goal, by=request.user)
    say(request, _("The goal is worked on again."))
    return redirect(goal)


@page(policies.may_decide, of=selectors.one_goal, methods=("POST",))
def remove(request: HttpRequest, goal: Goal) -> HttpResponse:
    """Take away a goal that nothing hangs on."""
    try:
        done = services.remove_goal(goal, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(goal)
    say(request, _("The goal has been removed."), undo_url=done.undo_url)
    return redirect("goals:list")


@page(policies.may_edit, of=selectors.one_goal, methods=("GET", "POST"))
def cite(request: HttpRequest, goal: Goal) -> HttpResponse:
    """Say which need or decision it rests on."""
    form = CiteForm(request.POST if request.method == "POST" else None, actor=request.user)
    if request.method == "POST" and kept(
        form, lambda: services.cite(goal, ref=form.cleaned_data["ref"], by=request.user)
    ):
        say(request, _("The goal rests on it now."))
        return redirect(goal)
    title = _("What the goal rests on")
    if not form.has_offers:
        context = {"title": title, "thing": goal}
        return render(request, "goals/nothing_to_cite.html", context, status=422 if form.errors else 200)
    return form_page(request, form, title, goal.get_absolute_url(), subject=goal.name)


@page(policies.may_edit, of=selectors.one_goal, methods=("POST",))
def uncite(request: HttpRequest, goal: Goal) -> HttpResponse:
    """It does not rest on it."""
    try:
        ref = Ref.parse(request.POST.get("ref", ""))
    except ValueError:
        return redirect(goal)
    if services.uncite(goal, ref=ref, by=request.user):
        say(request, _("The goal does not rest on it any more."))
    return redirect(goal)
