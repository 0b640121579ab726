"""What everybody may read: what people said and what was done about it, without names and without small numbers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.html import Safe
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui.figures import figure
from barnraise.plumbing.ui.limits import is_over
from barnraise.plumbing.ui.pages import page

from . import policies, selectors
from .models import Answer

OPENS, MOST = 120, 200


def _voices(row: Answer, least: int, *, is_team: bool) -> Safe:
    """How many said it, nothing below `least`; for the team a figure that leads to the comments."""
    many = int(getattr(row, "voices", 0))
    if many < least:
        return Safe("")
    words = ngettext("Said by %(n)s of you", "Said by %(n)s of you", many) % {"n": many}
    rows = f"{row.get_absolute_url()}#answered" if is_team else ""
    return figure(many, rows=rows, rule="distinct", text=words)


@page(policies.may_read_answers)
def public(request: HttpRequest) -> HttpResponse:
    """You said, we did. How many said it is shown only where they are no small number."""
    if is_over(request, "said", OPENS):
        words = _("Too many at once. Please wait a minute; nothing was lost.")
        response = HttpResponse(words, status=429, content_type="text/plain")
        response["Retry-After"] = "60"
        return response
    house = installation()
    is_team = policies.may_see(request.user)
    least = house.disclosure_threshold
    rows = [(row, _voices(row, least, is_team=is_team)) for row in selectors.public_answers(MOST)]
    response = render(request, "feedback/public.html", {"rows": rows, "house": house.network_name})
    response["Cache-Control"] = "no-store"
    return response
