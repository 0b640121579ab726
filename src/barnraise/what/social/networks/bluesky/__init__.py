"""Bluesky."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...counting import octets, on_bluesky
from ...sockets import Network

MOST_OCTETS = 3000


def _compose(text: str, link: str) -> str:
    return f"https://bsky.app/intent/compose?{urlencode({'text': text})}"


def _faults(text: str) -> Sequence[str]:
    many = octets(text)
    if many > MOST_OCTETS:
        return [
            _("It takes %(many)s octets; at most %(most)s are taken.") % {"many": many, "most": MOST_OCTETS}
        ]
    return []


NETWORK = Network(
    title="Bluesky",
    icon="sun",
    most=300,
    count=on_bluesky,
    compose=_compose,
    faults=_faults,
    counts_how=gettext_lazy("Characters as people see them; links count as they are written."),
)
