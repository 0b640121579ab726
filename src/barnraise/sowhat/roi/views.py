"""The team's pages of valuations."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services, shown
from .forms import AssumptionForm, EndForm, OutcomeForm, ValuationForm
from .models import KINDS_OF_OUTCOME, KINDS_OF_WHOLE, Assumption, Outcome, Valuation

TEMPLATE = "roi/form.html"


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, valuation: Valuation) -> HttpResponse:
    """A valuation: inputs, outcomes, ratios from low to high, the register, and what each assumption alone does."""
    may_edit = policies.may_edit(request.user) and valuation.ended_on is None
    action: Any = ""
    if may_edit:
        address = reverse("roi:add_outcome", args=[valuation.uuid])
        action = button(_("Add an outcome"), href=address, icon="plus")
    header = Header(
        title=valuation.name,
        kind=_("Valuation"),
        icon="scale",
        state=facing.state_badge(valuation),
        owner=str(valuation.owner) if valuation.owner else "",
        action=action,
    )
    context = {
        "thing": valuation,
        "header": header,
        "may_edit": may_edit,
        "may_end": policies.may_end(request.user),
        "may_remove": policies.may_remove(request.user),
        **shown.whole(valuation),
    }
    return render(request, "roi/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, valuation: Valuation) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(valuation)


@page(policies.may_see, of=selectors.one)
def costs(request: HttpRequest, valuation: Valuation) -> HttpResponse:
    """Every row behind what was put in."""
    header = Header(title=_("What was put in"), kind=_("Costs"), icon="coins")
    context = {"thing": valuation, "header": header, **shown.costs(valuation)}
    return render(request, "roi/costs.html", context)


@page(policies.may_see, of=selectors.one_outcome)
def outcome(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """An outcome: how many and who says so, what is assumed, what each year is worth in each case."""
    may_edit = policies.may_edit(request.user) and outcome.valuation.ended_on is None
    header = Header(title=outcome.name, kind=_("Valued outcome"), icon="trending-up")
    context = {"thing": outcome, "header": header, "may_edit": may_edit, **shown.outcome(outcome)}
    return render(request, "roi/outcome.html", context)


@page(policies.may_see, of=selectors.one_outcome_by_key)
def outcome_by_key(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """The address that Trace knows leads to the page."""
    return redirect(outcome)


@page(policies.may_edit, methods=("GET", "POST"))
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a valuation, of this year until today unless said otherwise."""
    today = timezone.localdate()
    title = search.cited_title(request.GET.get("for", ""))
    initial = {
        "cites": title,
        "name": _("Value of %(name)s") % {"name": title} if title else "",
        "begins_on": today.replace(month=1, day=1),
        "ends_on": today.replace(month=12, day=31),
        "owner": str(request.user.pk),
        "is_first_year_discounted": True,
    }
    given = request.POST if request.method == "POST" else None
    form = ValuationForm(given, actor=request.user, initial=initial)
    if given is not None:
        made = kept(form, lambda: services.begin_valuation(by=request.user, **form.values()))
        if made is not None:
            say(request, _("The valuation has been begun. Add what changed for people."))
            return redirect(made)
    return form_page(request, form, _("Begin a valuation"), reverse("roi:list"), template=TEMPLATE)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, valuation: Valuation) -> HttpResponse:
    """Change what is valued, and for which days."""
    given = request.POST if request.method == "POST" else None
    form = ValuationForm(given, actor=request.user, valuation=valuation)
    guard(form, valuation.updated_at)
    if given is not None:
        done = kept(form, lambda: services.change_valuation(valuation, by=request.user, **form.values()))
        if done is not None:
            say(request, _("The valuation has been changed."))
            return redirect(valuation)
    return _page(request, form, _("Change the valuation"), valuation)


@page(policies.may_end, of=selectors.one, methods=("GET", "POST"))
def end(request: HttpRequest, valuation: Valuation) -> HttpResponse:
    """It is used no more."""
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = kept(form, lambda: services.end_valuation(valuation, by=request.user, **form.cleaned_data))
        if done is not None:
            undo = reverse("journal:undo", kwargs={"key": done.pk})
            say(request, _("The valuation has ended."), undo_url=undo)
            return redirect(valuation)
    return _page(request, form, _("End the valuation"), valuation)


@page(policies.may_end, of=selectors.one, methods=("POST",))
def reopen(request: HttpRequest, valuation: Valuation) -> HttpResponse:
    """It is used again."""
    try:
        services.reopen(valuation, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The valuation is in use again."))
    return redirect(valuation)


@page(policies.may_remove, of=selectors.one, methods=("GET", "POST"))
def remove(request: HttpRequest, valuation: Valuation) -> HttpResponse:
    """Take away a valuation that was begun by mistake, after asking."""
    if request.method == "POST":
        services.remove_valuation(valuation, by=request.user)
        say(request, _("The valuation has been removed."))
        return redirect("roi:list")
    context = {
        "title": _("Remove the valuation"),
        "thing": valuation,
        "cancel_url": valuation.get_absolute_url(),
        "danger": True,
        "submit": _("Remove it"),
        "intro": _(
            "It goes with its outcomes and its register. One that was shown to others is better ended."
        ),
    }
    return render(request, TEMPLATE, context)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def add_outcome(request: HttpRequest, valuation: Valuation) -> HttpResponse:
    """Add what changed."""
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made = kept(form, lambda: services.add_outcome(valuation, by=request.user, **form.cleaned_data))
        if made is not None:
            say(request, _("The outcome has been added. Say what is assumed of it."))
            return redirect(made)
    return _page(request, form, _("Add an outcome"), valuation)


@page(policies.may_edit, of=selectors.one_outcome, methods=("GET", "POST"))
def change_outcome(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """Change what it is called, and what says how many."""
    form = OutcomeForm(request.POST if request.method == "POST" else None, outcome=outcome)
    guard(form, outcome.updated_at)
    if request.method == "POST":
        done = kept(form, lambda: services.change_outcome(outcome, by=request.user, **form.cleaned_data))
        if done is not None:
            say(request, _("The outcome has been changed."))
            return redirect(outcome)
    return _page(request, form, _("Change the outcome"), outcome)


@page(policies.may_edit, of=selectors.one_outcome, methods=("POST",))
def remove_outcome(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """It is valued no more."""
    try:
        services.remove_outcome(outcome, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The outcome has been removed."))
    return redirect(outcome.valuation)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def assume(request: HttpRequest, valuation: Valuation) -> HttpResponse:
    """Write a line of the register for the valuation as a whole."""
    return _assume(request, valuation, None, KINDS_OF_WHOLE)


@page(policies.may_edit, of=selectors.one_outcome, methods=("GET", "POST"))
def assume_of(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """Write a line of the register for an outcome."""
    names = [name for name in KINDS_OF_OUTCOME if not (name == "quantity" and outcome.indicator_id)]
    return _assume(request, outcome.valuation, outcome, names)


def _assume(request: HttpRequest, valuation: Valuation, outcome: Outcome | None, names: Any) -> HttpResponse:
    wanted = request.GET.get("kind", "")
    held = Assumption.objects.filter(valuation=valuation, outcome=outcome, kind=wanted).first()
    form = AssumptionForm(
        request.POST if request.method == "POST" else None,
        names=names,
        assumption=held,
        **({"initial": {"kind": wanted}} if held is None else {}),
    )
    target: Any = outcome or valuation
    if request.method == "POST":
        done = kept(
            form,
            lambda: services.assume(valuation, by=request.user, outcome=outcome, **form.cleaned_data),
        )
        if done is not None:
            say(request, _("The assumption has been kept."))
            return redirect(target)
    intro = facing.ABOUT.get(wanted, _("A number that is not counted but assumed, and where it comes from."))
    return _page(request, form, _("Write an assumption"), target, intro=intro)


def _one_assumption(uuid: Any) -> Assumption:
    return selectors.one_assumption(uuid)


@page(policies.may_edit, of=_one_assumption, methods=("POST",))
def forget(request: HttpRequest, assumption: Assumption) -> HttpResponse:
    """Take a line out of the register."""
    try:
        services.forget(assumption, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The assumption has been taken out."))
    target: Any = assumption.outcome or assumption.valuation
    return redirect(target)


def _page(request: HttpRequest, form: Any, title: str, thing: Any, **more: Any) -> HttpResponse:
    return form_page(request, form, title, thing.get_absolute_url(), template=TEMPLATE, thing=thing, **more)
