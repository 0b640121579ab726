"""Instagram."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...counting import hashtags, links, utf16
from ...sockets import Network

MOST_TAGS = 30


def _compose(text: str, link: str) -> str:
    return "https://www.instagram.com/"


def _faults(text: str) -> Sequence[str]:
    many = hashtags(text)
    if many > MOST_TAGS:
        return [
            _("It has %(many)s hashtags; at most %(most)s are taken.") % {"many": many, "most": MOST_TAGS}
        ]
    return []


def _hints(text: str) -> Sequence[str]:
    found = [_("A post there needs a picture.")]
    if links(text):
        found.append(_("Links in a caption cannot be followed: say where to find it instead."))
    return found


NETWORK = Network(
    title="Instagram",
    icon="photo",
    most=2200,
    count=utf16,
    compose=_compose,
    faults=_faults,
    hints=_hints,
    takes_text=False,
    counts_how=gettext_lazy("Characters; links count as they are written."),
)
