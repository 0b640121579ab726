"""The page on which a partner endorses a goal, opened by a signed link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from barnraise.foundation.refs import Ref
from barnraise.plumbing.profile.selectors import installation

from . import selectors, services
from .forms import answers_of


def offer(ref: Ref, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The goal and what can be said to it now. Raises Endorsement.DoesNotExist."""
    row = selectors.one_endorsement_by_key(ref.id)
    return {
        "row": row,
        "house": installation().network_name,
        "answers": answers_of(row),
        "objectives": selectors.objectives_of(row.goal),
    }


def answer(ref: Ref, data: Mapping[str, Any], request: HttpRequest) -> HttpResponse | None:
    """Keep what they chose; what needs mending is said on the page, and nothing is kept."""
    row = selectors.one_endorsement_by_key(ref.id)
    said = {name: request.POST.get(name, "")[:2000] for name in ("state", "words", "signed_by")}
    try:
        services.answer(row, **said)
    except ValidationError as no:
        context = {"purpose": _purpose(), **offer(ref, data), "given": said, "refused": no.messages}
        return render(request, "goals/endorse_again.html", context, status=422)
    return None


def _purpose() -> Any:
    from barnraise.plumbing.links.sockets import purposes

    return purposes.get("goals.endorse")
