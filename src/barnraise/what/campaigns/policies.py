"""Who may do what with campaigns: the team reads, those who record write, those who lead approve, and not what they wrote."""

from __future__ import annotations

from typing import Any

from barnraise.foundation.policy import leads, team, writers
from barnraise.foundation.roles import LEADS
from barnraise.plumbing.accounts.models import Account

from .models import Campaign

may_see = team
may_write = writers


def may_edit(actor: Any, campaign: Campaign | None = None) -> bool:
    """Change what it says while it has not gone."""
    return writers(actor) and (campaign is None or campaign.is_open)


def may_approve(actor: Any, campaign: Campaign | None = None) -> bool:
    """Those who lead, but not who wrote it last; a house in which nobody else leads approves its own."""
    if not leads(actor):
        return False
    if campaign is None or campaign.changed_by_id != actor.pk:
        return True
    others = Account.objects.filter(role__in=[str(role) for role in LEADS], is_active=True).exclude(
        pk=actor.pk
    )
    return not others.exists()


may_send = writers
"""What was approved may be sent by whoever writes."""
may_cancel = writers


def may_remove(actor: Any, campaign: Campaign | None = None) -> bool:
    """One that never went."""
    return leads(actor) and (campaign is None or campaign.started_at is None)
