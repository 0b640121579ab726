"""Who may do what with mails: the team reads them, those who record write them, those who lead lift a suppression."""

from __future__ import annotations

from typing import Any

from barnraise.foundation.policy import leads, team, writers

from .models import Message, Suppression

may_see = team
may_write = writers
may_take = writers
"""Take in a notice of a mail server."""
may_suppress = writers


def may_change(actor: Any, message: Message | None = None) -> bool:
    """Change or cancel a mail that waits: whoever wrote it, and those who lead."""
    return leads(actor) or (
        writers(actor) and (message is None or message.by_id is None or message.by_id == actor.pk)
    )


def may_lift(actor: Any, suppression: Suppression | None = None) -> bool:
    """Let mails go to an address again: those who lead, for whoever is written to against their will complains."""
    return leads(actor)
