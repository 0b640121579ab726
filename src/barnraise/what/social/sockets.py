"""What rooms give posts: networks, and things that posts are drafted from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from barnraise.foundation.refs import Ref
from barnraise.foundation.registry import Socket


class Away(Exception):
    """The network did not answer, or asked to come again later: it is tried again."""


class No(Exception):
    """The network refused, and will refuse it again. The message is its reason, for people."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a client gets in: the server, and the secret of the account."""

    server: str
    secret: str


@dataclass(frozen=True, slots=True)
class Posted:
    """What a network confirmed: the address of the post, and how the network calls it."""

    address: str
    remote_id: str


class Client(Protocol):
    """Speaks with a network. Raises Away or No; never logs or tells the secret."""

    def whose(self, access: Access) -> tuple[str, str]:
        """Whose account it is: its name and its public address."""

    def publish(self, access: Access, text: str, *, key: str, language: str) -> Posted:
        """Post the text; asked again with the same `key`, the same post is confirmed and none is added."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network people post to.

    `count(text)` is how long it takes a text to be, `most` the longest it takes; `faults(text)` what else it refuses, `hints(text)` what
    works badly there. `compose(text, link)` is the address that opens the network with the text in it, or its front page.
    `client` posts by itself where the account is connected; `needs_server` where each account names its own server.
    """

    title: str
    icon: str
    most: int
    count: Callable[[str], int]
    compose: Callable[[str, str], str]
    faults: Callable[[str], Sequence[str]] = lambda text: ()
    hints: Callable[[str], Sequence[str]] = lambda text: ()
    client: Client | None = None
    needs_server: bool = False
    takes_text: bool = True
    counts_how: Any = ""


networks: Socket[Network] = Socket(
    "social.networks",
    doc="By name: a network people post to: its way of counting, its limits, its front door, and a client where there is one.",
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a thing says about itself in one language: the words of a message and the address they lead to."""

    name: str
    text: str
    link: str
    language: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A kind of thing that messages are drafted from.

    `choices()` gives (key, title) of those that can be told now; `drafted(key, language)` its words, None when it is gone;
    `hindrances(refs)` why nothing may be posted any more about those of these of which nothing may; asked once for many.
    """

    label: Any
    choices: Callable[[], Sequence[tuple[int, str]]]
    drafted: Callable[[int, str], Drafted | None]
    hindrances: Callable[[Collection[Ref]], Mapping[Ref, str]] = lambda refs: {}


origins: Socket[Origin] = Socket(
    "social.origins",
    doc='By kind ("label.model"): what messages are drafted from: choices, the words, and why it may be told no more.',
)
