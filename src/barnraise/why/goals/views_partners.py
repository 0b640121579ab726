"""The team's pages of endorsements."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.form_pages import kept, say_no
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import policies, selectors, services
from .forms import AnswerForm, AskForm
from .mailing import LINK_DAYS, link_of
from .models import Endorsement, Goal
from .views import form_page


@page(policies.may_edit, of=selectors.one_goal, methods=("GET", "POST"))
def ask(request: HttpRequest, goal: Goal) -> HttpResponse:
    """Ask a partner whether they stand behind it."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made: Any = kept(form, lambda: services.ask(goal, by=request.user, **form.cleaned_data))
        if made:
            return redirect("goals:endorsement_link", uuid=made.uuid)
    title = _("Ask a partner to endorse the goal")
    return form_page(request, form, title, goal.get_absolute_url(), subject=goal.name)


@page(policies.may_edit, of=selectors.one_endorsement)
def link(request: HttpRequest, endorsement: Endorsement) -> HttpResponse:
    """The address with which the partner answers, to send or hand out."""
    context = {
        "thing": endorsement,
        "address": link_of(endorsement),
        "ends_at": timezone.now() + LINK_DAYS,
    }
    return render(request, "goals/link.html", context)


@page(policies.may_edit, of=selectors.one_endorsement, methods=("GET", "POST"))
def note(request: HttpRequest, endorsement: Endorsement) -> HttpResponse:
    """Note what they said on the phone or on paper."""
    initial = {"words": endorsement.words, "signed_by": endorsement.signed_by, "state": "endorsed"}
    form = AnswerForm(
        request.POST if request.method == "POST" else None, endorsement=endorsement, initial=initial
    )
    if request.method == "POST" and kept(
        form, lambda: services.note_answer(endorsement, by=request.user, **form.cleaned_data)
    ):
        say(request, _("It is noted what they said."))
        return redirect(endorsement.goal)
    cancel = endorsement.goal.get_absolute_url()
    return form_page(request, form, _("What the partner said"), cancel, subject=endorsement.organisation.name)


@page(policies.may_edit, of=selectors.one_endorsement, methods=("POST",))
def take_back(request: HttpRequest, endorsement: Endorsement) -> HttpResponse:
    """Take back a question asked by mistake."""
    try:
        services.take_back(endorsement, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The question has been taken back."))
    return redirect(endorsement.goal)
