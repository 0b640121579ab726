"""What rooms above tell accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from barnraise.foundation.registry import Socket


@dataclass(frozen=True, slots=True)
class House:
    """What mails to newcomers need to know: the partnership's name ("" when it has none yet) and its language."""

    name: str
    language: str


houses: Socket[Callable[[], House]] = Socket(
    "accounts.houses",
    doc="Gives the partnership's name and language for mails to people who have no account yet.",
)


def house() -> House:
    """The first plug's answer, else no name and the language of the settings."""
    for tell in houses:
        return tell()
    return House(name="", language=settings.LANGUAGE_CODE)


tongues: Socket[Callable[[str], str]] = Socket(
    "accounts.tongues",
    doc="Tells which language the reader of an e-mail address prefers, empty when nobody knows.",
)


def tongue_of(address: str) -> str:
    """The language to write to this address in, empty when no plug knows it."""
    return next((found for tell in tongues if (found := tell(address))), "")


roles: Socket[Callable[[Any], None]] = Socket(
    "accounts.roles",
    doc="Follows an account that came or got another role, in the same transaction: what another program keeps of roles.",
)


def role_given(account: Any) -> None:
    """Tell every plug what the account may do from now on."""
    for follow in roles:
        follow(account)
