from __future__ import annotations

from typing import Any

from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from barnraise.foundation.policy import anyone

from .policies import asked_by_operation
from .server import api

prefix = "api/v1/"


def _with_policies() -> Any:
    found: Any = api.urls
    patterns, app_name, namespace = found
    for pattern in patterns:
        public = getattr(pattern, "name", "") in {"openapi-json", "api-root"}
        if public:
            # They only read, so no form's token is wanted: other methods are told 405.
            pattern.callback = csrf_exempt(require_safe(pattern.callback))
        setattr(pattern.callback, "policy", anyone if public else asked_by_operation)  # noqa: B010 - a function's attribute
    return patterns, app_name, namespace


urlpatterns = [path("", _with_policies())]
