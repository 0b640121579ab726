"""What stands around every public page: menu, languages, what search engines and shared links are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from wagtail.models import Page

from .house import house_name


def here() -> str:
    """The language that is active, as the addresses of the website call it."""
    codes = dict(settings.LANGUAGES)
    active = (get_language() or settings.LANGUAGE_CODE).lower()
    return (
        active if active in codes else active.partition("-")[0] if active.partition("-")[0] in codes else "en"
    )


def homes() -> dict[str, Page]:
    """The home pages that are live, by language."""
    rows = Page.objects.filter(depth=2, live=True, content_type__app_label="site").select_related("locale")
    return {row.locale.language_code: row for row in rows}


def frame(request: HttpRequest, *, page: Any = None, path: str = "") -> dict[str, Any]:
    """Menu and languages around a page of the editors, or around one of the house, whose `path` below the language is given."""
    fronts = homes()
    home = fronts.get(here())
    menu = list(home.get_children().live().public().in_menu()) if home is not None else []
    return {
        "house": house_name() or "Barnraise",
        "home_url": f"/{here()}/",
        "menu": [
            {
                "title": one.title,
                "url": one.get_url(request),
                "is_here": page is not None and page.url_path.startswith(one.url_path),
            }
            for one in menu
        ],
        "languages": _languages(request, fronts, page, path),
        "canonical": settings.BARNRAISE_URL + request.path,
        "site_url": settings.BARNRAISE_URL,
    }


def _languages(
    request: HttpRequest, fronts: Mapping[str, Page], page: Any, path: str
) -> list[dict[str, Any]]:
    """Every language the website has: its name and the same page in it, or its home page where there is none."""
    same: dict[str, Any] = {}
    if page is not None and page.pk:
        rows = page.get_translations(inclusive=True).live().select_related("locale")
        same = {row.locale.language_code: row.get_url(request) for row in rows}
    elif path:
        same = {code: f"/{code}/{path}" for code in fronts}
    return [
        {
            "code": code,
            "name": name,
            "url": same.get(code) or f"/{code}/",
            "is_same": code in same,
            "is_here": code == here(),
        }
        for code, name in settings.LANGUAGES
        if code in fronts
    ]


def address(name: str, language: str, *args: Any) -> str:
    """The address of a page of the house in a language."""
    with translation.override(language):
        return reverse(name, args=args)
