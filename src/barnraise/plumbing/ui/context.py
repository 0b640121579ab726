"""What every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from barnraise.foundation.policy import anyone

from . import navigation
from .sockets import Surroundings, surroundings


def outside(request: HttpRequest) -> Surroundings | None:
    """What stands around this page for a stranger, where it is one that everybody may open; the first that is there."""
    match = getattr(request, "resolver_match", None)
    if match is None or getattr(match.func, "policy", None) is not anyone:
        return None
    return next((found for _name, look in surroundings.items() if (found := look(request)) is not None), None)


def page(request: HttpRequest) -> dict[str, Any]:
    """`rail`: floors with the pages this reader may open; floors without stay hidden. `theme`: the reader's choice.

    `outside`: what stands around pages for everybody, in place of the rail. `origin`: how addresses of this installation begin.
    """
    known: dict[str, Any] | None = getattr(request, "frame", None)
    if known is None:
        user = getattr(request, "user", None)
        is_known = user is not None and user.is_authenticated
        known = {
            "rail": navigation.rail(request) if is_known else [],
            "outside": None if is_known else outside(request),
            "origin": settings.BARNRAISE_URL,
            "theme": getattr(user, "theme", "") or "auto",
        }
        # Parts of a page that are templates of their own ask again.
        request.frame = known  # type: ignore[attr-defined]
    return known
