"""The team's pages of messages and their variants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.search import selectors as search
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import ChangeForm, MakeForm
from .models import Message, Variant
from .sockets import origins

TEMPLATE = "social/form.html"


def _next_of(message: Message, variants: Sequence[Variant], *, may_approve: bool) -> Any:
    """What a message waits for: to be approved, to be posted; nothing where it stands everywhere."""
    states = [row.state for row in variants]
    if Variant.State.DRAFT in states and may_approve:
        return button(_("Approve all drafts"), type="submit", form="approve-all", icon="check")
    row = next((row for row in variants if row.state in (Variant.State.APPROVED, Variant.State.FAILED)), None)
    if row is None:
        return ""
    word = _("Post it on %(network)s") % {"network": facing.title_of(row.network)}
    return button(word, href=row.get_absolute_url(), icon="send")


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, message: Message) -> HttpResponse:
    """A message: what each network gets, and what became of it there."""
    variants = selectors.variants_of(message)
    reaches = selectors.latest_reach([row.pk for row in variants])
    may_edit = policies.may_edit(request.user)
    header = Header(
        title=message.name,
        kind=_("Message"),
        icon="speakerphone",
        owner=str(message.owner) if message.owner else "",
        action=_next_of(message, variants, may_approve=policies.may_approve(request.user)),
    )
    context = {
        "thing": message,
        "header": header,
        "serves": facing.named(message.cites),
        "drawn_from": facing.named(message.drawn_from),
        "language": facing.language_word(message.language),
        "hindrance": selectors.hindrance_of(message),
        "rows": [
            {
                "row": row,
                "network": facing.title_of(row.network),
                "state": facing.state_badge(row),
                "measured": facing.measured(row),
                "preview": facing.preview(row.text),
                "reach": reaches.get(row.pk),
            }
            for row in variants
        ],
        "may_edit": may_edit,
        "may_approve": policies.may_approve(request.user),
        "has_drafts": any(row.state == Variant.State.DRAFT for row in variants),
    }
    return render(request, "social/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, message: Message) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(message)


@page(policies.may_edit, methods=("GET", "POST"))
def make(request: HttpRequest) -> HttpResponse:
    """Write a message."""
    given = request.POST if request.method == "POST" else None
    cites = search.cited_title(request.GET.get("for", ""))
    form = MakeForm(given, actor=request.user, initial={"cites": cites} if cites else {})
    if given is not None:
        made = kept(form, lambda: services.make_message(by=request.user, **form.values()))
        if made is not None:
            say(request, _("The message has been written. Look at each network's variant."))
            return redirect(made)
    cancel = reverse("social:list")
    return form_page(request, form, _("Write a message"), cancel, template=TEMPLATE)


@page(policies.may_edit, methods=("GET", "POST"))
def draft(request: HttpRequest) -> HttpResponse:
    """Choose what to draft a message from, or draft it."""
    if request.method == "POST":
        try:
            ref = Ref.parse(request.POST.get("from", ""))
        except ValueError:
            raise Http404 from None
        try:
            made = services.draft_from(
                ref, by=request.user, language=(get_language() or "en")[:2], owner=request.user
            )
        except ValidationError as no:
            say_no(request, no)
            return redirect("social:draft")
        say(request, _("The message has been drafted. Look at each network's variant."))
        return redirect(made)
    offered = [(origin.label, kind, origin.choices()) for kind, origin in origins.items()]
    context = {"offered": [(label, kind, rows) for label, kind, rows in offered if rows]}
    return render(request, "social/draft.html", context)


def form_or_done(
    request: HttpRequest, form: Any, write: Callable[[], Any], title: str, thing: Any, words: str, **more: Any
) -> HttpResponse:
    """Show the form, or do what it asks and lead back."""
    if request.method == "POST" and kept(form, write) is not None:
        say(request, words)
        return redirect(thing)
    return form_page(request, form, title, thing.get_absolute_url(), template=TEMPLATE, thing=thing, **more)


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, message: Message) -> HttpResponse:
    """Change what it says; drafts that said the same follow."""
    form = ChangeForm(request.POST if request.method == "POST" else None, actor=request.user, message=message)
    guard(form, message.updated_at)

    def write() -> Any:
        return services.change_message(message, by=request.user, **form.values())

    return form_or_done(
        request, form, write, _("Change the message"), message, _("The message has been changed.")
    )


@page(policies.may_approve, of=selectors.one, methods=("POST",))
def approve_all(request: HttpRequest, message: Message) -> HttpResponse:
    """Approve every draft that its network takes; say which it does not."""
    done, refused = 0, []
    for row in selectors.variants_of(message):
        if row.state != Variant.State.DRAFT:
            continue
        try:
            services.approve(row, by=request.user)
            done += 1
        except ValidationError as no:
            refused.append(f"{facing.title_of(row.network)}: {' '.join(no.messages)}")
    if refused:
        say(request, " ".join(refused), tone="bad")
    if done:
        say(request, _("What its network takes has been approved."))
    return redirect(message)


@page(policies.may_approve, of=selectors.one, methods=("GET", "POST"))
def remove(request: HttpRequest, message: Message) -> HttpResponse:
    """Take it away with its drafts, after asking."""
    if request.method == "POST":
        try:
            services.remove_message(message, by=request.user)
        except ValidationError as no:
            say_no(request, no)
            return redirect(message)
        say(request, _("The message has been removed."))
        return redirect("social:list")
    context = {
        "title": _("Remove the message"),
        "thing": message,
        "cancel_url": message.get_absolute_url(),
        "danger": True,
        "submit": _("Remove it"),
        "intro": _("It does not come back, nor do the drafts for its networks."),
    }
    return render(request, TEMPLATE, context)
