"""Who may see and steer background work: leads all of it, others their own."""

from __future__ import annotations

from typing import Any

from barnraise.foundation.policy import leads, signed_in, team


def may_list(actor: Any, thing: Any = None) -> bool:
    """The team may open the list; it shows what each may see."""
    return team(actor)


def may_see(actor: Any, job: Any = None) -> bool:
    """Leads see every job, others those they started."""
    if job is None:
        return signed_in(actor)
    return leads(actor) or (signed_in(actor) and job.by_id is not None and job.by_id == actor.pk)


def may_steer(actor: Any, job: Any = None) -> bool:
    """Cancel or try again: whoever may see it."""
    return may_see(actor, job)
