"""The team's pages of concerns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from barnraise.foundation.refs import Ref
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, kept
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.sockets import kinds
from barnraise.plumbing.ui.toasts import say
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from . import facing, policies, selectors, services
from .forms import AnswerForm, DeclineForm, IssueForm, ReopenForm, ResolveForm
from .models import Answer, Issue

TEMPLATE = "issues/form.html"


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, issue: Issue) -> HttpResponse:
    """A concern: who raised it, how its clock stands, what they were told and what came of it."""
    now, may_edit = timezone.now(), policies.may_edit(request.user)
    action: Any = ""
    if may_edit and not issue.is_over:
        name, word = (
            ("answer", pgettext("verb", "Answer")) if issue.state == "open" else ("resolve", _("Resolve"))
        )
        action = button(word, href=reverse(f"issues:{name}", args=[issue.uuid]), icon="check")
    header = Header(
        title=issue.what,
        kind=_("Concern"),
        icon="message-question",
        state=facing.state_badge(issue, now),
        owner=str(issue.owner) if issue.owner else "",
        action=action,
    )
    context = {
        "thing": issue,
        "header": header,
        "severity": facing.severity_badge(issue),
        "clock": facing.clock_badge(issue, now),
        "who": facing.who_text(issue),
        "touches": _cited(issue.cites),
        "answers": selectors.answers_of(issue),
        "asker": selectors.asker_of(issue),
        "may_edit": may_edit,
        "is_confidential": issue.is_confidential,
        "may_take": may_edit and issue.owner_id != request.user.pk,
        "may_remove": policies.may_remove(request.user),
    }
    return render(request, "issues/one.html", context)


def _cited(text: str) -> tuple[str, str]:
    """Title and address of what it touches; empty where that is gone."""
    title = search.cited_title(text)
    described = kinds.find(Ref.parse(text).kind) if title else None
    return (title, described.url(Ref.parse(text).id)) if described else ("", "")


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, issue: Issue) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(issue)


@page(policies.may_see, of=selectors.one_answer_by_key)
def answer_by_key(request: HttpRequest, answer: Answer) -> HttpResponse:
    """An answer stands on the page of its concern."""
    return redirect(f"{answer.issue.get_absolute_url()}#answers")


def _row(request: HttpRequest, name: str, model: Any) -> Any:
    """The row whose uuid the address names; None without one, or when it is gone."""
    try:
        uuid = UUID(request.GET.get(name, ""))
    except ValueError:
        return None
    return model._default_manager.filter(uuid=uuid).first()


@page(policies.may_edit, methods=("GET", "POST"))
def bring(request: HttpRequest) -> HttpResponse:
    """Note a concern that somebody raised."""
    body, person = _row(request, "organisation", Organisation), _row(request, "person", Person)
    initial = {
        "origin": "partner" if body else "resident" if person else "",
        "organisation": body.name if body else "",
        "person": person.display_name if person else "",
        "severity": "medium",
        "owner": str(request.user.pk),
        "cites": search.cited_title(request.GET.get("for", "")),
    }
    form = IssueForm(request.POST if request.method == "POST" else None, actor=request.user, initial=initial)
    if request.method == "POST":
        made = kept(form, lambda: services.raise_issue(by=request.user, **form.values()))
        if made is not None:
            say(request, _("The concern has been noted."))
            return redirect(made if policies.may_see(request.user, made) else "issues:list")
    here = body or person
    cancel = here.get_absolute_url() if here is not None else reverse("issues:list")
    return form_page(request, form, _("Note a concern"), cancel, template=TEMPLATE)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Change what it says, how severe it is, who sees to it."""
    form = IssueForm(request.POST if request.method == "POST" else None, actor=request.user, issue=issue)
    guard(form, issue.updated_at)

    def write() -> Any:
        return services.change_issue(issue, by=request.user, **form.values())

    return _done(request, form, write, _("Change the concern"), issue, _("The concern has been changed."))


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def take(request: HttpRequest, issue: Issue) -> HttpResponse:
    """See to it oneself, in one click."""
    services.change_issue(issue, by=request.user, owner=request.user)
    say(request, _("You see to it now."))
    return redirect("/") if request.POST.get("next") == "/" else redirect(issue)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def answer(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Answer whoever raised it."""
    form = AnswerForm(request.POST if request.method == "POST" else None, has_address=_has_address(issue))

    def write() -> Any:
        return services.answer_issue(issue, by=request.user, **form.cleaned_data)

    return _done(
        request,
        form,
        write,
        pgettext("verb", "Answer"),
        issue,
        _("The answer has been noted."),
        intro=_to(issue),
    )


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def decline(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Nothing is done about it, for a reason that is the answer."""
    form = DeclineForm(request.POST if request.method == "POST" else None, has_address=_has_address(issue))

    def write() -> Any:
        return services.decline(issue, by=request.user, **form.cleaned_data)

    return _done(
        request, form, write, _("Decline"), issue, _("The concern has been declined."), intro=_to(issue)
    )


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def resolve(request: HttpRequest, issue: Issue) -> HttpResponse:
    """It is settled: what came of it."""
    form = ResolveForm(
        request.POST if request.method == "POST" else None, initial={"tells": _has_address(issue)}
    )

    def write() -> Any:
        return services.resolve(issue, by=request.user, **form.cleaned_data)

    return _done(
        request, form, write, _("What came of it"), issue, _("The concern is resolved."), undo=True, intro=_to(issue)
    )  # fmt: skip


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def reopen(request: HttpRequest, issue: Issue) -> HttpResponse:
    """It is not settled after all."""
    form = ReopenForm(request.POST if request.method == "POST" else None)

    def write() -> Any:
        return services.reopen(issue, by=request.user, **form.cleaned_data)

    return _done(request, form, write, _("Open it again"), issue, _("The concern waits for an answer again."))


@page(policies.may_remove, of=selectors.one, methods=("GET", "POST"))
def remove(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Take away a concern that was raised by mistake, after asking."""
    if request.method == "POST":
        services.remove_issue(issue, by=request.user)
        say(request, _("The concern has been removed."))
        return redirect("issues:list")
    context = {
        "title": _("Remove the concern"),
        "thing": issue,
        "cancel_url": issue.get_absolute_url(),
        "danger": True,
        "submit": _("Remove it"),
        "intro": _("It does not come back. One that nothing is done about is better declined: it stays in the count."),
    }  # fmt: skip
    return render(request, TEMPLATE, context)


def _has_address(issue: Issue) -> bool:
    return selectors.asker_of(issue) is not None


def _to(issue: Issue) -> str:
    """Where the answer goes, in a sentence."""
    asker = selectors.asker_of(issue)
    if asker is None:
        return _("No e-mail address of whoever raised it is known.")
    return _("A mail goes to %(address)s, in their language: write the answer in it.") % {
        "address": asker.address
    }


def _done(
    request: HttpRequest,
    form: Any,
    write: Callable[[], Any],
    title: str,
    issue: Issue,
    words: str,
    *,
    undo: bool = False,
    intro: str = "",
) -> HttpResponse:
    """Show the form, or do what it asks and lead back, with an undo where there is one."""
    done = kept(form, write) if request.method == "POST" else None
    if done is not None:
        say(request, words, undo_url=reverse("journal:undo", kwargs={"key": done.pk}) if undo else "")
        return redirect(issue if policies.may_see(request.user, selectors.one(issue.uuid)) else "issues:list")
    return form_page(
        request, form, title, issue.get_absolute_url(), template=TEMPLATE, thing=issue, intro=intro
    )
