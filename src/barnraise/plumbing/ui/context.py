"""What every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from .sockets import FLOORS, navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """`rail`: floors with the navigation items this actor may open; floors without items stay hidden."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    items = [item for item in navigation if item.policy(request.user, None)]
    rail = [{"floor": floor, "items": [i for i in items if i.floor == floor]} for floor in FLOORS]
    return {"rail": [part for part in rail if part["items"]], "here": here}
