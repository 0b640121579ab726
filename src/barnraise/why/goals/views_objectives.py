"""The team's pages of objectives and indicators."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import Header, badge, button, data, day
from barnraise.plumbing.ui.form_pages import kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.panels import shown_panels
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import IndicatorForm, ObjectiveForm, PlainReasonForm, ReasonForm
from .lists import source_word
from .models import Goal, Indicator, Objective
from .smart import LETTERS, missing
from .sockets import goal_panels, indicator_panels, sources
from .views import form_page


@page(policies.may_see, of=selectors.one_objective)
def objective(request: HttpRequest, objective: Objective) -> HttpResponse:
    """An objective: SMART letter by letter, and its indicators."""
    may_edit = policies.may_edit(request.user)
    may_decide = policies.may_decide(request.user)
    lacks = missing(selectors.facts_of([objective])[objective.pk])
    indicators = selectors.indicators_of(objective)
    change = reverse("goals:change_objective", args=[objective.uuid])
    measure = (
        reverse("goals:change_indicator", args=[indicators[0].uuid])
        if indicators
        else f"{reverse('goals:add_indicator')}?objective={objective.pk}"
    )
    mends = {
        "owner": change,
        "due_on": change,
        "need": reverse("goals:cite", args=[objective.goal.uuid]),
    }
    action: Any = ""
    if may_edit and not objective.is_ended:
        action = button(_("Change"), href=change, icon="pencil", kind="quiet")
    letters = [
        (letter, word, [(one.words, mends.get(one.field, measure)) for one in lacks if one.letter == letter])
        for letter, word in LETTERS.items()
    ]
    context = {
        "thing": objective,
        "header": Header(
            title=objective.name,
            kind=_("Objective"),
            icon="target-arrow",
            state=facing.state_badge(objective),
            owner=objective.owner or "",
            action=action,
        ),
        "letters": letters,
        "panels": shown_panels(goal_panels, actor=request.user, thing=objective),
        "is_smart": not lacks,
        "indicators": [(row, facing.path_of(row)) for row in indicators],
        "may_edit": may_edit,
        "may_decide": may_decide,
    }
    return render(request, "goals/objective.html", context)


@page(policies.may_see, of=selectors.one_objective_by_key)
def by_key(request: HttpRequest, objective: Objective) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(objective)


@page(policies.may_edit, of=selectors.one_goal, methods=("GET", "POST"))
def add(request: HttpRequest, goal: Goal) -> HttpResponse:
    """Add an objective to a goal."""
    form = ObjectiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made = kept(form, lambda: services.add_objective(goal, by=request.user, **form.cleaned_data))
        if made:
            say(request, _("The objective has been added. Its page says what makes it SMART."))
            return redirect(made)
    return form_page(request, form, _("Add an objective"), goal.get_absolute_url(), subject=goal.name)


@page(policies.may_edit, of=selectors.one_objective, methods=("GET", "POST"))
def change(request: HttpRequest, objective: Objective) -> HttpResponse:
    """Change an objective."""
    initial = {name: getattr(objective, name) for name in ObjectiveForm.base_fields}
    form = ObjectiveForm(request.POST if request.method == "POST" else None, initial=initial)
    guard(form, objective.updated_at)
    if request.method == "POST" and kept(
        form, lambda: services.change_objective(objective, by=request.user, **form.cleaned_data)
    ):
        say(request, _("The objective has been changed."))
        return redirect(objective)
    return form_page(request, form, _("Change the objective"), objective.get_absolute_url())


@page(policies.may_decide, of=selectors.one_objective, methods=("POST",))
def agree(request: HttpRequest, objective: Objective) -> HttpResponse:
    """The partnership commits to it, when it is SMART."""
    try:
        services.agree_objective(objective, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The objective is agreed."))
    return redirect(objective)


@page(policies.may_decide, of=selectors.one_objective, methods=("GET", "POST"))
def end(request: HttpRequest, objective: Objective) -> HttpResponse:
    """It is reached or dropped."""
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def write() -> Any:
        said = form.cleaned_data
        return services.end_objective(
            objective, is_reached=said["outcome"] == "reached", reason=said["reason"], by=request.user
        )

    if request.method == "POST" and kept(form, write):
        say(request, _("The objective has ended."))
        return redirect(objective)
    cancel = objective.get_absolute_url()
    return form_page(request, form, _("End the objective"), cancel, subject=objective.name)


@page(policies.may_decide, of=selectors.one_objective, methods=("POST",))
def reopen(request: HttpRequest, objective: Objective) -> HttpResponse:
    """It goes on."""
    services.reopen_objective(objective, by=request.user)
    say(request, _("The objective is worked on again."))
    return redirect(objective)


@page(policies.may_decide, of=selectors.one_objective, methods=("POST",))
def remove(request: HttpRequest, objective: Objective) -> HttpResponse:
    """Take away an objective that no indicator tells of."""
    try:
        done = services.remove_objective(objective, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(objective)
    say(request, _("The objective has been removed."), undo_url=done.undo_url)
    return redirect(objective.goal)


@page(policies.may_see, of=selectors.one_indicator)
def indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """An indicator: what it counts, from where to where, and what rooms above show of it."""
    may_edit = policies.may_edit(request.user)
    action: Any = ""
    if may_edit and not indicator.is_ended:
        href = reverse("goals:change_indicator", args=[indicator.uuid])
        action = button(_("Change"), href=href, icon="pencil", kind="quiet")
    lives = _("Counts by itself") if indicator.source else _("Values are asked")
    state = badge(_("Ended")) if indicator.is_ended else badge(lives, tone="good")
    plug = sources.find(indicator.source) if indicator.source else None
    context = {
        "thing": indicator,
        "header": Header(
            title=indicator.name,
            kind=_("Indicator"),
            icon="chart-line",
            state=state,
            owner=indicator.owner or "",
            action=action,
        ),
        "facts": [
            (_("Unit"), data(indicator.unit)),
            (_("Direction"), indicator.get_direction_display()),
            (_("How rows become the value"), indicator.get_rule_display()),
            (_("How often"), indicator.get_frequency_display()),
            (_("Baseline"), facing.measured(indicator, indicator.baseline_value)),
            (_("Day of the baseline"), day(indicator.baseline_on)),
            (_("Target"), facing.measured(indicator, indicator.target_value)),
            (_("Day of the target"), day(indicator.target_on)),
            (_("Source"), source_word(indicator)),
        ],
        "source_words": plug.words(indicator.source_options) if plug else "",
        "has_options": bool(plug and plug.form),
        "panels": shown_panels(indicator_panels, actor=request.user, thing=indicator),
        "may_edit": may_edit,
        "may_decide": policies.may_decide(request.user),
    }
    return render(request, "goals/indicator.html", context)


@page(policies.may_see, of=selectors.one_indicator_by_key)
def indicator_by_key(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(indicator)


def _next(indicator: Indicator) -> HttpResponse:
    """To the options of its source when there are any, else to its page."""
    plug = sources.find(indicator.source) if indicator.source else None
    if plug and plug.form and not indicator.source_options:
        return redirect("goals:indicator_source", uuid=indicator.uuid)
    return redirect(indicator)


@page(policies.may_edit, methods=("GET", "POST"))
def add_indicator(request: HttpRequest) -> HttpResponse:
    """Add an indicator."""
    wanted = request.GET.get("objective", "")
    initial = {
        "objective": int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else None
    }
    form = IndicatorForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        made = kept(form, lambda: services.add_indicator(by=request.user, **form.cleaned_data))
        if made:
            say(request, _("The indicator has been added."))
            return _next(made)
    return form_page(request, form, _("Add an indicator"), reverse("goals:indicators"))


@page(policies.may_edit, of=selectors.one_indicator, methods=("GET", "POST"))
def change_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Change an indicator. Another source begins without options."""
    initial = {name: getattr(indicator, name) for name in IndicatorForm.base_fields}
    form = IndicatorForm(request.POST if request.method == "POST" else None, initial=initial)
    guard(form, indicator.updated_at)

    def write() -> Any:
        said = dict(form.cleaned_data)
        if said["source"] != indicator.source:
            said["source_options"] = {}
        return services.change_indicator(indicator, by=request.user, **said)

    if request.method == "POST" and kept(form, write):
        say(request, _("The indicator has been changed."))
        return _next(selectors.one_indicator(indicator.uuid))
    return form_page(request, form, _("Change the indicator"), indicator.get_absolute_url())


@page(policies.may_edit, of=selectors.one_indicator, methods=("GET", "POST"))
def source(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Say what exactly its source counts."""
    plug = sources.find(indicator.source) if indicator.source else None
    if plug is None or plug.form is None:
        raise Http404
    form = plug.form(request.POST if request.method == "POST" else None, initial=indicator.source_options)
    if request.method == "POST" and form.is_valid():
        services.change_indicator(indicator, by=request.user, source_options=form.cleaned_data)
        say(request, _("What it counts is kept."))
        return redirect(indicator)
    return form_page(
        request,
        form,
        _("What the source counts"),
        indicator.get_absolute_url(),
        subject=indicator.name,
        intro=plug.about,
    )


@page(policies.may_decide, of=selectors.one_indicator, methods=("GET", "POST"))
def end_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """No value is asked of it any more."""
    form = PlainReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and kept(
        form, lambda: services.end_indicator(indicator, reason=form.cleaned_data["reason"], by=request.user)
    ):
        say(request, _("The indicator has ended. Its values stay."))
        return redirect(indicator)
    cancel = indicator.get_absolute_url()
    return form_page(request, form, _("End the indicator"), cancel, subject=indicator.name)


@page(policies.may_decide, of=selectors.one_indicator, methods=("POST",))
def reopen_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Values are asked again."""
    services.reopen_indicator(indicator, by=request.user)
    say(request, _("Values are asked again."))
    return redirect(indicator)


@page(policies.may_decide, of=selectors.one_indicator, methods=("POST",))
def remove_indicator(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Take away an indicator without values."""
    try:
        done = services.remove_indicator(indicator, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(indicator)
    say(request, _("The indicator has been removed."), undo_url=done.undo_url)
    return redirect("goals:indicators")
