"""What counts as a visit."""

from __future__ import annotations

from django.http import HttpRequest

from ..addresses import is_program


def is_visit(request: HttpRequest) -> bool:
    """Somebody opens it to read it: no program that says so, and nothing that a browser fetches ahead."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    is_ahead = "prefetch" in purpose
    return request.method == "GET" and not is_ahead and not is_program(request.headers.get("User-Agent", ""))
