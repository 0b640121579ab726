"""The roles of people who log in, from most to least trusted."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an account may do in general; policies say what in particular."""

    ADMIN = "admin"
    COORDINATOR = "coordinator"
    CONTRIBUTOR = "contributor"
    VIEWER = "viewer"
    PARTNER = "partner"


TEAM = frozenset({Role.ADMIN, Role.COORDINATOR, Role.CONTRIBUTOR, Role.VIEWER})
"""Those who belong to the backbone team and may read the desk."""

WRITERS = frozenset({Role.ADMIN, Role.COORDINATOR, Role.CONTRIBUTOR})
"""Those who may record."""

LEADS = frozenset({Role.ADMIN, Role.COORDINATOR})
"""Those who may decide for the partnership: imports, bulk actions, merging, removing."""
