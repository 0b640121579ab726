"""Where residents and partners take part: the public page, and what a personal link does."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import anyone
from barnraise.foundation.refs import Ref
from barnraise.plumbing.links.sockets import Mend, NotNow
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.limits import is_over
from barnraise.plumbing.ui.pages import page

from . import facing, selectors, services
from .models import Decision
from .models.proposal import State

OPENS, SENDS = 120, 20
"""Per address and minute."""
YEAR = 365 * 24 * 3600
Stage = Decision.Stage


def _said(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    response = render(
        request, "decisions/said.html", {"title": title, "text": text, "tone": "warning"}, status=status
    )
    response["Cache-Control"] = "no-store"
    return response


def _cookie(row: Decision) -> str:
    return f"voice{row.pk}"


def _voice(request: HttpRequest, row: Decision) -> str:
    """The key of this browser's voice, empty when it has none."""
    try:
        return str(Signer(salt=f"decisions.{row.pk}").unsign(request.COOKIES.get(_cookie(row), "")))
    except BadSignature:
        return ""


@page(anyone, methods=("GET", "POST"))
def take_part(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows the question, its rules, the proposals and what became of it; POST proposes, comments or votes."""
    is_sent = request.method == "POST"
    if is_over(request, "say" if is_sent else "look", SENDS if is_sent else OPENS):
        response = _said(request, 429, _("Too many at once"), _("Please wait a minute and send it again."))
        response["Retry-After"] = "60"
        return response
    row = selectors.one_by_code(code)
    if row is None or not row.is_public:
        return _said(request, 404, _("There is nothing to decide here"), _("Check the address."))
    if is_sent:
        return _sent(request, row)
    return _page(request, row, {})


def _page(request: HttpRequest, row: Decision, wrong: Mapping[str, Any]) -> HttpResponse:
    today = timezone.localdate()
    context = {
        **shown(row),
        "thing": row,
        "house": installation().network_name,
        "mine": selectors.voice_of(row, key=_voice(request, row)),
        "is_voting": row.takes(Stage.VOTING, today),
        "wrong": wrong,
        "given": request.POST,
        "said": request.GET.get("said", ""),
    }
    context["choices"] = choices(row, context["mine"])
    response = render(request, "decisions/public.html", context, status=422 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


def shown(row: Decision) -> dict[str, Any]:
    """What everybody sees of a decision."""
    today = timezone.localdate()
    title, _url = facing.named(row.carried_by)
    is_over_now = row.stage in (Stage.DECIDED, Stage.DROPPED)
    return {
        "stage": facing.stage_badge(row),
        "discussion": facing.discussion(row, is_public=True),
        "is_proposing": row.takes(Stage.PROPOSING, today),
        "is_discussing": row.takes(Stage.PROPOSING, today) or row.takes(Stage.VOTING, today),
        "is_decided": row.stage == Stage.DECIDED,
        "is_dropped": row.stage == Stage.DROPPED,
        "chart": facing.result(row) if is_over_now else None,
        "voices": selectors.voices_of(row) if is_over_now else None,
        "carrier": title,
    }


def choices(row: Decision, mine: Mapping[int, int]) -> list[dict[str, Any]]:
    """The ballot: shown proposals with what this voice chose."""
    return [
        {"row": one, "is_chosen": one.pk in mine, "rank": mine.get(one.pk, "")}
        for one in selectors.proposals_of(row, is_public=True)
        if one.state == State.SHOWN
    ]


def _sent(request: HttpRequest, row: Decision) -> HttpResponse:
    act = request.POST.get("act", "")
    if request.POST.get("website"):
        # People do not see this field; programs that fill in every field are thanked and not heard.
        return redirect(f"{_where(row)}?said=waiting")
    try:
        if act == "propose":
            return _proposed(request, row)
        if act == "comment":
            return _commented(request, row)
        return _voted(request, row)
    except ValidationError as no:
        return _page(
            request, row, {"act": act, "reasons": no.messages, "proposal": request.POST.get("proposal", "")}
        )


def _where(row: Decision) -> str:
    return reverse("decisions:public", args=[row.code])


def _texts(request: HttpRequest) -> dict[str, Any]:
    return {name: request.POST.get(name, "") for name in ("text", "author")}


def _proposed(request: HttpRequest, row: Decision) -> HttpResponse:
    made = services.propose(row, title=request.POST.get("title", ""), **_texts(request))
    return redirect(f"{_where(row)}?said={made.state}")


def _commented(request: HttpRequest, row: Decision) -> HttpResponse:
    key = request.POST.get("proposal", "")
    found = [one for one in selectors.proposals_of(row, is_public=True) if str(one.pk) == key]
    if not found:
        raise ValidationError(_("This proposal is not shown."))
    found[0].decision = row
    made = services.add_comment(found[0], **_texts(request))
    return redirect(f"{_where(row)}?said={made.state}#p-{key}")


def ranks(request: HttpRequest, row: Decision) -> dict[int, int]:
    """What the ballot says: rank by proposal. Raises ValidationError for what is no rank."""
    found: dict[int, int] = {}
    if row.method == Decision.Method.RANK:
        for name in request.POST:
            value = request.POST.get(name, "").strip()
            if name.startswith("rank_") and value:
                if not (_is_number(name[5:]) and _is_number(value)):
                    raise ValidationError(_("A rank is a whole number: 1 for the best."))
                found[int(name[5:])] = int(value)
    else:
        found = {int(value): 1 for value in request.POST.getlist("choice")[:500] if _is_number(value)}
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _voted(request: HttpRequest, row: Decision) -> HttpResponse:
    key = _voice(request, row) or secrets.token_urlsafe(24)
    services.vote(row, ranks=ranks(request, row), key=key)
    response = redirect(f"{_where(row)}?said=voted")
    signed = Signer(salt=f"decisions.{row.pk}").sign(key)
    response.set_cookie(
        _cookie(row),
        signed,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
        path=_where(row),
    )
    return response


def _of_link(ref: Ref, data: Mapping[str, Any]) -> tuple[Decision, Ref]:
    row = selectors.one_by_key(ref.id)
    if row.stage in (Stage.DRAFT, Stage.DECIDED, Stage.DROPPED) or not (
        row.takes(Stage.PROPOSING, timezone.localdate()) or row.takes(Stage.VOTING, timezone.localdate())
    ):
        text = row.outcome if row.stage == Stage.DECIDED else _("Nothing is proposed or voted on now.")
        raise NotNow(row.title, text)
    return row, Ref.parse(str(data["who"]))


def offers(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a personal link shows: the ballot, or a field for a proposal."""
    row, who = _of_link(ref, data)
    mine = selectors.voice_of(row, respondent=who)
    is_voting = row.stage == Stage.VOTING
    title, _url = facing.named(str(who))
    return {
        **shown(row),
        "title": row.title,
        "text": row.about,
        "thing": row,
        "who": title,
        "is_voting": is_voting,
        "choices": choices(row, mine),
        "mine": mine,
        "button": _("Send the vote") if is_voting else _("Propose it"),
    }


def keep(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> HttpResponse | None:
    """Keep the vote or the proposal of whoever has the link; one voice, which may think again."""
    row, who = _of_link(ref, data)
    try:
        if row.stage == Stage.VOTING:
            services.vote(row, ranks=ranks(request, row), key=f"link-{who}"[:64], respondent=who)
        else:
            services.propose(row, title=request.POST.get("title", ""), respondent=who, **_texts(request))
    except ValidationError as no:
        raise Mend({"reasons": no.messages, "given": request.POST}) from None
    return None
