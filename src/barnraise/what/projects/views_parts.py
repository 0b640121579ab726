"""The team's pages of what a project is made of: parts, contributions, openings and placements."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import Header, badge, button
from barnraise.plumbing.ui.form_pages import kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import ADD, CHANGE, FORMS, ApplyForm, ContributionForm, FollowUpForm, MoveForm, PlacementForm
from .models import Contribution, Opening, Placement, Project
from .services.parts import FIELDS
from .states import PLACEMENT, TAKES_A_PLACE
from .views import form_page


def _with_part(uuid: UUID, part: str) -> tuple[str, Project]:
    if part not in FORMS:
        raise Http404
    return part, selectors.one_project(uuid)


def _part(part: str, uuid: UUID) -> tuple[str, Any]:
    return part, selectors.one_part(part, uuid)


@page(policies.may_edit, of=_with_part, methods=("GET", "POST"))
def add(request: HttpRequest, wanted: tuple[str, Project]) -> HttpResponse:
    """Add a partner, a milestone, a budget line, an amount, an opening."""
    part, project = wanted
    given = request.POST if request.method == "POST" else None
    form = FORMS[part](given, project=project, initial={"on": timezone.localdate(), "places": 1})
    if request.method == "POST":
        made = kept(form, lambda: services.add_part(project, part, by=request.user, **form.cleaned_data))
        if made:
            return redirect(made if isinstance(made, Opening) else project)
    return form_page(request, form, str(ADD[part]), project.get_absolute_url(), subject=project.name)


@page(policies.may_edit, of=_part, methods=("GET", "POST"))
def change(request: HttpRequest, wanted: tuple[str, Any]) -> HttpResponse:
    """Change a row of a part."""
    part, row = wanted
    initial = {name: getattr(row, name) for name in FIELDS[part]}
    if "organisation" in initial:
        initial["organisation"] = row.organisation.name
    given = request.POST if request.method == "POST" else None
    form = FORMS[part](given, project=row.project, initial=initial)
    if request.method == "POST" and kept(
        form, lambda: services.change_part(part, row, by=request.user, **form.cleaned_data)
    ):
        return redirect(row if isinstance(row, Opening) else row.project)
    cancel = row.project.get_absolute_url()
    away = reverse("projects:remove_part", args=[part, row.uuid])
    return form_page(request, form, str(CHANGE[part]), cancel, removes=away, subject=row.project.name)


@page(policies.may_edit, of=_part, methods=("POST",))
def remove(request: HttpRequest, wanted: tuple[str, Any]) -> HttpResponse:
    """Take a row of a part away."""
    part, row = wanted
    try:
        services.remove_part(part, row, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("It has been taken away."))
    return redirect(row.project)


def _milestone(uuid: UUID) -> Any:
    return selectors.one_part("milestones", uuid)


@page(policies.may_edit, of=_milestone, methods=("POST",))
def done(request: HttpRequest, milestone: Any) -> HttpResponse:
    """It is done; pressed again it is open."""
    services.finish_milestone(milestone, by=request.user)
    return redirect(milestone.project)


@page(policies.may_edit, of=selectors.one_project, methods=("GET", "POST"))
def give(request: HttpRequest, project: Project) -> HttpResponse:
    """Note what somebody gave."""
    initial = {"on": timezone.localdate(), "kind": "money"}
    form = ContributionForm(
        request.POST if request.method == "POST" else None, project=project, initial=initial
    )
    if request.method == "POST" and kept(
        form, lambda: services.add_contribution(project, by=request.user, **form.cleaned_data)
    ):
        say(request, _("The contribution is noted."))
        return redirect(project)
    title = _("Note a contribution")
    return form_page(request, form, title, project.get_absolute_url(), subject=project.name)


@page(policies.may_edit, of=selectors.one_contribution, methods=("GET", "POST"))
def change_gift(request: HttpRequest, gift: Contribution) -> HttpResponse:
    """Change a contribution."""
    initial = {name: getattr(gift, name) for name in ContributionForm.base_fields}
    initial["organisation"] = gift.organisation.name if gift.organisation else ""
    initial["person"] = gift.person.display_name if gift.person else ""
    given = request.POST if request.method == "POST" else None
    form = ContributionForm(given, project=gift.project, initial=initial)
    guard(form, gift.updated_at)
    if request.method == "POST" and kept(
        form, lambda: services.change_contribution(gift, by=request.user, **form.cleaned_data)
    ):
        say(request, _("The contribution has been changed."))
        return redirect(gift.project)
    back = gift.project.get_absolute_url()
    title = _("Change the contribution")
    away = reverse("projects:remove_contribution", args=[gift.uuid])
    return form_page(request, form, title, back, removes=away, subject=gift.project.name)


@page(policies.may_edit, of=selectors.one_contribution, methods=("POST",))
def remove_gift(request: HttpRequest, gift: Contribution) -> HttpResponse:
    """Take a contribution away that was noted by mistake."""
    services.remove_contribution(gift, by=request.user)
    say(request, _("It has been taken away."))
    return redirect(gift.project)


@page(policies.may_see, of=selectors.one_opening)
def opening(request: HttpRequest, opening: Opening) -> HttpResponse:
    """An opening and everybody who wants it, takes it or took it."""
    may_edit = policies.may_edit(request.user)
    rows = selectors.placements_of(opening)
    action: Any = ""
    if may_edit:
        href = reverse("projects:change_part", args=["openings", opening.uuid])
        action = button(_("Change"), href=href, icon="pencil", kind="quiet")
    context = {
        "thing": opening,
        "header": Header(
            title=opening.name,
            kind=opening.get_kind_display(),
            icon="users-group",
            state=badge(_("Closed")) if opening.is_closed else badge(_("Open"), tone="good"),
            action=action,
        ),
        "rows": [
            (row, facing.placement_badge(row), bool(PLACEMENT[row.state]), row.state in TAKES_A_PLACE)
            for row in rows
        ],
        "taken": selectors.taken(opening),
        "public_url": request.build_absolute_uri(reverse("projects:public_opening", args=[opening.uuid])),
        "may_edit": may_edit,
    }
    return render(request, "projects/opening.html", context)


@page(policies.may_edit, of=selectors.one_opening, methods=("GET", "POST"))
def apply(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Note who applied."""
    form = ApplyForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    if request.method == "POST" and kept(
        form, lambda: services.apply(opening, by=request.user, **form.cleaned_data)
    ):
        return redirect(opening)
    return form_page(request, form, _("Note who applied"), opening.get_absolute_url(), subject=opening.name)


@page(policies.may_edit, of=selectors.one_placement, methods=("GET", "POST"))
def move(request: HttpRequest, placement: Placement) -> HttpResponse:
    """The next step: match, start, finish, leave, decline."""
    form = MoveForm(request.POST if request.method == "POST" else None, placement=placement)
    if request.method == "POST" and kept(
        form, lambda: services.move_placement(placement, by=request.user, **form.cleaned_data)
    ):
        return redirect(placement.opening)
    cancel = placement.opening.get_absolute_url()
    return form_page(request, form, _("Next step"), cancel, subject=str(placement))


@page(policies.may_edit, of=selectors.one_placement, methods=("GET", "POST"))
def change_placement(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Hours, and when to ask again."""
    initial = {"hours": placement.hours, "follow_up_on": placement.follow_up_on}
    form = PlacementForm(request.POST if request.method == "POST" else None, initial=initial)
    guard(form, placement.updated_at)
    if request.method == "POST" and kept(
        form, lambda: services.change_placement(placement, by=request.user, **form.cleaned_data)
    ):
        return redirect(placement.opening)
    cancel = placement.opening.get_absolute_url()
    return form_page(request, form, _("Hours and follow-up"), cancel, subject=str(placement))


@page(policies.may_edit, of=selectors.one_placement, methods=("GET", "POST"))
def follow_up(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Keep what became of it."""
    form = FollowUpForm(
        request.POST if request.method == "POST" else None, initial={"outcome": placement.outcome}
    )
    if request.method == "POST" and kept(
        form, lambda: services.follow_up(placement, by=request.user, **form.cleaned_data)
    ):
        say(request, _("It is noted what became of it."))
        return redirect(placement.opening)
    cancel = placement.opening.get_absolute_url()
    return form_page(request, form, _("What became of it"), cancel, subject=str(placement))


@page(policies.may_edit, of=selectors.one_placement, methods=("POST",))
def remove_placement(request: HttpRequest, placement: Placement) -> HttpResponse:
    """Take an application away that was noted by mistake."""
    try:
        services.remove_placement(placement, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("It has been taken away."))
    return redirect(placement.opening)
