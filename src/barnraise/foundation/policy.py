"""One question, "may this actor do that to this thing?", and one shape for its answers.

A policy is a plain function `(actor, thing) -> bool` in a room's `policies.py`; `thing` is None when the
question is about the room as a whole (may I see the list, may I add one). Views, API, buttons and jobs ask the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Protocol

from barnraise.foundation.roles import LEADS, TEAM, WRITERS, Role


class Actor(Protocol):
    """Whoever asks: an account, or a stranger (is_authenticated False, no role)."""

    @property
    def is_authenticated(self) -> bool: ...


Policy = Callable[[Any, Any], bool]


class Refused(Exception):
    """A policy said no. `reason` is a sentence for the person who asked."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


def role_of(actor: Any) -> str:
    """The actor's role, "" for strangers and for accounts that may not log in."""
    if not getattr(actor, "is_authenticated", False) or not getattr(actor, "is_active", False):
        return ""
    return str(getattr(actor, "role", ""))


def has_role(actor: Any, roles: Collection[Role]) -> bool:
    """True when the actor is logged in, active, and has one of these roles."""
    return role_of(actor) in {str(role) for role in roles}


def team(actor: Any, thing: Any = None) -> bool:
    """Anyone of the team: admin, coordinator, contributor, viewer."""
    return has_role(actor, TEAM)


def writers(actor: Any, thing: Any = None) -> bool:
    """Those who record: admin, coordinator, contributor."""
    return has_role(actor, WRITERS)


def leads(actor: Any, thing: Any = None) -> bool:
    """Those who decide: admin, coordinator."""
    return has_role(actor, LEADS)


def admins(actor: Any, thing: Any = None) -> bool:
    """Admins only."""
    return has_role(actor, {Role.ADMIN})


def signed_in(actor: Any, thing: Any = None) -> bool:
    """Any active account, partners too."""
    return role_of(actor) != ""


def anyone(actor: Any, thing: Any = None) -> bool:
    """Strangers too. Allowed only on the public list of URLs (a house test)."""
    return True


def nobody(actor: Any, thing: Any = None) -> bool:
    """A page that a library brings and Barnraise does not use."""
    return False


def require(policy: Policy, actor: Any, thing: Any = None, *, reason: str = "") -> None:
    """Raise Refused unless `policy(actor, thing)`. Services call it too, so that no door forgets."""
    if not policy(actor, thing):
        raise Refused(reason)
