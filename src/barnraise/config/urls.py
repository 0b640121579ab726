"""Every room's `urls.py` at its own prefix; libraries' pages last."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from .rooms import ROOMS


def room_urls() -> list[URLResolver | URLPattern]:
    """One include for each room that has pages; `prefix` in its urls.py says where ("who/organisations/")."""
    found: list[URLResolver | URLPattern] = []
    for room in ROOMS:
        if find_spec(f"{room}.urls"):
            module = import_module(f"{room}.urls")
            found.append(path(module.prefix, include(module)))
    return found


urlpatterns = [
    *room_urls(),
    path("account/", include("barnraise.config.library_urls")),
]
