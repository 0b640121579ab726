"""LinkedIn."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from ...counting import utf16
from ...sockets import Network


def _compose(text: str, link: str) -> str:
    return f"https://www.linkedin.com/feed/?{urlencode({'shareActive': 'true', 'text': text})}"


NETWORK = Network(
    title="LinkedIn",
    icon="briefcase",
    most=3000,
    count=utf16,
    compose=_compose,
    counts_how=_("Characters; links count as they are written."),
)
