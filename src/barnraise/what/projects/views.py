"""The team's pages of projects."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import Header, button, data, day
from barnraise.plumbing.ui.form_pages import form_page as page_of_form
from barnraise.plumbing.ui.form_pages import kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.panels import shown_panels
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import EndForm, ProjectForm
from .models import Project
from .sockets import panels
from .states import PROJECT as STEPS

AMOUNTS = 500

form_page = partial(page_of_form, template="projects/form.html")


@page(policies.may_see, of=selectors.one_project)
def project(request: HttpRequest, project: Project) -> HttpResponse:
    """A project: whom it is built by, what is due, what it costs, what was given, who takes part."""
    may_edit = policies.may_edit(request.user) and not project.is_ended
    action: Any = ""
    if may_edit:
        href = reverse("projects:change", args=[project.uuid])
        action = button(_("Change"), href=href, icon="pencil", kind="quiet")
    value, hours = selectors.totals_of(project)
    labels = dict(Project.State.choices)
    verbs = {"running": _("Start"), "paused": _("Pause")}
    if project.state != Project.State.PLANNED:
        verbs["running"] = _("Go on")
    context = {
        "thing": project,
        "key": str(project.pk),
        "header": Header(
            title=project.name,
            kind=project.get_kind_display(),
            icon="hammer",
            state=facing.state_badge(project),
            owner=project.owner or "",
            action=action,
        ),
        "facts": [
            (_("Objective it serves"), data(project.objective.name) if project.objective else ""),
            (_("From"), day(project.starts_on)),
            (_("Until"), day(project.ends_on)),
        ],
        "partners": selectors.partners_of(project),
        "milestones": list(project.milestones.order_by("due_on", "id")),
        "budget": selectors.budget_of(project),
        "amounts": list(project.actuals.select_related("line").order_by("-on", "-id")[:AMOUNTS]),
        "gifts": [
            (row, facing.giver(row), facing.worth(row))
            for row in selectors.contributions_with(project=project, most=20)
        ],
        "value": value,
        "hours": hours.normalize(),
        "openings": selectors.openings_of(project),
        "panels": shown_panels(panels, actor=request.user, thing=project),
        "steps": [(code, verbs[code]) for code in STEPS[project.state] if code in verbs],
        "state_word": labels[project.state],
        "may_edit": may_edit,
        "may_decide": policies.may_decide(request.user),
    }
    return render(request, "projects/project.html", context)


@page(policies.may_see, of=selectors.one_project_by_key)
def by_key(request: HttpRequest, project: Project) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(project)


@page(policies.may_edit, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Add a project: `?objective=3` is the one it serves."""
    initial = {"owner": request.user, "objective": request.GET.get("objective", "")}
    form = ProjectForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        made = kept(form, lambda: services.add_project(by=request.user, **form.cleaned_data))
        if made:
            say(request, _("The project has been added."))
            return redirect(made)
    return form_page(request, form, _("Add a project"), reverse("projects:list"))


@page(policies.may_edit, of=selectors.one_project, methods=("GET", "POST"))
def change(request: HttpRequest, project: Project) -> HttpResponse:
    """Change a project."""
    initial = {name: getattr(project, name) for name in ProjectForm.base_fields}
    form = ProjectForm(request.POST if request.method == "POST" else None, initial=initial)
    guard(form, project.updated_at)
    if request.method == "POST" and kept(
        form, lambda: services.change_project(project, by=request.user, **form.cleaned_data)
    ):
        say(request, _("The project has been changed."))
        return redirect(project)
    return form_page(request, form, _("Change the project"), project.get_absolute_url())


@page(policies.may_edit, of=selectors.one_project, methods=("POST",))
def state(request: HttpRequest, project: Project) -> HttpResponse:
    """Start, pause or take up again."""
    try:
        services.set_state(project, state=request.POST.get("state", "")[:20], by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The project's state has been changed."))
    return redirect(project)


@page(policies.may_decide, of=selectors.one_project, methods=("GET", "POST"))
def end(request: HttpRequest, project: Project) -> HttpResponse:
    """It is finished, or stopped early."""
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and kept(
        form, lambda: services.set_state(project, by=request.user, **form.cleaned_data)
    ):
        say(request, _("The project has ended."))
        return redirect(project)
    return form_page(request, form, _("End the project"), project.get_absolute_url(), subject=project.name)


@page(policies.may_decide, of=selectors.one_project, methods=("POST",))
def remove(request: HttpRequest, project: Project) -> HttpResponse:
    """Take away a project that nothing hangs on."""
    try:
        services.remove_project(project, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(project)
    say(request, _("The project has been removed."))
    return redirect("projects:list")
