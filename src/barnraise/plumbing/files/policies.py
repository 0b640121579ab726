"""Who may open, add and change files: a file is never more open than the thing it is about."""

from __future__ import annotations

from typing import Any

from barnraise.foundation.policy import has_role, leads, team, writers
from barnraise.foundation.roles import Role
from barnraise.plumbing.ui.sockets import kinds

from .models import File


def _may_see_its_subject(actor: Any, file: File) -> bool:
    known = kinds.find(file.kind) if file.kind else None
    return known is None or known.policy(actor, None)


def _owns(actor: Any, file: File) -> bool:
    return has_role(actor, set(Role)) and file.owner_id is not None and file.owner_id == actor.pk


def may_see(actor: Any, file: File | None = None) -> bool:
    """The team what is for the team, whoever added it and those who lead also what is private."""
    if file is None:
        return team(actor)
    if not team(actor) or not _may_see_its_subject(actor, file):
        return False
    return file.visibility == File.Visibility.TEAM or leads(actor) or _owns(actor, file)


may_add = writers


def may_change(actor: Any, file: File | None = None) -> bool:
    """Whoever added it, while they may record, and those who lead."""
    if file is None:
        return writers(actor)
    return may_see(actor, file) and (leads(actor) or (writers(actor) and _owns(actor, file)))
