"""The bare address: visitors find the website, the team finds Today. And the language that visitors bring along from it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from barnraise.plumbing.profile.selectors import installation

from .menus import here, homes


class FrontDoor:
    """Leads strangers who come to `/` to the home page in their language, once there is one that is published.

    On other pages `?language=` is the language that a stranger reads: the website keeps it without a cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wished = request.GET.get("language", "")
        if wished in dict(settings.LANGUAGES) and not request.user.is_authenticated:
            translation.activate(wished)
            request.LANGUAGE_CODE = wished
        if request.path == "/" and request.method in {"GET", "HEAD"} and not request.user.is_authenticated:
            try:
                known = homes()
            except DatabaseError:
                known = {}
            wanted = (here(), installation().default_language, *dict(settings.LANGUAGES))
            for code in wanted:
                if code in known:
                    response = redirect(f"/{code}/")
                    response["Vary"] = "Accept-Language, Cookie"
                    return response
        return self.get_response(request)
