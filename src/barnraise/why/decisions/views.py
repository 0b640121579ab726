"""The team's pages of decisions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.questionnaires.selectors import find_respondent
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import CarryForm, DecisionForm, DropForm, FollowForm, LinkForm, SettleForm
from .models import Decision, Proposal

Stage = Decision.Stage


def given(request: HttpRequest) -> Any:
    """What was sent, None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def edited(
    request: HttpRequest,
    form: Any,
    write: Any,
    words: Any,
    *,
    title: Any,
    cancel: str,
    back: Any = None,
    **more: Any,
) -> HttpResponse:
    """Write what a form says and go to `back` or what was made; the form again when it needs mending."""
    if form.is_bound and form.is_valid():
        values = form.values() if hasattr(form, "values") else form.cleaned_data
        try:
            made = write(by=request.user, **values)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, words)
            return redirect(back or made)
    return form_page(request, form, title, cancel, **more)


def _done(request: HttpRequest, row: Decision, act: Any, words: Any) -> HttpResponse:
    try:
        act(row, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, words)
    return redirect(row)


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, row: Decision) -> HttpResponse:
    """The question, what was proposed and said, the vote, what was decided and what became of it."""
    may_lead, may_edit = policies.may_lead(request.user), policies.may_edit(request.user)
    action: Any = ""
    discussion = facing.discussion(row, is_public=False, actor=request.user)
    if may_lead:
        action = _following(row, discussion)
    title, url = facing.named(row.carried_by)
    context = {
        "thing": row,
        "header": Header(
            title=row.title, kind=_("Decision"), icon="gavel", state=facing.stage_badge(row), action=action
        ),
        "discussion": discussion,
        "chart": facing.result(row),
        "voices": selectors.voices_of(row),
        "carrier": title,
        "carrier_url": url,
        "address": facing.public_address(row),
        "may_lead": may_lead,
        "may_edit": may_edit,
        "is_open": row.stage in (Stage.PROPOSING, Stage.VOTING),
    }
    return render(request, "decisions/one.html", context)


def _following(row: Decision, discussion: list[dict[str, Any]]) -> Any:
    """The button of the step that comes next. The two that open something send the form that stands under More."""
    if row.stage == Stage.DRAFT:
        return button(_("Open it for proposals"), type="submit", form="open-proposals")
    shown = [one for one in discussion if not one["is_hidden"]]
    may_vote = len(shown) >= 2 and not any(one["is_waiting"] for one in shown)
    if row.stage == Stage.PROPOSING and may_vote:
        return button(_("Open the vote"), type="submit", form="open-vote", icon="check")
    if row.stage in (Stage.PROPOSING, Stage.VOTING):
        return button(_("Settle it"), href=reverse("decisions:settle", args=[row.uuid]), icon="gavel")
    return ""


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, row: Decision) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(row)


@page(policies.may_see, of=selectors.one_proposal_by_key)
def proposal_by_key(request: HttpRequest, row: Proposal) -> HttpResponse:
    """The address that timelines know leads to the decision's page."""
    return redirect(row)


@page(policies.may_edit, methods=("GET", "POST"))
def add(request: HttpRequest) -> HttpResponse:
    """Prepare a question."""
    initial = {
        "method": Decision.Method.APPROVAL,
        "most": 5,
        "is_public": True,
        "is_moderated": True,
        "need": request.GET.get("need", ""),
    }
    form = DecisionForm(given(request), initial=initial)
    words, cancel = _("The question is prepared. Open it when it is ready."), reverse("decisions:list")
    return edited(request, form, services.add_decision, words, title=_("Prepare a question"), cancel=cancel)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, row: Decision) -> HttpResponse:
    """Change the question."""

    def write(**values: Any) -> Decision:
        return services.change_decision(row, **values)

    form = DecisionForm(given(request), initial=DecisionForm.standing(row))
    guard(form, row.updated_at)
    words, where = _("The question has been changed."), row.get_absolute_url()
    return edited(request, form, write, words, title=_("Change the question"), cancel=where)


@page(policies.may_lead, of=selectors.one, methods=("POST",))
def open_proposals(request: HttpRequest, row: Decision) -> HttpResponse:
    """Let residents and partners propose."""
    return _done(request, row, services.open_proposals, _("Residents and partners can propose now."))


@page(policies.may_lead, of=selectors.one, methods=("POST",))
def open_vote(request: HttpRequest, row: Decision) -> HttpResponse:
    """Let them vote."""
    return _done(request, row, services.open_vote, _("The vote is open now."))


@page(policies.may_lead, of=selectors.one, methods=("GET", "POST"))
def settle(request: HttpRequest, row: Decision) -> HttpResponse:
    """Say what was decided."""

    def write(**values: Any) -> Decision:
        return services.settle(row, **values)

    form = SettleForm(
        given(request),
        initial={"decided_on": timezone.localdate(), "outcome": row.outcome, "carried_by": row.carried_by},
    )
    where = row.get_absolute_url()
    return edited(request, form, write, _("It is settled."), title=_("What was decided"), cancel=where)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def carry(request: HttpRequest, row: Decision) -> HttpResponse:
    """Say which goal or project carries it out."""

    def write(**values: Any) -> Decision:
        return services.carry(row, **values)

    form = CarryForm(given(request), initial={"carried_by": row.carried_by})
    where = row.get_absolute_url()
    return edited(
        request,
        form,
        write,
        _("It is noted who carries it out."),
        title=_("Who carries it out"),
        cancel=where,
    )


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def follow_up(request: HttpRequest, row: Decision) -> HttpResponse:
    """Say what became of it."""

    def write(**values: Any) -> Decision:
        return services.follow_up(row, **values)

    form = FollowForm(given(request), initial={"became": row.became, "became_on": timezone.localdate()})
    where = row.get_absolute_url()
    return edited(
        request, form, write, _("It is told what became of it."), title=_("What became of it"), cancel=where
    )


@page(policies.may_lead, of=selectors.one, methods=("GET", "POST"))
def drop(request: HttpRequest, row: Decision) -> HttpResponse:
    """Say why it is not decided after all."""

    def write(**values: Any) -> Decision:
        return services.drop_decision(row, **values)

    where = row.get_absolute_url()
    form = DropForm(given(request))
    return edited(
        request, form, write, _("The question is dropped."), title=_("Drop the question"), cancel=where
    )


@page(policies.may_lead, of=selectors.one, methods=("POST",))
def remove(request: HttpRequest, row: Decision) -> HttpResponse:
    """Take away a question that nobody has taken part in."""
    try:
        done = services.remove_decision(row, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(row)
    say(request, _("The question has been removed."), undo_url=done.undo_url)
    return redirect("decisions:list")


@page(policies.may_link, of=selectors.one, methods=("GET", "POST"))
def link(request: HttpRequest, row: Decision) -> HttpResponse:
    """A personal link for a resident or partner: one voice."""
    form = LinkForm(given(request))
    address, who = "", ""
    if form.is_bound and form.is_valid():
        found = find_respondent(form.cleaned_data["who"].strip())
        if isinstance(found, str):
            form.add_error("who", found)
        elif row.stage not in (Stage.PROPOSING, Stage.VOTING):
            form.add_error(None, _("Open it first."))
        else:
            address, who = facing.personal_address(row, found), facing.named(str(found))[0]
    context = {"thing": row, "form": form, "address": address, "who": who, "days": facing.LINK_DAYS.days}
    return render(request, "decisions/link.html", context, status=422 if form.errors else 200)
