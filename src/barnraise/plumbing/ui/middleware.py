"""Default deny: a view that asks no policy is not served."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.module_loading import import_string

from barnraise.foundation.policy import Policy

from .pages import refuse


def foreign_policies() -> dict[str, Policy]:
    """Policies of pages that libraries bring, by URL name (settings.BARNRAISE_FOREIGN_POLICIES names the mapping)."""
    found: dict[str, Policy] = import_string(settings.BARNRAISE_FOREIGN_POLICIES)
    return found


def policy_of(match: ResolverMatch) -> Policy | None:
    """The policy a resolved URL asks: its view's own, or the one stated for a library's page; None when there is none."""
    own = getattr(match.func, "policy", None)
    return own if own is not None else foreign_policies().get(match.view_name)


class PolicyRequired:
    """Refuses to serve a view without a policy, and asks the policies of libraries' pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if getattr(view, "policy", None) is not None:
            return None
        match = request.resolver_match
        policy = policy_of(match) if match else None
        if policy is None:
            raise ImproperlyConfigured(
                f"The page {match.view_name if match else view!r} asks no policy, so it is not served."
            )
        return None if policy(request.user, None) else refuse(request)
