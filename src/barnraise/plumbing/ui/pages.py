"""`@page`: the one way a function becomes a page. It asks the policy, loads the thing, and guards the method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render

from barnraise.foundation.policy import Policy, Refused

View = Callable[..., HttpResponseBase]


def refuse(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The stranger goes to the login page and comes back; who is logged in reads why not (403)."""
    if not request.user.is_authenticated:
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=401)
            response["HX-Redirect"] = redirect_to_login(request.get_full_path()).url
            return response
        return redirect_to_login(request.get_full_path())
    return render(request, "ui/refused.html", {"reason": reason}, status=403)


def _load(of: Callable[..., Any], request: HttpRequest, kwargs: dict[str, Any]) -> Any:
    try:
        return of(**kwargs)
    except (ObjectDoesNotExist, Http404):
        if not request.user.is_authenticated:
            raise Refused from None
        raise Http404 from None


def page(
    policy: Policy, *, of: Callable[..., Any] | None = None, methods: Sequence[str] = ("GET",)
) -> Callable[[View], View]:
    """Make a view of a function.

    `policy` is asked with (request.user, thing); thing is None unless `of` is given. `of` is a selector called
    with the URL's arguments; what it returns becomes the view's second argument in their place, DoesNotExist
    becomes 404 (for strangers: the login page, so that nothing leaks). `methods` are those allowed; HEAD goes with GET.
    A Refused raised inside the view is answered like a refusal by the policy.
    """
    allowed = (*methods, "HEAD") if "GET" in methods else tuple(methods)

    def make(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            try:
                if of is None:
                    if not policy(request.user, None):
                        return refuse(request)
                    return view(request, **kwargs)
                thing = _load(of, request, kwargs)
                if not policy(request.user, thing):
                    return refuse(request)
                return view(request, thing)
            except Refused as no:
                return refuse(request, no.reason)

        answer.policy = policy  # type: ignore[attr-defined]
        answer.allowed_methods = allowed  # type: ignore[attr-defined]
        return answer

    return make
