"""What the website changes in Wagtail's editor: no reports, no settings that are the house's; its colours, and the way back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from barnraise.foundation.html import Safe, el

from .services import index_pages, index_website

HIDDEN = frozenset({"reports", "help", "settings"})


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def only_what_is_used(request: HttpRequest, items: list[Any]) -> None:
    """Pages, pictures and files; accounts, languages and the rest are set in the desk."""
    items[:] = [item for item in items if item.name not in HIDDEN]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def back() -> MenuItem:
    """The way back to the desk."""
    return MenuItem(
        _("Back to Barnraise"), reverse("site:overview"), name="barnraise", icon_name="arrow-left", order=9000
    )


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def colours() -> Safe:
    """Those of the house."""
    return el("link", rel="stylesheet", href=static("site/editor.css"))


@hooks.register("after_create_page")  # type: ignore[untyped-decorator]
@hooks.register("after_edit_page")  # type: ignore[untyped-decorator]
@hooks.register("after_publish_page")  # type: ignore[untyped-decorator]
@hooks.register("after_unpublish_page")  # type: ignore[untyped-decorator]
def found_again(request: HttpRequest, page: Any) -> None:
    """Search finds the page as it is now."""
    index_pages([page])


@hooks.register("after_delete_page")  # type: ignore[untyped-decorator]
@hooks.register("after_copy_page")  # type: ignore[untyped-decorator]
@hooks.register("after_bulk_action")  # type: ignore[untyped-decorator]
def all_found_again(request: HttpRequest, *_what: Any) -> None:
    """Search finds what is there after many pages changed at once."""
    index_website()
