"""Mastodon: the one network with a client of its own."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from ...counting import on_mastodon
from ...sockets import Network
from .client import Mastodon


def _compose(text: str, link: str) -> str:
    return f"https://share.joinmastodon.org/#{urlencode({'text': text})}"


NETWORK = Network(
    title="Mastodon",
    icon="brand-mastodon",
    most=500,
    count=on_mastodon,
    compose=_compose,
    client=Mastodon(),
    needs_server=True,
    counts_how=_("A link counts 23, of @name@server only @name; characters as people see them."),
)
