"""The team's pages of playbooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, kept, say_no
from barnraise.plumbing.ui.forms import guard
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.sockets import kinds
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .document import written
from .forms import CoverForm, InstallForm, MakeForm, RetireForm, TakeInForm
from .models import Installation, Playbook

FORM = "playbooks/form.html"


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, playbook: Playbook) -> HttpResponse:
    """A playbook: what is in its file, and where it was installed."""
    may_edit = policies.may_edit(request.user)
    action: Any = ""
    if may_edit and playbook.retired_on is None:
        href = reverse("playbooks:install", args=[playbook.uuid])
        action = button(_("Install it"), href=href, icon="download")
    header = Header(
        title=playbook.title,
        kind=_("Playbook"),
        icon="book",
        state=facing.state_badge(playbook),
        owner="",
        action=action,
    )
    context = {
        "thing": playbook,
        "header": header,
        "parts": facing.contents(playbook.document),
        "goal": playbook.document["goal"],
        "source": _seen(playbook.source),
        "installations": [
            (row, [_seen(text) for text in row.made if _is_plan(text)])
            for row in selectors.installations_of(playbook)
        ],
        "may_edit": may_edit,
    }
    return render(request, "playbooks/one.html", context)


def _is_plan(text: str) -> bool:
    return text.startswith(("goals.goal:", "projects.project:"))


def _seen(text: str) -> tuple[str, str]:
    """Title and address of a typed reference; empty where it is gone."""
    if not text:
        return "", ""
    ref = Ref.parse(text)
    described = kinds.get(ref.kind)
    title = described.titles([ref.id]).get(ref.id, "")
    return (str(title), str(described.url(ref.id))) if title else ("", "")


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, playbook: Playbook) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(playbook)


@page(policies.may_see, of=selectors.one)
def file(request: HttpRequest, playbook: Playbook) -> HttpResponse:
    """The file, for another Barnraise."""
    answer = HttpResponse(written(playbook.document), content_type="application/json; charset=utf-8")
    name = slugify(playbook.title) or "playbook"
    answer["Content-Disposition"] = f'attachment; filename="{name}.playbook.json"'
    return answer


@page(policies.may_edit, methods=("GET", "POST"))
def make(request: HttpRequest) -> HttpResponse:
    """Make a playbook of a goal or project; what will stand in the file is shown beside."""
    source = selectors.source_row(request.GET.get("from", "")[:80])
    if source is None:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = MakeForm(given, initial={"title": source.name, "about": source.about})
    if given is not None:
        made = kept(form, lambda: services.make(source, by=request.user, **form.cleaned_data))
        if made is not None:
            say(request, _("The playbook has been made. Read it once more before you give its file away."))
            return redirect(made)
    shown = selectors.document_of(source, title=source.name, about="")
    more = {"thing": source, "parts": facing.contents(shown), "goal": shown["goal"]}
    title = _("Make a playbook of it")
    return form_page(request, form, title, source.get_absolute_url(), template="playbooks/make.html", **more)


@page(policies.may_edit, methods=("GET", "POST"))
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a file that another Barnraise gave out."""
    form = TakeInForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST":

        def write() -> Playbook:
            name = str(form.cleaned_data["file"].name)
            return services.take_in(
                form.content(), by=request.user, file_name=name, note=form.cleaned_data["note"]
            )

        made = kept(form, write)
        if made is not None:
            say(request, _("The playbook is here. Nothing is made of it before you install it."))
            return redirect(made)
    return form_page(
        request, form, _("Take a playbook in"), reverse("playbooks:list"), template=FORM, is_upload=True
    )


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, playbook: Playbook) -> HttpResponse:
    """Change what stands on its cover."""
    form = CoverForm(request.POST if request.method == "POST" else None, playbook=playbook)
    guard(form, playbook.updated_at)
    return _done(
        request,
        form,
        lambda: services.change_playbook(playbook, by=request.user, **form.cleaned_data),
        _("Change the playbook"),
        playbook,
        _("The playbook has been changed."),
    )


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def retire(request: HttpRequest, playbook: Playbook) -> HttpResponse:
    """Nobody should install it any more."""
    form = RetireForm(request.POST if request.method == "POST" else None)
    return _done(
        request,
        form,
        lambda: services.retire(playbook, by=request.user, **form.cleaned_data),
        _("Retire the playbook"),
        playbook,
        _("The playbook has been retired."),
    )


@page(policies.may_edit, of=selectors.one, methods=("GET", "POST"))
def install(request: HttpRequest, playbook: Playbook) -> HttpResponse:
    """Say when it begins and what it costs; try it without leaving anything, or install it."""
    form = InstallForm(request.POST if request.method == "POST" else None)
    tried: Any = None
    if request.method == "POST":
        is_real = request.POST.get("do") == "install"

        def write() -> Any:
            act: Callable[..., Any] = services.install if is_real else services.rehearse
            return act(playbook, by=request.user, **form.values())

        done = kept(form, write)
        if is_real and done is not None:
            return _installed(request, playbook, *done)
        tried = [(facing.KINDS[kind], count) for kind, count in done.items()] if done else None
    more = {"thing": playbook, "tried": tried, "parts": facing.contents(playbook.document)}
    title = _("Install the playbook")
    return form_page(
        request, form, title, playbook.get_absolute_url(), template="playbooks/install.html", **more
    )


def _installed(request: HttpRequest, playbook: Playbook, row: Installation, done: ChangeSet) -> HttpResponse:
    say(
        request,
        _("Installed: everything is there as a draft or planned, for you to look through."),
        undo_url=reverse("journal:undo", kwargs={"key": done.pk}),
    )
    return redirect(playbook)


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def take_up(request: HttpRequest, playbook: Playbook) -> HttpResponse:
    """It may be installed again."""
    try:
        services.take_up(playbook, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("The playbook is in use again."))
    return redirect(playbook)


@page(policies.may_edit, of=selectors.one, methods=("POST",))
def remove(request: HttpRequest, playbook: Playbook) -> HttpResponse:
    """Take away one that was never installed."""
    try:
        done = services.remove_playbook(playbook, by=request.user)
    except ValidationError as no:
        say_no(request, no)
        return redirect(playbook)
    say(
        request,
        _("The playbook has been removed."),
        undo_url=reverse("journal:undo", kwargs={"key": done.pk}),
    )
    return redirect("playbooks:list")


def _done(
    request: HttpRequest, form: Any, write: Callable[[], Any], title: str, playbook: Playbook, words: str
) -> HttpResponse:  # fmt: skip
    done = kept(form, write) if request.method == "POST" else None
    if done is not None:
        say(request, words)
        return redirect(playbook)
    return form_page(request, form, title, playbook.get_absolute_url(), template=FORM, thing=playbook)
