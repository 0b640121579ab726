"""Who may take files in: those who decide for the partnership. The team may read what came of it."""

from __future__ import annotations

from typing import Any

from barnraise.foundation.policy import leads, team

from .models import Import
from .sockets import nouns


def may_see(actor: Any, thing: Any = None) -> bool:
    """The team, and of an import those whom its noun lets read. `thing` is an import, or begins with one."""
    batch = thing[0] if isinstance(thing, tuple) else thing
    noun = nouns.find(batch.noun) if isinstance(batch, Import) else None
    return team(actor) and (noun is None or getattr(noun, "may_read", team)(actor, batch))


may_import = leads
may_undo = leads
