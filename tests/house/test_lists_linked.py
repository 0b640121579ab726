"""No list is a dead end: what the rail does not have is led to from the heading of another list, and leads back to the rail."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui.sockets import navigation

from .test_policies import every_url

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    # "list": which page leads to it instead
    "audiences:members": "the page of each audience",
    "discovery:list": "the ranking of candidates, which is a page of its own",
    "interactions:proposals": "the card of unknown addresses on Today",
    "snoozes:list": "the foot of Today",
}


def _led_to(page: str) -> set[str]:
    """Where the heading of a page leads."""
    actions = page.partition("<h1")[2].partition('<div class="actions">')[2].partition("</div>")[0]
    return {urlsplit(one).path for one in re.findall(r'href="([^"]+)"', actions)}


def test_every_list_is_led_to_and_leads_back(ada: Account) -> None:
    client = Client()
    client.force_login(ada)
    lists = {
        name: reverse(name)
        for name, part, route in every_url()
        if hasattr(part.callback, "list_page") and "<" not in route
    }
    assert len(lists) > 60
    leads = {path: _led_to(client.get(path).content.decode()) for path in lists.values()}
    back = {reverse(one.url_name) for _name, one in navigation.items()}
    reached = set.union(back, *leads.values())
    assert sorted(name for name, path in lists.items() if path not in reached) == sorted(ELSEWHERE)
    while more := {path for path, there in leads.items() if path not in back and there & back}:
        back |= more
    assert [name for name, path in lists.items() if path not in back and name not in ELSEWHERE] == []
