"""What respondents open: the public page, and what a personal link does."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from barnraise.foundation.policy import anyone
from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.sockets import Mend, NotNow
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.limits import is_over
from barnraise.plumbing.ui.pages import page

from . import selectors, services, shown
from .models import Questionnaire, Response, Version
from .services.respond import AnsweredAlready

OPENS = 120
SENDS = 30
"""Per address and minute. A library's many visitors share one address."""


def _said(request: HttpRequest, status: int, title: str, text: str, tone: str = "warning") -> HttpResponse:
    context = {"title": title, "text": text, "tone": tone}
    response = render(request, "questionnaires/said.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


@page(anyone, methods=("GET", "POST"))
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows the questions; POST keeps the answers, once however often it is sent."""
    is_sent = request.method == "POST"
    if is_over(request, "answer" if is_sent else "ask", SENDS if is_sent else OPENS):
        response = _said(request, 429, _("Too many at once"), _("Please wait a minute and send it again."))
        response["Retry-After"] = "60"
        return response
    row = Questionnaire.objects.filter(code=code.lower(), is_public=True).first()
    if row is None or selectors.published(row) is None:
        return _said(request, 404, _("There is nothing to answer here"), _("Check the address."))
    version = selectors.for_answering(row)
    if version is None:
        return _said(request, 410, *_closed(row))
    if is_sent:
        return _sent(request, row, version)
    return _form(request, row, version, {}, {}, secrets.token_urlsafe(24))


def _closed(row: Questionnaire) -> tuple[str, str]:
    state = selectors.state_of(row, selectors.published(row), timezone.localdate())
    if state == "planned":
        day = row.opens_on.isoformat() if row.opens_on else ""
        return _("It is not open yet"), _("Answers are taken from %(day)s.") % {"day": day}
    return _("It is closed"), _("Thank you for your interest. No more answers are taken.")


def _form(
    request: HttpRequest,
    row: Questionnaire,
    version: Version,
    given: Mapping[str, list[str]],
    wrong: Mapping[str, str],
    number: str,
) -> HttpResponse:
    fields = shown.fields(version.asked(), given, wrong)
    context = {
        "thing": row,
        "house": installation().network_name,
        "title": version.text("title", *shown.tongue()),
        "intro": version.text("intro", *shown.tongue()),
        "fields": fields,
        "wrong": [field for field in fields if field["wrong"]],
        "number": number,
        "channel": (request.POST.get("channel") or request.GET.get("c", ""))[:40],
    }
    response = render(request, "questionnaires/public.html", context, status=422 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


def _sent(request: HttpRequest, row: Questionnaire, version: Version) -> HttpResponse:
    given = shown.filled(request.POST, version.asked())
    number = request.POST.get("number", "")[:48]
    if request.POST.get("website"):
        # People do not see this field; programs that fill in every field are thanked and not counted.
        return _thanks(request, version)
    try:
        services.respond(
            row,
            version=version,
            given=given,
            way=Response.Way.PUBLIC,
            language=get_language() or "",
            channel=_plain(request.POST.get("channel", "")),
            number=f"web-{row.pk}-{number}" if len(number) >= 16 else "",
        )
    except ValidationError as no:
        wrong = {name: str(reasons[0]) for name, reasons in no.message_dict.items()}
        return _form(request, row, version, given, wrong, number)
    return _thanks(request, version)


def _plain(channel: str) -> str:
    return "".join(ch for ch in channel.lower() if ch.isalnum() or ch in "-_")[:40]


def _thanks(request: HttpRequest, version: Version) -> HttpResponse:
    words = version.text("thanks", *shown.tongue())
    context = {"title": _("Thank you"), "own": words, "text": _("Your answers are kept."), "tone": "good"}
    response = render(request, "questionnaires/said.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _of_link(ref: Ref, data: Mapping[str, Any]) -> tuple[Questionnaire, Version, Ref]:
    """Raises Questionnaire.DoesNotExist, and NotNow when no answers are taken or this respondent has answered."""
    row = selectors.one_by_key(ref.id)
    version = selectors.for_answering(row)
    if version is None:
        raise NotNow(*_closed(row))
    who = Ref.parse(str(data["who"]))
    if Response.objects.filter(questionnaire=row, respondent=str(who)).exists():
        raise NotNow(_("You have answered already"), _("Your answers are kept. Thank you."))
    return row, version, who


def offers(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The questions as a personal link shows them."""
    row, version, who = _of_link(ref, data)
    return {
        "title": version.text("title", *shown.tongue()),
        "text": version.text("intro", *shown.tongue()),
        "house": installation().network_name,
        "is_anonymous": row.is_anonymous,
        "who": selectors.who_answered([Response(respondent=str(who))]).get(str(who), ""),
        "fields": shown.fields(version.asked()),
    }


def keep(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> HttpResponse:
    """Keep what was answered by a personal link; mending it does not use the link up."""
    row, version, who = _of_link(ref, data)
    given = shown.filled(request.POST, version.asked())
    try:
        services.respond(
            row,
            version=version,
            given=given,
            way=Response.Way.LINK,
            respondent=who,
            language=get_language() or "",
        )
    except AnsweredAlready:
        raise NotNow(_("You have answered already"), _("Your answers are kept. Thank you.")) from None
    except ValidationError as no:
        wrong = {name: str(reasons[0]) for name, reasons in no.message_dict.items()}
        fields = shown.fields(version.asked(), given, wrong)
        raise Mend({"fields": fields, "wrong": [field for field in fields if field["wrong"]]}) from None
    return _thanks(request, version)
