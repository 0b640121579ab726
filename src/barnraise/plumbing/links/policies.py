"""Who may read and make short links. Following one is for anyone; a signed link carries its own permission."""

from __future__ import annotations

from typing import Any

from barnraise.foundation.policy import leads, team, writers

from .models import ShortLink

may_see = team
may_create = writers


def may_change(actor: Any, link: ShortLink | None = None) -> bool:
    """Whoever made it, while they may record, and those who lead."""
    if leads(actor):
        return True
    return writers(actor) and (link is None or link.created_by_id == actor.pk)
