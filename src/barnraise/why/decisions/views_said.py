"""The team's pages of what was proposed to a decision, and of what was said about that."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from barnraise.plumbing.ui.components import data
from barnraise.plumbing.ui.form_pages import form_page
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import policies, selectors, services
from .forms import CommentForm, HideForm, ProposalForm, ProposerForm
from .models import Comment, Decision, Proposal
from .models.proposal import State
from .views import edited, given


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def add_proposal(request: HttpRequest, row: Decision) -> HttpResponse:
    """Write down what somebody proposed."""
    form, write = ProposalForm(given(request)), partial(services.propose, row)
    words, title = _("The proposal is noted."), _("Note a proposal")
    return edited(request, form, write, words, title=title, cancel=row.get_absolute_url(), back=row)


@page(policies.may_edit, of=selectors.one_proposal, methods=("GET", "POST"))
def name_proposer(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Say who of the directory proposed it."""
    name = selectors.proposers([proposal]).get(proposal.respondent)
    form = ProposerForm(given(request), initial={"person": name.title if name else ""})
    return edited(
        request,
        form,
        partial(services.name_proposer, proposal),
        _("It is noted who proposed it."),
        title=_("Who proposed it"),
        cancel=proposal.get_absolute_url(),
        back=proposal,
        intro=data(proposal.title),
    )


@page(policies.may_edit, of=selectors.one_proposal, methods=("GET", "POST"))
def add_comment(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Say something about a proposal."""
    form = CommentForm(given(request), initial={"author": str(request.user)})
    write, words = partial(services.add_comment, proposal), _("Your comment is shown.")
    where = proposal.get_absolute_url()
    return edited(
        request,
        form,
        write,
        words,
        title=_("Comment on it"),
        cancel=where,
        back=proposal,
        intro=data(proposal.title),
        submit=_("Say it"),
    )


@page(policies.may_change_comment, of=selectors.one_comment, methods=("GET", "POST"))
def change_comment(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Change what one has written oneself."""
    form = CommentForm(given(request), initial={"text": comment.text, "author": comment.author})
    guard(form, comment.updated_at)
    return edited(
        request,
        form,
        partial(services.change_comment, comment),
        _("The comment has been changed."),
        title=_("Change the comment"),
        cancel=comment.proposal.get_absolute_url(),
        back=comment.proposal,
        intro=data(comment.proposal.title),
    )


@page(policies.may_change_comment, of=selectors.one_comment, methods=("POST",))
def remove_comment(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Take away what one has written oneself."""
    done = services.remove_comment(comment, by=request.user)
    say(request, _("The comment has been taken away."), undo_url=done.undo_url)
    return redirect(comment.proposal)


@page(policies.may_moderate, of=selectors.one_proposal, methods=("POST",))
def show_proposal(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Let everybody read it."""
    services.moderate(proposal, by=request.user, state=State.SHOWN)
    return redirect(proposal)


@page(policies.may_moderate, of=selectors.one_proposal, methods=("GET", "POST"))
def hide_proposal(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Hide it, and say which rule it breaks."""
    return _hidden(request, proposal, proposal.decision)


@page(policies.may_moderate, of=selectors.one_comment, methods=("POST",))
def show_comment(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Let everybody read it."""
    services.moderate(comment, by=request.user, state=State.SHOWN)
    return redirect(comment.proposal)


@page(policies.may_moderate, of=selectors.one_comment, methods=("GET", "POST"))
def hide_comment(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Hide it, and say which rule it breaks."""
    return _hidden(request, comment, comment.proposal.decision)


def _hidden(request: HttpRequest, thing: Proposal | Comment, row: Decision) -> HttpResponse:
    form: Any = HideForm(given(request))
    if form.is_bound and form.is_valid():
        try:
            services.moderate(thing, by=request.user, state=State.HIDDEN, **form.cleaned_data)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("It is hidden; in its place stands why."))
            return redirect(row)
    intro = _("Everybody reads in its place which rule it breaks.")
    return form_page(request, form, _("Hide it"), row.get_absolute_url(), intro=intro, submit=_("Hide it"))
