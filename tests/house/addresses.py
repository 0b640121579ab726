"""Every address of the resolver with its example, for tests and tools."""

from __future__ import annotations

import re

from django.core.exceptions import ObjectDoesNotExist
from django.urls import NoReverseMatch, get_resolver, reverse

from barnraise.plumbing.ui.middleware import foreign_policies

from .test_policies import every_url
from .world import build, path_of

NO_PAGE = {
    # downloads, redirects and fragments: asked for, but nothing to look at; those by key lead on to a page
    "accounts:confirm_email",
    "communities:geojson",
    "communities:measure_csv",
    "communities:outlines",
    "desk:favicon",
    "desk:health",
    "desk:manifest",
    "desk:palette",
    "desk:robots",
    "desk:sample_state",
    "desk:welcome",
    "files:download",
    "indicators:rows_csv",
    "imports:findings_csv",
    "imports:template",
    "interactions:about",
    "interactions:calendar",
    "interactions:who",
    "jobs:progress",
    "journal:table",
    "links:follow",
    "links:qr-png",
    "links:qr-svg",
    "mfa_download_recovery_codes",
    "organisations:points",
    "people:card",
    "playbooks:file",
    "recognition:paper",
    "reports:pdf",
    "reports:xlsx",
    "site:picture",
    "site:share_card",
    "site:sitemap",
    "stories:picture",
    "wagtaildocs_serve",
    # Wagtail's own page: words, styles and their reach are its own; that it opens, and to whom, the table of answers says
    "wagtailadmin_home",
}
"""Addresses that GET answers with something other than a page of its own."""

FILES = (".csv", ".ics", ".png", ".svg", ".vcf")
"""How the address of a file ends."""


def addresses(*, is_whole: bool = True) -> list[tuple[str, str, tuple[str, ...]]]:
    """(URL name, path of an example, methods) of everything but the API and what is closed. GET first where it is allowed.

    `is_whole`: an address without an example is an error; else it is named on the standard output and left out.
    """
    closed = {name for name, policy in foreign_policies().items() if policy.__name__ == "nobody"}
    found = []
    for name, part, route in every_url():
        if name.startswith("api:") or name in closed:
            continue
        arguments = re.findall(r"<(?:[a-z]+:)?([a-z0-9_]+)>", route)
        methods = getattr(part.callback, "allowed_methods", ("GET", "POST"))
        try:
            found.append((name, path_of(name, arguments), tuple(methods)))
        except (NoReverseMatch, ObjectDoesNotExist):
            if is_whole:
                raise
            print(f"no example of {name} in this database")
    return found


def pages(*, make_world: bool = True) -> list[dict[str, str]]:
    """Name and path of every page a GET opens, as the picture tool wants them."""
    if make_world:
        build()
    return [
        {"name": name, "path": path}
        for name, path, methods in addresses(is_whole=make_world)
        if "GET" in methods
        and name not in NO_PAGE
        and not name.endswith("by_key")
        and not path.endswith(FILES)
    ]


__all__ = ["NO_PAGE", "addresses", "get_resolver", "pages", "reverse"]
