"""What the website changes in Wagtail's editor: no reports, no settings that are the house's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

HIDDEN = frozenset({"reports", "help", "settings"})


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def only_what_is_used(request: HttpRequest, items: list[Any]) -> None:
    """Pages, pictures and files; accounts, languages and the rest are set in the desk."""
    items[:] = [item for item in items if item.name not in HIDDEN]
