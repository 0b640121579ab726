"""What upper rooms may plug into an organisation's page."""

from __future__ import annotations

from barnraise.foundation.registry import Socket
from barnraise.plumbing.ui.sockets import Panel

panels: Socket[Panel] = Socket(
    "organisations.panels",
    doc="A panel on an organisation's page: title, policy, template, select(actor, organisation).",
)
