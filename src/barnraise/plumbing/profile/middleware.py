"""Dates in the installation's time zone, and its language for those who state none."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

from .models import Installation
from .selectors import held, installation


def _states_a_language(request: HttpRequest) -> bool:
    """True when the account, a cookie or the browser asks for a language that the interface speaks."""
    if getattr(request.user, "language", "") or settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return True
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            get_supported_language_variant(code)
        except LookupError:
            continue
        return True
    return False


class InstallationFacts:
    """Holds the installation for the request, activates its time zone, and its language for strangers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with held():
            try:
                facts = installation()
            except DatabaseError:
                # Without a database the health page must still be able to say so.
                facts = Installation(id=1)
            if not _states_a_language(request):
                translation.activate(facts.default_language)
                request.LANGUAGE_CODE = translation.get_language()
            with timezone.override(facts.time_zone):
                return self.get_response(request)
