"""Facebook."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from ...counting import utf16
from ...sockets import Network


def _compose(text: str, link: str) -> str:
    if not link:
        return "https://www.facebook.com/"
    return f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': link})}"


NETWORK = Network(
    title="Facebook",
    icon="world",
    most=63206,
    count=utf16,
    compose=_compose,
    takes_text=False,
    counts_how=_("Characters; links count as they are written."),
)
