"""Pages of experiments."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page

from .. import facing, policies, selectors, services
from ..forms import ExperimentForm, VerdictForm
from ..models import Experiment
from .shared import pressed, written

LIST = "adaptation:experiments"


@page(policies.may_see, of=selectors.one_experiment)
def one(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    """A card: what is expected, how it is told, when it stops, what came of it."""
    may_edit = policies.may_edit(request.user)
    action: Any = ""
    if may_edit and not experiment.verdict:
        href = reverse("adaptation:judge", args=[experiment.uuid])
        action = button(_("Judge it"), href=href, icon="scale")
    header = Header(
        title=experiment.title,
        kind=_("Experiment"),
        icon="bulb",
        state=facing.experiment_badge(experiment),
        owner=str(experiment.owner) if experiment.owner else "",
        action=action,
    )
    context = {
        "thing": experiment,
        "header": header,
        "about": selectors.seen(experiment.about),
        "may_edit": may_edit,
        "may_remove": policies.may_approve(request.user),
    }
    return render(request, "adaptation/experiment.html", context)


@page(policies.may_see, of=selectors.one_experiment_by_key)
def by_key(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(experiment)


@page(policies.may_edit, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Note an experiment."""
    given = request.POST if request.method == "POST" else None
    form = ExperimentForm(given, actor=request.user, about=request.GET.get("about", "")[:80])
    return written(
        request,
        form,
        lambda: services.add_experiment(by=request.user, **form.values()),
        title=_("Note an experiment"),
        said=_("The experiment has been noted."),
        cancel=reverse(LIST),
    )


@page(policies.may_edit, of=selectors.one_experiment, methods=("GET", "POST"))
def change(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    """Change a card that has no verdict yet."""
    given = request.POST if request.method == "POST" else None
    form = ExperimentForm(given, actor=request.user, experiment=experiment)
    guard(form, experiment.updated_at)
    return written(
        request,
        form,
        lambda: services.change_experiment(experiment, by=request.user, **form.values()),
        title=_("Change the experiment"),
        said=_("The experiment has been changed."),
        cancel=experiment.get_absolute_url(),
        thing=experiment,
    )


@page(policies.may_edit, of=selectors.one_experiment, methods=("GET", "POST"))
def judge(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    """Say what came of it."""
    form = VerdictForm(request.POST if request.method == "POST" else None)
    return written(
        request,
        form,
        lambda: services.judge(experiment, by=request.user, **form.cleaned_data),
        title=_("Judge the experiment"),
        said=_("The verdict has been noted."),
        cancel=experiment.get_absolute_url(),
        leads_to=experiment.get_absolute_url(),
        thing=experiment,
    )


@page(policies.may_edit, of=selectors.one_experiment, methods=("POST",))
def reopen(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    """Take the verdict back."""
    where, said = experiment.get_absolute_url(), _("The verdict has been taken back.")
    return pressed(request, lambda: services.reopen(experiment, by=request.user), said=said, leads_to=where)


@page(policies.may_approve, of=selectors.one_experiment, methods=("POST",))
def remove(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    """Take away one that was noted by mistake."""
    return pressed(
        request,
        lambda: services.remove_experiment(experiment, by=request.user),
        said=_("The experiment has been removed."),
        leads_to=reverse(LIST),
    )
