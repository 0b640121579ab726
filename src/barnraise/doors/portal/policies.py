"""Who may see what in the portal: whoever is there for an organisation sees what concerns it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from barnraise.foundation.policy import anyone, role_of, writers
from barnraise.foundation.roles import Role
from barnraise.who.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody in the portal: for which organisation, who it is where that is known, and by which account if by one."""

    organisation: Organisation
    name: str = ""
    person: int | None = None
    account: Any = None


is_public = anyone
may_send = writers
"""May send a partner the mail with its way in."""


def is_partner(actor: Any, thing: Any = None) -> bool:
    """An account of the role partner."""
    return role_of(actor) == Role.PARTNER


def may_enter(visitor: Any, thing: Any = None) -> bool:
    """Whoever came in for an organisation; strangers and the team do not pass here."""
    return isinstance(visitor, Visitor)


def may_see_promise(visitor: Any, promise: Any) -> bool:
    """Promises by and to its organisation."""
    key = visitor.organisation.pk if may_enter(visitor) else None
    return key is not None and key in {promise.organisation_id, promise.to_organisation_id}


def may_settle_promise(visitor: Any, promise: Any) -> bool:
    """Its own promises, to us and to other partners."""
    return (
        may_see_promise(visitor, promise)
        and promise.organisation_id == visitor.organisation.pk
        and promise.direction in {"theirs", "between"}
    )


def may_see_meeting(visitor: Any, meeting: Any) -> bool:
    """Meetings that it was asked to and that are shared."""
    if not may_enter(visitor) or not meeting.is_shared:
        return False
    found: bool = meeting.attendances.filter(organisation_id=visitor.organisation.pk).exists()
    return found


def may_see_concern(visitor: Any, concern: Any) -> bool:
    """Concerns that it raised; never those about it, and none that is confidential."""
    if concern.is_confidential:
        return False
    return may_enter(visitor) and concern.organisation_id == visitor.organisation.pk


def may_see_report(visitor: Any, report: Any) -> bool:
    """Numbers that it is asked for."""
    return may_enter(visitor) and report.organisation_id == visitor.organisation.pk
