"""What visitors open: short links, and signed links."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from barnraise.foundation.policy import anyone
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.limits import is_over
from barnraise.plumbing.ui.pages import page

from . import selectors, services
from .models import ShortLink
from .services import AlreadyUsed
from .signing import BadLink, Signed
from .sockets import Mend, NotNow, Purpose, purposes

FOLLOWS = 120
OPENS = 60
ACTS = 20
ONE_CLICKS = 600
"""A provider of mailboxes presses for all its readers, from few addresses."""


def _said(request: HttpRequest, status: int, title: str, text: str, tone: str = "warning") -> HttpResponse:
    response = render(request, "links/said.html", {"title": title, "text": text, "tone": tone}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _too_many(request: HttpRequest) -> HttpResponse:
    response = _said(
        request,
        429,
        _("Too many at once"),
        _("Please wait a minute and open the link again. Nothing was lost."),
    )
    response["Retry-After"] = "60"
    return response


@page(anyone)
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Count a visit by day and channel, and go where the link leads."""
    if is_over(request, "follow", FOLLOWS):
        return _too_many(request)
    try:
        link = selectors.link_by_code(code)
    except ShortLink.DoesNotExist:
        return _said(
            request,
            404,
            _("This link leads nowhere"),
            _("Check the address: a letter may be missing or wrong."),
        )
    if link.is_ended:
        return _said(request, 410, _("This link has ended"), _("Whoever handed it out has ended it."))
    if services.is_visit(request):
        services.count_visit(link=link, channel=request.GET.get("c", "").lower(), on=timezone.localdate())
    response = HttpResponseRedirect(link.target)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _refusal(request: HttpRequest, said: Signed | None, purpose: Purpose | None) -> HttpResponse | None:
    """The page that says why a signed link does nothing; None when it works."""
    if said is None or purpose is None:
        return _said(
            request,
            404,
            _("This link is not complete"),
            _("It may have been cut off or changed on its way. Copy the whole address from the message."),
        )
    if said.is_expired(timezone.now()):
        return _said(
            request,
            410,
            _("This link has expired"),
            _("Ask whoever sent it for a new one. Nothing was changed."),
        )
    if purpose.is_once and selectors.is_used(said.number):
        return _used(request)
    return None


def _afterwards(purpose: Purpose) -> str:
    """What whoever pressed the button may do now."""
    if purpose.is_once:
        return _("You can close this page.")
    return _("You can close this page. The same link opens it again if you want to change something.")


def _used(request: HttpRequest) -> HttpResponse:
    return _said(
        request, 410, _("This link was used already"), _("It works once, and what it was for is done.")
    )


def _read(token: str) -> tuple[Signed | None, Purpose | None]:
    try:
        said = selectors.signed(token)
    except BadLink:
        return None, None
    return said, purposes.find(said.purpose)


def _one_click(request: HttpRequest, said: Signed, purpose: Purpose) -> HttpResponse:
    """The answer to a mail program (RFC 8058, 3.2): no page, no redirect, no cookie, and the same each time."""
    if is_over(request, "one-click", ONE_CLICKS):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    if said.is_expired(timezone.now()):
        return HttpResponse(_("This link has expired."), status=410, content_type="text/plain; charset=utf-8")
    try:
        services.act(said=said, request=request)
    except AlreadyUsed:
        pass
    except (ObjectDoesNotExist, Http404):
        return HttpResponse(
            _("This is no longer here."), status=410, content_type="text/plain; charset=utf-8"
        )
    return HttpResponse(purpose.done, content_type="text/plain; charset=utf-8")


@csrf_exempt
@page(anyone, methods=("GET", "POST"))
def signed_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows what will happen and uses nothing up; the button's POST does it, or for some purposes the mail program's."""
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        said, purpose = _read(token)
        if said is not None and purpose is not None and purpose.has_one_click:
            return _one_click(request, said, purpose)
    answer: HttpResponse = _pressed_or_opened(request, token)
    return answer


@csrf_protect
def _pressed_or_opened(request: HttpRequest, token: str) -> HttpResponse:
    if is_over(request, request.method or "", ACTS if request.method == "POST" else OPENS):
        return _too_many(request)
    said, purpose = _read(token)
    refusal = _refusal(request, said, purpose)
    if refusal is not None or said is None or purpose is None:
        return refusal or _used(request)
    with translation.override(_language(said)):
        return _opened(request, said, purpose)


def _language(said: Signed) -> str:
    """The language in which the link was sent ("l" of its data), else the visitor's own."""
    asked = str(said.data.get("l", ""))
    return (
        asked if asked in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
    )


def _opened(request: HttpRequest, said: Signed, purpose: Purpose) -> HttpResponse:
    mend: dict[str, Any] = {}
    try:
        if request.method == "POST":
            try:
                response = services.act(said=said, request=request)
                return response or _said(request, 200, str(purpose.done), _afterwards(purpose), tone="good")
            except Mend as no:
                mend = no.context
        more = purpose.select(Ref.parse(said.ref), said.data)
    except NotNow as no:
        return _said(request, 410, str(no.title), str(no.text))
    except AlreadyUsed:
        return _used(request)
    except (ObjectDoesNotExist, Http404):
        return _said(
            request, 410, _("This is no longer here"), _("What the link was about has been removed.")
        )
    context: dict[str, Any] = {**more, **mend, "purpose": purpose, "said": said}
    page_of_link = render(request, "links/open.html", context, status=422 if mend else 200)
    page_of_link["Cache-Control"] = "no-store"
    return page_of_link
