"""What everybody may read: what people said and what was done about it, without names and without small numbers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.limits import is_over
from barnraise.plumbing.ui.pages import page

from . import policies, selectors

OPENS, MOST = 120, 200


@page(policies.may_read_answers)
def public(request: HttpRequest) -> HttpResponse:
    """You said, we did. How many said it is shown only where they are no small number."""
    if is_over(request, "said", OPENS):
        words = _("Too many at once. Please wait a minute; nothing was lost.")
        response = HttpResponse(words, status=429, content_type="text/plain")
        response["Retry-After"] = "60"
        return response
    house = installation()
    rows = [
        (row, many if (many := int(getattr(row, "voices", 0))) >= house.disclosure_threshold else 0)
        for row in selectors.public_answers(MOST)
    ]
    response = render(request, "feedback/public.html", {"rows": rows, "house": house.network_name})
    response["Cache-Control"] = "no-store"
    return response
