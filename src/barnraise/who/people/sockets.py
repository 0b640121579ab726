"""What upper rooms may plug into a person's page."""

from __future__ import annotations

from barnraise.foundation.registry import Socket
from barnraise.plumbing.ui.sockets import Panel

panels: Socket[Panel] = Socket(
    "people.panels",
    doc="A panel on a person's page: title, policy, template, select(actor, person).",
)
