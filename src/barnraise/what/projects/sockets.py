"""What rooms plug into projects."""

from __future__ import annotations

from barnraise.foundation.registry import Socket
from barnraise.plumbing.ui.sockets import Panel

panels: Socket[Panel] = Socket(
    "projects.panels", doc="A panel on a project's page: title, policy, template, select(actor, project)."
)
