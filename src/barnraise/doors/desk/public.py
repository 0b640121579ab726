"""Pages that ask nobody who they are: health, robots, the mark, the manifest."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.ui import sockets as ui
from barnraise.plumbing.ui.pages import page

from .policies import is_public
from .selectors import database_answers


@page(is_public)
def health(request: HttpRequest) -> HttpResponse:
    """ "ok" (200) when the database answers, else 503."""
    try:
        is_well = database_answers()
    except DatabaseError:
        is_well = False
    answer = "ok\n" if is_well else "The database does not answer.\n"
    response = HttpResponse(answer, content_type="text/plain; charset=utf-8", status=200 if is_well else 503)
    response["Cache-Control"] = "no-store"
    return response


@page(is_public)
def robots(request: HttpRequest) -> HttpResponse:
    """What is plugged in is for search engines; nothing else."""
    lines = ["User-agent: *", *(line for plug in ui.robots for line in plug()), "Disallow: /"]
    # The map of the site belongs to no robot in particular and stands last.
    lines.sort(key=lambda line: line.startswith("Sitemap:"))
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@page(is_public)
def favicon(request: HttpRequest) -> HttpResponse:
    """The mark, where browsers look for it by habit."""
    return redirect(static("ui/mark.svg"))


@page(is_public)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put Barnraise on its home screen."""
    name = installation().network_name
    return JsonResponse(
        {
            "name": f"{name} · Barnraise" if name and request.user.is_authenticated else "Barnraise",
            "short_name": "Barnraise",
            "start_url": "/",
            "display": "standalone",
            "background_color": "#f6f3ec",
            "theme_color": "#1b5e43",
            "icons": [{"src": static("ui/mark.svg"), "type": "image/svg+xml", "sizes": "any"}],
        },
        content_type="application/manifest+json",
    )
