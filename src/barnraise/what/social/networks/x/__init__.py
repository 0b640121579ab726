"""X."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from ...counting import on_x
from ...sockets import Network


def _compose(text: str, link: str) -> str:
    return f"https://x.com/intent/post?{urlencode({'text': text})}"


NETWORK = Network(
    title="X",
    icon="message",
    most=280,
    count=on_x,
    compose=_compose,
    counts_how=_("A link counts 23, an emoji 2, Chinese, Japanese and Korean signs 2 each."),
)
