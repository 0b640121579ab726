"""What upper rooms may plug into an organisation's page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

from barnraise.foundation.policy import Policy
from barnraise.foundation.registry import Socket
from barnraise.plumbing.ui.sockets import Panel

panels: Socket[Panel] = Socket(
    "organisations.panels",
    doc="A panel on an organisation's page: title, policy, template, select(actor, organisation).",
)


class Following(Protocol):
    """Brings in line what another room wrote down of the names of organisations."""

    def __call__(self, keys: Collection[int], *, by: Any) -> None:
        """These have other names now, in the caller's transaction."""
        ...


renamed: Socket[Following] = Socket(
    "organisations.renamed",
    doc="What follows when organisations get other names: follow(keys, by=), in the transaction of the write.",
)


@dataclass(frozen=True, slots=True)
class Matching:
    """What may be done with a give that fits an ask: `address(give, ask)`, keys of exchanges, opens the page where it is done."""

    title: Any
    policy: Policy
    address: Callable[[int, int], str]


matches: Socket[Matching] = Socket(
    "organisations.matches",
    doc="What may be done with a give that fits one of our asks: title, policy, address(give, ask).",
)
