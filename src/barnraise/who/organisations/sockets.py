"""What upper rooms may plug into an organisation's page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Protocol

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
