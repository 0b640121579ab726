"""Pages and acts of next steps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, picking, policies, selectors, services
from .forms import StepForm, StepPart
from .models import Interaction, NextStep
from .returning import way_back

HOME = "interactions:steps"


@page(policies.may_see_step, of=selectors.one_step)
def step(request: HttpRequest, step: NextStep) -> HttpResponse:
    """One next step."""
    today = timezone.localdate()
    context = {
        "thing": step,
        "state": facing.step_state(step, today),
        "due": facing.due(step, today),
        "interaction": step.interaction
        if step.interaction and policies.may_see(request.user, step.interaction)
        else None,
        "may_change": policies.may_change_step(request.user, step),
    }
    return render(request, "interactions/step.html", context)


@page(policies.may_see_step, of=selectors.one_step_by_key)
def step_by_key(request: HttpRequest, step: NextStep) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(step)


@page(policies.may_change_step, of=selectors.one_step, methods=("GET", "POST"))
def change_step(request: HttpRequest, step: NextStep) -> HttpResponse:
    """Change a next step."""
    initial = {"text": step.text, "owner": step.owner_id, "due_on": step.due_on}
    form = StepForm(request.POST if request.method == "POST" else None, initial=initial, step=step)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        key = values.pop("owner")
        owner = step.owner if key == step.owner_id else selectors.team().filter(pk=key).first()
        try:
            services.change_next_step(step, by=request.user, owner=owner, **values)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The next step has been changed."))
            return redirect(step)
    context = {"form": form, "title": _("Change the next step"), "cancel_url": step.get_absolute_url()}
    return render(request, "ui/form.html", context, status=422 if form.errors else 200)


@page(policies.may_write, methods=("POST",))
def add_step(request: HttpRequest) -> HttpResponse:
    """Add a next step to a person, an organisation or an interaction."""
    form, chosen = StepPart(request.POST), picking.picked(request.POST)
    on = _interaction(request)
    about: list[Any] = [*chosen.people, *chosen.organisations, *([on] if on else [])]
    back = way_back(request, about[0].get_absolute_url() if about else reverse(HOME))
    if not form.is_valid() or not about:
        reasons = [str(reason) for found in form.errors.values() for reason in found]
        say(request, " ".join(reasons) or _("Say about whom it is."), tone="bad")
        return redirect(back)
    try:
        made = services.add_next_step(
            by=request.user,
            text=form.cleaned_data["step_text"],
            owner=form.step_owner_row(),
            due_on=form.step_day(),
            interaction=on,
            person=chosen.people[0] if chosen.people else None,
            organisation=chosen.organisations[0] if chosen.organisations else None,
        )
    except ValidationError as no:
        say(request, " ".join(no.messages), tone="bad")
    else:
        undo = reverse("interactions:remove_step", args=[made.uuid])
        say(request, _("The next step has been noted."), undo_url=undo)
    return redirect(back)


def _interaction(request: HttpRequest) -> Interaction | None:
    """The interaction it hangs on, when the reader may see it."""
    try:
        given = UUID(request.POST.get("interaction", ""))
    except ValueError:
        return None
    return selectors.listed(request.user).filter(uuid=given).first()


@page(policies.may_change_step, of=selectors.one_step, methods=("POST",))
def finish_step(request: HttpRequest, step: NextStep) -> HttpResponse:
    """It has been done."""
    services.finish_next_step(step, by=request.user)
    say(request, _("Done."), undo_url=reverse("interactions:reopen_step", args=[step.uuid]))
    return redirect(way_back(request, step.get_absolute_url()))


@page(policies.may_change_step, of=selectors.one_step, methods=("POST",))
def reopen_step(request: HttpRequest, step: NextStep) -> HttpResponse:
    """It has not been done after all."""
    services.reopen_next_step(step, by=request.user)
    say(request, _("The next step is open again."))
    return redirect(way_back(request, step.get_absolute_url()))


@page(policies.may_change_step, of=selectors.one_step, methods=("POST",))
def move_step(request: HttpRequest, step: NextStep) -> HttpResponse:
    """Put it off: `step_due` days from today, or to the day `step_due_on`."""
    form = StepPart(request.POST)
    day = form.step_day() if form.is_valid() else None
    if day is None:
        say(request, _("Choose a day; nothing was changed."), tone="bad")
    else:
        services.change_next_step(step, by=request.user, due_on=day)
        say(request, _("The next step has another day."))
    return redirect(way_back(request, step.get_absolute_url()))


@page(policies.may_change_step, of=selectors.one_step, methods=("POST",))
def remove_step(request: HttpRequest, step: NextStep) -> HttpResponse:
    """Remove it; the confirmation offers to undo."""
    things = [one for one in (step.person, step.organisation) if one is not None]
    back = things[0].get_absolute_url() if things else reverse(HOME)
    done = services.remove_next_step(step, by=request.user)
    say(
        request,
        _("The next step has been removed."),
        undo_url=reverse("journal:undo", kwargs={"key": done.pk}),
    )
    return redirect(way_back(request, back))
