"""Who may read the journal, and who may take back what an import or bulk action did."""

from __future__ import annotations

from typing import Any

from barnraise.foundation.policy import leads, team, writers
from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui.sockets import kinds

may_see = team


def may_see_thing(actor: Any, ref: Ref | None) -> bool:
    """Whoever reads the journal and may open things of that kind reads what happened to one of them."""
    if not may_see(actor):
        return False
    described = kinds.find(ref.kind) if ref else None
    return described is None or described.policy(actor, None)


def may_undo(actor: Any, change_set: Any = None) -> bool:
    """Those who decide undo anything; others who record undo what they did themselves."""
    if leads(actor):
        return True
    own = change_set is not None and change_set.by_id is not None and change_set.by_id == actor.pk
    return own and writers(actor)
