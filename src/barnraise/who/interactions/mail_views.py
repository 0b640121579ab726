"""File mails by hand, and the address that files them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.text import AsWritten
from barnraise.plumbing.ui.pages import page
from barnraise.plumbing.ui.toasts import say

from . import policies, selectors, services
from .models import Interaction
from .services import Filed

MOST = 50


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file."""

    name: str
    words: Any
    interaction: Interaction | None = None
    is_bad: bool = False


@page(policies.may_file, methods=("GET", "POST"))
def mail(request: HttpRequest) -> HttpResponse:
    """Give mails as files; what became of each stands below."""
    results = _filed(request) if request.method == "POST" else []
    found = selectors.filing_address_of(request.user)
    context = {
        "results": results,
        "row": found,
        "address": selectors.written_address(found) if found else "",
        "domain": AsWritten(selectors.mail_domain()),
        "limit": settings.ENVIRONMENT.mail_limit_mb,
    }
    is_refused = bool(results) and all(one.is_bad for one in results)
    response = render(request, "interactions/mail.html", context, status=422 if is_refused else 200)
    response["Cache-Control"] = "no-store"
    return response


def _filed(request: HttpRequest) -> list[Result]:
    given = request.FILES.getlist("mails")
    if not given or len(given) > MOST:
        return [Result("", _("Choose between 1 and %(most)s files.") % {"most": MOST}, is_bad=True)]
    visible = Interaction.Visibility
    visibility = visible.COORDINATORS if request.POST.get("restricted") else visible.TEAM
    return [_one(request, upload, visibility) for upload in given]


def _one(request: HttpRequest, upload: Any, visibility: str) -> Result:
    limit = settings.ENVIRONMENT.mail_limit_mb
    name = str(upload.name)[:200]
    if upload.size > limit * 1024 * 1024:
        return Result(name, _("It is larger than %(limit)s MB.") % {"limit": limit}, is_bad=True)
    raw = upload.read()
    if not services.looks_like_mail(raw):
        words = _("This is no mail. Save the mail as a file ending in .eml, and give that.")
        return Result(name, words, is_bad=True)
    done = services.file_raw(raw, by=request.user, visibility=visibility)
    return Result(name, words_of(done), _seen(request, done.interaction), done.interaction is None)


def _seen(request: HttpRequest, interaction: Interaction | None) -> Interaction | None:
    return interaction if interaction and policies.may_see(request.user, interaction) else None


def words_of(done: Filed) -> str:
    """What became of a mail, in a sentence."""
    if done.interaction is None:
        return done.reason
    if not done.is_new:
        return _("It was filed before.")
    words = [_("It has been filed.")]
    if done.proposed:
        words.append(
            ngettext("%(n)s address is unknown.", "%(n)s addresses are unknown.", done.proposed)
            % {"n": done.proposed}
        )
    words += [
        _("Left out: %(name)s. %(reason)s") % {"name": name, "reason": why} for name, why in done.refused
    ]
    return " ".join(words)


@page(policies.may_file, methods=("POST",))
def open_address(request: HttpRequest) -> HttpResponse:
    """Make an address."""
    services.open_filing_address(account=request.user, by=request.user)
    say(request, _("You have an address to file mails by now."))
    return redirect("interactions:mail")


@page(policies.may_file, methods=("POST",))
def renew_address(request: HttpRequest) -> HttpResponse:
    """Make another address; the old one ends."""
    row = selectors.filing_address_of(request.user)
    if row is not None:
        services.renew_filing_address(row=row, by=request.user)
        say(request, _("You have a new address; mails to the old one are refused."))
    return redirect("interactions:mail")


@page(policies.may_file, methods=("POST",))
def close_address(request: HttpRequest) -> HttpResponse:
    """Take the address away."""
    row = selectors.filing_address_of(request.user)
    if row is not None:
        services.close_filing_address(row=row, by=request.user)
        say(request, _("The address files no mails any more."))
    return redirect("interactions:mail")
