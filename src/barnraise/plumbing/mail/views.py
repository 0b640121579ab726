"""The team's pages of the outbox."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from barnraise.foundation.html import el, join
from barnraise.plumbing.ui.components import Header, badge, button
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, pictures, policies, selectors, services, writing
from .building import spoken
from .forms import WriteForm
from .models import Message
from .services.again import OVER


def _header(row: Message, actor: Any) -> Header:
    may_change = policies.may_change(actor, row)
    action: Any = ""
    if row.is_waiting and may_change and not row.is_bulk:
        action = button(_("Change"), href=reverse("mail:change", args=[row.uuid]), icon="pencil")
    state = facing.state_badge(row)
    if row.is_sample:
        state = join([state, " ", badge(_("Sample"), tone="accent")])
    title = row.body.subject or _("(erased)")
    return Header(title=title, kind=_("Mail"), icon="mail-forward", state=state, action=action)


@page(policies.may_see, of=selectors.one)
def one(request: HttpRequest, message: Message) -> HttpResponse:
    """A mail: the exact text, what the server said, what came back."""
    subject, text, html = spoken(message)
    may_change = policies.may_change(request.user, message)
    context = {
        "thing": message,
        "header": _header(message, request.user),
        "subject": subject,
        "text": text,
        "has_html": bool(html),
        "reader": facing.reader(message),
        "who": facing.linked(message.recipient),
        "about": facing.linked(message.about),
        "purpose": facing.linked(message.purpose),
        "why": facing.why(message),
        "repeats": facing.repeats_words(message),
        "tries": writing.tries_of(message),
        "notices": [(row, facing.notice_word(row)) for row in selectors.notices_of(message)],
        "again": selectors.again(message),
        "may_cancel": message.is_waiting and may_change,
        "may_release": message.state == Message.State.DRAFT and may_change,
        "may_send_again": policies.may_write(request.user)
        and message.state in OVER
        and not message.is_bulk
        and not message.erased_at,
    }
    return render(request, "mail/one.html", context)


@page(policies.may_see, of=selectors.one_by_key)
def by_key(request: HttpRequest, message: Message) -> HttpResponse:
    """The address that timelines and search know leads to the page."""
    return redirect(message)


@page(policies.may_see, of=selectors.one)
def shown(request: HttpRequest, message: Message) -> HttpResponse:
    """The mail as its reader's program draws it, in a frame that can run and load nothing."""
    subject, text, html = spoken(message)
    response = HttpResponse(pictures.shown(html) if html else _on_a_page(subject, text, message.language))
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _on_a_page(subject: str, text: str, language: str) -> str:
    """A mail of plain text as a document of its own."""
    head = el("head", el("meta", charset="utf-8"), el("title", subject))
    body = el("body", el("main", el("pre", text, style="white-space: pre-wrap")))
    return f"<!doctype html>{el('html', head, body, lang=language or 'en')}"


@page(policies.may_write, methods=("GET", "POST"))
def write(request: HttpRequest) -> HttpResponse:
    """Write a mail to somebody: `?to=people.person:12` fills in who, `?about=projects.project:3` what it serves."""
    ref = writing.reference(request.GET.get("to", ""))
    reader = writing.reader_of(ref)
    address = reader.address if reader else request.GET.get("address", "")
    initial = {"to_address": address, "reply_to": getattr(request.user, "email", "")}
    kept = request.GET.get("about", "")
    form = WriteForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        actor=request.user,
        kept=kept if writing.is_cited(kept) else "",
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = dict(form.cleaned_data)
            row = writing.queued(given, ref, reader, by=request.user, about=given.pop("about", ""))
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The mail is in the outbox."))
            return redirect(row)
    return _form(request, form, _("Write a mail"), reverse("mail:list"), reader)


def _form(
    request: HttpRequest, form: WriteForm, title: str, cancel: str, reader: Any = None, submit: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "cancel_url": cancel,
        "reader": reader,
        "places": writing.places_for(reader),
        "are_files": writing.mails_are_files(),
        "submit": submit or _("Put it into the outbox"),
    }
    return render(request, "mail/write.html", context, status=422 if form.errors else 200)


@page(policies.may_change, of=selectors.one, methods=("GET", "POST"))
def change(request: HttpRequest, message: Message) -> HttpResponse:
    """Change a mail that waits; a draft stays one."""
    initial = {
        "to_address": message.to_address,
        "subject": message.body.subject,
        "text": message.body.text,
        "reply_to": message.reply_to,
        "due_at": message.due_at,
    }
    form = WriteForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        actor=request.user,
        kept=message.about,
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if values["due_at"] is None:
            values["due_at"] = message.due_at
        try:
            services.change(message, by=request.user, **values)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("The mail has been changed."))
            return redirect(message)
    submit = _("Save") if message.state == Message.State.DRAFT else ""
    return _form(request, form, _("Change the mail"), message.get_absolute_url(), submit=submit)


@page(policies.may_change, of=selectors.one, methods=("POST",))
def cancel(request: HttpRequest, message: Message) -> HttpResponse:
    """It is not sent."""
    return _done(
        request, message, lambda: services.cancel(message, by=request.user), _("The mail is not sent.")
    )


@page(policies.may_change, of=selectors.one, methods=("POST",))
def release(request: HttpRequest, message: Message) -> HttpResponse:
    """A draft goes out."""
    words = _("The mail is in the outbox.")
    return _done(request, message, lambda: services.release(message, by=request.user), words)


@page(policies.may_write, of=selectors.one, methods=("POST",))
def again(request: HttpRequest, message: Message) -> HttpResponse:
    """Send it once more, as a new mail."""
    return _done(
        request, message, lambda: services.send_again(message, by=request.user), _("It goes out once more.")
    )


def _done(request: HttpRequest, message: Message, act: Any, words: str) -> HttpResponse:
    try:
        row = act()
    except ValidationError as no:
        say(request, " ".join(no.messages), tone="bad")
        return redirect(message)
    say(request, words)
    return redirect(row)
