"""Wagtail's editor on our terms: our login, our roles, and a Content-Security-Policy of its own on its own path."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.views.decorators.clickjacking import xframe_options_sameorigin

from barnraise.plumbing.ui.pages import refuse

from .policies import may_edit
from .selectors import is_begun

POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}
"""Some of the editor's pages have scripts and styles inside; no other host is let in here either."""
CLOSED = {
    "login/": "account_login",
    "logout/": "account_logout",
    "password_reset/": "account_reset_password",
    "account/": "accounts:me",
    "users/": "accounts:me",
    "groups/": "accounts:me",
    "sites/": "site:overview",
    "locales/": "site:overview",
    "failwhale/": "site:overview",
    "test404/": "site:overview",
}
"""Parts of the editor that are the house's, and where to they lead: login, passwords, accounts, languages."""

View = Callable[..., HttpResponseBase]


def guarded(view: View) -> View:
    """The view for those who may edit; what exactly, Wagtail asks the groups of their role."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_edit(request.user, None):
            return refuse(request)
        if not is_begun():
            return redirect("site:overview")
        return view(request, *args, **kwargs)

    found: View = csp_replace(POLICY)(xframe_options_sameorigin(answer))
    found.policy = may_edit  # type: ignore[attr-defined]
    return found


def closed(to: str) -> View:
    """Leads to the house's page, in place of one that Wagtail brings."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(to) if may_edit(request.user, None) else refuse(request)

    answer.policy = may_edit  # type: ignore[attr-defined]
    return answer


def _guard(patterns: list[Any], route: str = "") -> None:
    for one in patterns:
        whole = route + str(one.pattern).removeprefix("^")
        if isinstance(one, URLResolver):
            _guard(one.url_patterns, whole)
        elif isinstance(one, URLPattern):
            to = next((to for begin, to in CLOSED.items() if whole.startswith(begin)), "")
            one.callback = closed(to) if to else guarded(one.callback)


def editor_urls() -> list[Any]:
    """Wagtail's addresses, every one of them guarded."""
    from wagtail.admin.urls import urlpatterns

    _guard(urlpatterns)
    found: list[Any] = urlpatterns
    return found
