"""The website's menu and foot around pages of other rooms that everybody may open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from barnraise.plumbing.ui.sockets import Surroundings

from .menus import frame, homes

STYLE = "site/site.css"


def surround(request: HttpRequest) -> Surroundings | None:
    """Head and foot as on the website; None while it is not open. Languages lead to the same page."""
    if not homes():
        return None
    context = frame(request)
    for one in context["languages"]:
        one["url"] = _in_language(request, one["code"])
    return Surroundings(
        above=_drawn("site/top.html", context),
        below=_drawn("site/foot.html", context),
        style=STYLE,
        house=context["house"],
    )


def _drawn(template: str, context: dict[str, Any]) -> str:
    return render_to_string(template, context)


def _in_language(request: HttpRequest, code: str) -> str:
    query = request.GET.copy()
    query["language"] = code
    return f"{request.path}?{query.urlencode()}"
