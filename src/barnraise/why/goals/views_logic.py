"""The page of a goal's logic model."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.form_pages import kept
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import policies, selectors, services
from .forms import ArrowForm, StepForm
from .models import Goal, LogicArrow, LogicStep
from .views import form_page


@page(policies.may_see, of=selectors.one_goal)
def model(request: HttpRequest, goal: Goal) -> HttpResponse:
    """Inputs, activities, outputs, outcomes, and the arrows between them as a table."""
    context = {
        "thing": goal,
        "columns": selectors.columns_of(goal),
        "arrows": selectors.arrows_of(goal),
        "may_edit": policies.may_edit(request.user) and not goal.is_ended,
    }
    return render(request, "goals/logic.html", context)


def _model_of(goal: Goal) -> str:
    return reverse("goals:logic", args=[goal.uuid])


@page(policies.may_edit, of=selectors.one_goal, methods=("GET", "POST"))
def add_step(request: HttpRequest, goal: Goal) -> HttpResponse:
    """Add a box."""
    form = StepForm(
        request.POST if request.method == "POST" else None,
        goal=goal,
        initial={"stage": request.GET.get("stage", "input")},
    )
    if request.method == "POST" and kept(
        form, lambda: services.add_step(goal, by=request.user, **form.cleaned_data)
    ):
        return redirect("goals:logic", uuid=goal.uuid)
    return form_page(request, form, _("Add a step"), _model_of(goal), subject=goal.name)


@page(policies.may_edit, of=selectors.one_step, methods=("GET", "POST"))
def change_step(request: HttpRequest, step: LogicStep) -> HttpResponse:
    """Change a box."""
    initial = {"stage": step.stage, "text": step.text, "objective": step.objective_id}
    form = StepForm(request.POST if request.method == "POST" else None, goal=step.goal, initial=initial)
    if request.method == "POST" and kept(
        form, lambda: services.change_step(step, by=request.user, **form.cleaned_data)
    ):
        return redirect("goals:logic", uuid=step.goal.uuid)
    return form_page(request, form, _("Change the step"), _model_of(step.goal))


@page(policies.may_edit, of=selectors.one_step, methods=("POST",))
def remove_step(request: HttpRequest, step: LogicStep) -> HttpResponse:
    """Take a box away."""
    done = services.remove_step(step, by=request.user)
    say(request, _("The step has been removed."), undo_url=done.undo_url)
    return redirect("goals:logic", uuid=step.goal.uuid)


@page(policies.may_edit, of=selectors.one_goal, methods=("GET", "POST"))
def add_arrow(request: HttpRequest, goal: Goal) -> HttpResponse:
    """Draw an arrow."""
    form = ArrowForm(request.POST if request.method == "POST" else None, goal=goal)
    if request.method == "POST" and kept(
        form, lambda: services.add_arrow(by=request.user, **form.cleaned_data)
    ):
        return redirect("goals:logic", uuid=goal.uuid)
    return form_page(request, form, _("Draw an arrow"), _model_of(goal), subject=goal.name)


@page(policies.may_edit, of=selectors.one_arrow, methods=("POST",))
def remove_arrow(request: HttpRequest, arrow: LogicArrow) -> HttpResponse:
    """Take an arrow away."""
    done = services.remove_arrow(arrow, by=request.user)
    say(request, _("The arrow has been removed."), undo_url=done.undo_url)
    return redirect("goals:logic", uuid=arrow.start.goal.uuid)
