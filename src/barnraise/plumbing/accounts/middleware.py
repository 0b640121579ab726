"""The account's own language for every page it opens; when its session was last used; the door that writes came by."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from barnraise.plumbing.journal.services import arriving_by

from .services import note_session

API = "/api/"


class AccountPreferences:
    """Activates the language the account chose (without a choice the browser's stays); theme and time zone are read
    where pages are drawn, from the account and the installation.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API):
            # Programs show a token, never a session.
            with arriving_by("api"):
                return self.get_response(request)
        chosen = getattr(request.user, "language", "")
        if chosen:
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class SessionUse:
    """Keeps "last used" of a session, sparingly. Stands behind the login library's middleware, whose request it needs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API) and request.user.is_authenticated:
            note_session(request=request)
        return self.get_response(request)
