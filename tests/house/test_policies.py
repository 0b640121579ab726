"""Every URL asks a policy; an always-true one stands on the public list."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from barnraise.doors.api.policies import asked_by_operation
from barnraise.doors.api.server import api
from barnraise.foundation.policy import anyone
from barnraise.plumbing.ui.middleware import foreign_policies

EDITOR, EDITORS_FRONT = "site/edit/", "wagtailadmin_home"
"""Wagtail's own pages, some two hundred, stand for one: all are guarded alike, as a test of doors/site says of each."""
OF_THE_SITE = ("site:", "wagtail")
"""How names of the website's addresses begin: an installation without the website has none of them."""


def public_urls() -> set[str]:
    """Names on the list of what strangers may open, as far as this installation has them."""
    lines = (Path(__file__).parent / "public_urls.txt").read_text().splitlines()
    found = {line.split("#")[0].strip() for line in lines} - {""}
    return {name for name in found if settings.ENVIRONMENT.site or not name.startswith(OF_THE_SITE)}


PUBLIC = public_urls()


def every_url(resolver: URLResolver | None = None, space: str = "", prefix: str = ""):
    """(view name, pattern, whole route) of everything the resolver knows."""
    for part in (resolver or get_resolver()).url_patterns:
        if isinstance(part, URLResolver):
            inner = f"{space}{part.namespace}:" if part.namespace else space
            yield from every_url(part, inner, prefix + str(part.pattern))
        elif isinstance(part, URLPattern):
            name, whole = f"{space}{part.name}", prefix + str(part.pattern)
            if name == EDITORS_FRONT or not whole.startswith(EDITOR):
                yield name, part, whole


def test_every_url_has_a_name_and_a_policy():
    foreign = foreign_policies()
    bad = [
        name
        for name, part, _ in every_url()
        if part.name is None or not (getattr(part.callback, "policy", None) or foreign.get(name))
    ]
    assert bad == []


def test_only_the_public_list_lets_strangers_in():
    foreign = foreign_policies()
    open_to_all = {
        name
        for name, part, _ in every_url()
        if (getattr(part.callback, "policy", None) or foreign.get(name)) is anyone
    }
    assert open_to_all == PUBLIC


def test_every_operation_of_the_api_asks_a_policy_of_its_own():
    bad = []
    for path, view in ((p, v) for _, router in api._routers for p, v in router.path_operations.items()):
        for operation in view.operations:
            policy = getattr(operation.view_func, "policy", None)
            if policy is None or policy in {anyone, asked_by_operation}:
                bad.append(f"{operation.methods} {path}")
    assert bad == []
