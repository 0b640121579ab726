"""The team's pages of suppressed addresses and returned notices."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.plumbing.ui.components import Header, button
from barnraise.plumbing.ui.form_pages import form_page, say_no
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import facing, policies, selectors, services
from .forms import NoteForm, SeveralForm, SuppressForm
from .models import Notice, Suppression

MOST = 200
_ADDRESS = re.compile(r"[^\s,;<>\"'()]+@[^\s,;<>\"'()]+\.[^\s,;<>\"'()]+")


@page(policies.may_see, of=selectors.one_suppression)
def suppression(request: HttpRequest, row: Suppression) -> HttpResponse:
    """An address that nothing is sent to: why, since when, and who lifted it."""
    may_lift = policies.may_lift(request.user, row) and not row.is_lifted
    action: Any = ""
    if policies.may_suppress(request.user):
        action = button(
            _("Change the note"),
            href=reverse("mail:suppression_note", args=[row.uuid]),
            icon="pencil",
            kind="quiet",
        )
    context = {
        "thing": row,
        "header": Header(title=str(row), kind=_("Suppressed address"), icon="mail-off", state=facing.suppression_badge(row), action=action),
        "history": selectors.history_of(row),
        "may_lift": may_lift and bool(row.address),
    }  # fmt: skip
    return render(request, "mail/suppression.html", context)


@page(policies.may_see, of=selectors.one_suppression_by_key)
def suppression_by_key(request: HttpRequest, row: Suppression) -> HttpResponse:
    """The address that timelines know leads to the page."""
    return redirect(row)


@page(policies.may_suppress, methods=("GET", "POST"))
def suppress(request: HttpRequest) -> HttpResponse:
    """Send nothing to an address any more."""
    form = SuppressForm(
        request.POST if request.method == "POST" else None,
        initial={"address": request.GET.get("address", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = services.suppress(by=request.user, **form.cleaned_data)
        except ValidationError as no:
            form.refused(no)
        else:
            say(request, _("Nothing is sent to this address any more."))
            return redirect(row)
    return form_page(request, form, _("Suppress an address"), reverse("mail:suppressions"))


@page(policies.may_suppress, of=selectors.one_suppression, methods=("GET", "POST"))
def suppression_note(request: HttpRequest, row: Suppression) -> HttpResponse:
    """Write something else beside it."""
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"note": row.note})
    if request.method == "POST" and form.is_valid():
        services.change_note(row, note=form.cleaned_data["note"], by=request.user)
        say(request, _("The note has been changed."))
        return redirect(row)
    return form_page(request, form, _("Change the note"), row.get_absolute_url())


@page(policies.may_lift, of=selectors.one_suppression, methods=("POST",))
def lift(request: HttpRequest, row: Suppression) -> HttpResponse:
    """Mails go there again."""
    try:
        services.lift(row, by=request.user)
    except ValidationError as no:
        say_no(request, no)
    else:
        say(request, _("Mails go to this address again."))
    return redirect(row)


@page(policies.may_suppress, methods=("GET", "POST"))
def suppress_many(request: HttpRequest) -> HttpResponse:
    """Bring a list of addresses."""
    form = SeveralForm(request.POST, request.FILES) if request.method == "POST" else SeveralForm()
    if request.method == "POST" and form.is_valid():
        found, strange = _addresses(form.cleaned_data)
        if strange is not None:
            form.add_error("file" if form.cleaned_data.get("file") else "addresses", strange)
        else:
            reason, note = form.cleaned_data["reason"], form.cleaned_data["note"]
            added, there, refused_ones = services.suppress_many(
                found, reason=reason, note=note, by=request.user
            )
            say(request, _many_words(added, there, len(refused_ones)))
            return redirect("mail:suppressions")
    return form_page(request, form, _("Suppress several addresses"), reverse("mail:suppressions"))


def _addresses(given: dict[str, Any]) -> tuple[list[str], str | None]:
    """The addresses of the text and the file, or what is wrong with them."""
    text = given.get("addresses", "")
    if file := given.get("file"):
        if file.size > settings.ENVIRONMENT.upload_limit_mb * 1024 * 1024:
            return [], _("The file is too large.")
        text += "\n" + file.read().decode("utf-8-sig", "replace")
    found = [one.strip(".") for one in _ADDRESS.findall(text)]
    return found, None if found else _("No e-mail address was found in it. Nothing was changed.")


def _many_words(added: int, there: int, refused_count: int) -> str:
    words = [
        ngettext("%(count)d address was added.", "%(count)d addresses were added.", added) % {"count": added}
    ]
    if there:
        words.append(
            ngettext("%(count)d was there already.", "%(count)d were there already.", there)
            % {"count": there}
        )
    if refused_count:
        words.append(
            ngettext(
                "%(count)d is no address and was passed over.",
                "%(count)d are no addresses and were passed over.",
                refused_count,
            )
            % {"count": refused_count}
        )
    return " ".join(words)


@page(policies.may_take, methods=("GET", "POST"))
def take(request: HttpRequest) -> HttpResponse:
    """Give notices of mail servers as files; what followed from each stands below."""
    results: list[dict[str, Any]] = []
    problem = ""
    if request.method == "POST":
        given = request.FILES.getlist("notices")
        if not given or len(given) > MOST:
            problem = _("Choose between 1 and %(most)s files.") % {"most": MOST}
        else:
            results = [_taken(upload, request.user) for upload in given]
    context = {"results": results, "problem": problem, "limit": settings.ENVIRONMENT.mail_limit_mb}
    return render(request, "mail/take.html", context, status=422 if problem else 200)


def _taken(upload: Any, by: Any) -> dict[str, Any]:
    limit = settings.ENVIRONMENT.mail_limit_mb
    if upload.size > limit * 1024 * 1024:
        return {
            "name": upload.name,
            "problem": _("It is larger than %(limit)s MB.") % {"limit": limit},
            "notices": [],
        }
    rows = services.take_returns(upload.read(), way=Notice.Way.UPLOAD, by=by)
    return {"name": upload.name, "problem": "", "notices": [(row, facing.notice_word(row)) for row in rows]}
