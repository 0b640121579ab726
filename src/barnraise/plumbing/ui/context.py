"""What every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from . import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """`rail`: floors with the pages this reader may open; floors without stay hidden. `theme`: the reader's choice."""
    known: dict[str, Any] | None = getattr(request, "frame", None)
    if known is None:
        user = getattr(request, "user", None)
        known = {
            "rail": navigation.rail(request) if user is not None and user.is_authenticated else [],
            "theme": getattr(user, "theme", "") or "auto",
        }
        # Parts of a page that are templates of their own ask again.
        request.frame = known  # type: ignore[attr-defined]
    return known
