"""Who may do what with concerns: the team reads, those who record write, those who lead take away.

A confidential one is for whoever sees to it and for those who lead, whatever they do with it.
"""

from __future__ import annotations

from typing import Any

from barnraise.foundation.policy import admins, leads, team, writers


def _is_let_in(actor: Any, thing: Any) -> bool:
    """`thing` is a concern, an answer to one, or what else a page is about: an organisation, nothing."""
    issue = getattr(thing, "issue", thing)
    if not getattr(issue, "is_confidential", False):
        return True
    return leads(actor) or issue.owner_id == actor.pk


def may_see(actor: Any, thing: Any = None) -> bool:
    """The team; a confidential one its owner and those who lead."""
    return team(actor) and _is_let_in(actor, thing)


def may_edit(actor: Any, thing: Any = None) -> bool:
    """Those who record; a confidential one its owner and those who lead."""
    return writers(actor) and _is_let_in(actor, thing)


may_set_clocks = admins
"""Say how long answers may take."""
may_oversee = leads
"""Sees on Today whatever is past its clock, whoever sees to it."""
may_remove = leads
"""Take away one that was raised by mistake; any other is resolved or declined."""
