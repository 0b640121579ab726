"""How posts look: state, how long a text is for its network, a preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from barnraise.foundation.html import Safe, el, join
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.components import badge, data
from barnraise.plumbing.ui.sockets import kinds

from .counting import LINK
from .faults import network_faults
from .models import Message, SocialAccount, Variant
from .sockets import Network, networks

Tone = Literal["neutral", "good", "warning", "bad", "accent"]
_LOOKS: dict[str, tuple[Tone, str]] = {
    "draft": ("accent", "pencil"),
    "approved": ("accent", "check"),
    "queued": ("warning", "clock"),
    "confirmed": ("good", "circle-check"),
    "by_hand": ("good", "hand-stop"),
    "failed": ("bad", "alert-octagon"),
    "down": ("neutral", "eye-off"),
}


def state_badge(row: Variant) -> Safe:
    """The state as word, icon and colour."""
    tone, icon = _LOOKS[row.state]
    return badge(row.get_state_display(), tone=tone, icon=icon)


_STANDS: tuple[tuple[str, Any], ...] = (
    ("failed", gettext_lazy("A post failed")),
    ("queued", gettext_lazy("Being posted")),
    ("approved", gettext_lazy("To be posted")),
    ("draft", gettext_lazy("To be approved")),
    ("posted", gettext_lazy("Posted")),
    ("down", gettext_lazy("Taken down")),
)
"""What a message is said to be, by its variants: what waits first."""


def _stands(row: Message) -> tuple[str, str]:
    states = {"posted" if one.is_posted else str(one.state) for one in row.variants.all()}
    return next(((name, str(words)) for name, words in _STANDS if name in states), ("", ""))


def stands_word(row: Message) -> str:
    """How far a message is, over all its networks."""
    return _stands(row)[1]


def stands_badge(row: Message) -> Safe:
    """The same as word, icon and colour."""
    name, words = _stands(row)
    tone, icon = _LOOKS["confirmed" if name == "posted" else name or "draft"]
    return badge(words, tone=tone, icon=icon) if words else Safe("")


def title_of(network: str) -> str:
    """The network's own name."""
    found = networks.find(network)
    return found.title if found is not None else network


def network_word(network: str) -> Safe:
    """The same, as a name that is not translated."""
    return data(title_of(network))


def choices() -> list[tuple[str, str]]:
    """(name, title) of all networks."""
    return [(name, one.title) for name, one in networks.items()]


@dataclass(frozen=True, slots=True)
class Measured:
    """How a text stands to its network: "212 / 280", what the network refuses, what works badly."""

    count: int
    most: int
    faults: list[str]
    hints: list[str]
    how: Any

    @property
    def is_fit(self) -> bool:
        """The network takes it."""
        return not self.faults


def measured(row: Variant) -> Measured | None:
    """None where the network is not known any more."""
    network = networks.find(row.network)
    if network is None:
        return None
    return Measured(
        network.count(row.text),
        network.most,
        network_faults(row.text, network),
        list(network.hints(row.text)),
        network.counts_how,
    )


def preview(text: str) -> Safe:
    """The text as the network shows it: lines kept, addresses as links to look at."""
    parts: list[Any] = []
    for at, line in enumerate(text.split("\n")):
        if at:
            parts.append(el("br"))
        begin = 0
        for found in LINK.finditer(line):
            parts += [line[begin : found.start()], el("span", found[0], class_="counted")]
            begin = found.end()
        parts.append(line[begin:])
    return el("p", join(parts), translate="no")


def door(row: Variant) -> str:
    """The address that opens the network with the text in it, where it can."""
    network = networks.find(row.network)
    return network.compose(row.text, row.message.link) if network is not None else ""


def takes_text(row: Variant) -> bool:
    """Whether that address brings the text along."""
    network = networks.find(row.network)
    return network is not None and network.takes_text


def can_post(row: Variant) -> bool:
    """Whether we can post it by ourselves: there is a client, and its account is connected."""
    network: Network | None = networks.find(row.network)
    return (
        network is not None
        and network.client is not None
        and row.account is not None
        and row.account.is_connected
    )


CONNECTED, BY_HAND, ENDED = "connected", "by_hand", "ended"
ACCOUNT_STATES = ((CONNECTED, gettext_lazy("We post there")), (BY_HAND, gettext_lazy("Posted by hand")), (ENDED, gettext_lazy("Ended")))  # fmt: skip

_ACCOUNT_LOOKS: dict[str, tuple[Tone, str]] = {
    CONNECTED: ("good", "plug"),
    BY_HAND: ("neutral", "hand-stop"),
    ENDED: ("neutral", "ban"),
}


def account_state(row: SocialAccount) -> str:
    """Connected, by hand, or ended."""
    if row.ended_at is not None:
        return ENDED
    return CONNECTED if row.is_connected else BY_HAND


def account_word(row: SocialAccount) -> str:
    """The same in a word."""
    return str(dict(ACCOUNT_STATES)[account_state(row)])


def account_badge(row: SocialAccount) -> Safe:
    """The same as a badge."""
    tone, icon = _ACCOUNT_LOOKS[account_state(row)]
    return badge(account_word(row), tone=tone, icon=icon)


def has_client(row: SocialAccount) -> bool:
    """Whether there is a client for its network."""
    network = networks.find(row.network)
    return network is not None and network.client is not None


def language_word(code: str) -> str:
    """The name of a language in the reader's."""
    return str(_(dict(settings.LANGUAGES).get(code, code)))


def named(text: str) -> tuple[str, str]:
    """Title and address of what a typed reference names; empty where it is gone."""
    try:
        ref = Ref.parse(text)
    except ValueError:
        return "", ""
    described = kinds.find(ref.kind)
    title = described.titles([ref.id]).get(ref.id, "") if described else ""
    return (str(title), str(described.url(ref.id))) if described and title else ("", "")
