"""Below /api/, also what Django answers by itself (unknown address, wrong method, too large) is problem+json."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from barnraise.plumbing.ui.rest import PROBLEM_TYPE, TITLES, problem_body


class ProblemResponses:
    """Turns HTML errors below /api/ into problem+json."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_plain = not response.get("Content-Type", "").startswith(("application/json", PROBLEM_TYPE))
        if request.path.startswith("/api/") and response.status_code >= 400 and is_plain:
            body = problem_body(
                response.status_code,
                TITLES.get(response.status_code, "An error on our side; nothing was changed."),
            )
            response.content = json.dumps(body).encode()
            response["Content-Type"] = PROBLEM_TYPE
            response["Content-Length"] = str(len(response.content))
        return response
