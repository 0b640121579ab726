"""The first run, step by step, and the sample town."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from barnraise.plumbing.profile import services as profile
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui import toasts
from barnraise.plumbing.ui.forms import Form
from barnraise.plumbing.ui.pages import page

from . import selectors, steps
from .forms import form_of
from .policies import may_load_sample, may_set_up
from .services import found_place, name_own_organisation, start_town
from .views import LATER


@page(may_set_up)
def resume(request: HttpRequest) -> HttpResponse:
    """To the step where the first run stands."""
    stands = installation().wizard_step
    return redirect("desk:step", step=stands if stands in steps.NAMES else steps.NAMES[0])


@page(may_set_up, methods=("POST",))
def later(request: HttpRequest) -> HttpResponse:
    """Not now: Today opens as usual until the next login."""
    request.session[LATER] = True
    return redirect("desk:today")


def _import_address() -> str:
    try:
        return reverse("imports:start")
    except NoReverseMatch:
        return ""


@page(may_set_up, of=steps.found, methods=("GET", "POST"))
def step(request: HttpRequest, at: steps.Step) -> HttpResponse:
    """One question; every one can be skipped."""
    facts = installation()
    form = form_of(at.name, facts, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if "skip" in request.POST:
            profile.take_step(by=request.user, done=at.name, following=steps.after(at.name), is_skipped=True)
            return redirect("desk:step", step=steps.after(at.name))
        if form is not None and form.is_valid() and _kept(form, at.name, by=request.user):
            profile.take_step(by=request.user, done=at.name, following=steps.after(at.name))
            return redirect("desk:step", step=steps.after(at.name))
    number = steps.place(at.name) + 1
    context = {
        "step": at,
        "form": form,
        "number": number,
        "total": len(steps.STEPS),
        "trail": [
            {
                "name": one.name,
                "word": one.word,
                "state": _state(index, number, one.name in facts.wizard_skipped),
            }
            for index, one in enumerate(steps.STEPS, 1)
        ],
        "before": steps.before(at.name),
        "import_url": _import_address(),
        "town": selectors.sample_town() if at.name == "start" else None,
    }
    return render(request, "desk/welcome.html", context, status=422 if form and form.errors else 200)


def _state(index: int, number: int, is_skipped: bool) -> str:
    if index == number:
        return "here"
    if is_skipped:
        return "skipped"
    return "done" if index < number else "ahead"


def _kept(form: Form, name: str, *, by: Any) -> bool:
    try:
        if name == "place":
            found_place(place=form.cleaned_data["place"], kind=form.cleaned_data["kind"], by=by)
        else:
            profile.change_installation(by=by, **form.cleaned_data)
    except ValidationError as wrong:
        for reason in wrong.messages:
            form.add_error(None, reason)
        return False
    return True


@page(may_set_up, methods=("POST",))
def finish(request: HttpRequest) -> HttpResponse:
    """The first run is over."""
    name_own_organisation(by=request.user)
    profile.finish_wizard(by=request.user)
    toasts.say(request, _("Barnraise is set up. All of it can be changed in the settings."))
    wanted = request.POST.get("then", "")
    return redirect(_import_address() if wanted == "import" and _import_address() else "desk:today")


@page(may_load_sample)
def sample(request: HttpRequest) -> HttpResponse:
    """What the sample town is, whether it is in, and the way to load or remove it."""
    return render(request, "desk/sample.html", {"town": selectors.sample_town()})


@page(may_load_sample)
def sample_state(request: HttpRequest) -> HttpResponse:
    """How far it is, as a fragment."""
    return render(request, "desk/town.html", {"town": selectors.sample_town()})


@page(may_load_sample, methods=("POST",))
def sample_add(request: HttpRequest) -> HttpResponse:
    """Load it in the background; whoever is in the first run stays there."""
    start_town(what="add", by=request.user)
    then = request.POST.get("then", "")
    return redirect("desk:step", step=then) if then in steps.NAMES else redirect("desk:sample")


@page(may_load_sample, methods=("POST",))
def sample_remove(request: HttpRequest) -> HttpResponse:
    """Remove it in the background; real records stay."""
    start_town(what="remove", by=request.user)
    return redirect("desk:sample")
