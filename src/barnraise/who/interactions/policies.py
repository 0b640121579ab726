"""Who may do what with interactions and next steps.

One rule for notes that only coordinators read: admins and coordinators read them, and whoever wrote one keeps reading and
changing it. Pages, lists, files, counts, timelines and the API ask `may_see` or the selection `visible`, which say the same.
Search knows roles only, so there such a note is found by admins and coordinators alone.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from barnraise.foundation.policy import anyone, leads, team, writers

from .models import Interaction, MailProposal, NextStep

may_list = team
may_write = writers
may_act_in_bulk = leads
may_sort_out = writers
"""Say who an unknown address is."""
may_file = writers
"""File mails, and have an address for it."""
may_have_feed = team
may_read_feed = anyone
"""Whoever has the secret address; without it nothing is told."""
may_open_timeline = team


def _wrote(actor: Any, thing: Any) -> bool:
    return thing.by_id is not None and thing.by_id == getattr(actor, "pk", None)


def may_see(actor: Any, interaction: Interaction | None = None) -> bool:
    """The team; what only coordinators read: those who lead, and whoever wrote it."""
    if not team(actor):
        return False
    if interaction is None or not interaction.is_restricted:
        return True
    return leads(actor) or _wrote(actor, interaction)


def may_change(actor: Any, interaction: Interaction | None = None) -> bool:
    """Whoever wrote it, while they may record, and those who lead: nobody puts words into another's mouth."""
    if interaction is None:
        return writers(actor)
    return leads(actor) or (writers(actor) and _wrote(actor, interaction))


may_remove = may_change


def may_see_step(actor: Any, step: NextStep | None = None) -> bool:
    """The team; what belongs to a note only coordinators read: those who lead, who wrote it, and who is to do it."""
    if not team(actor):
        return False
    if step is None or step.visibility == Interaction.Visibility.TEAM:
        return True
    return leads(actor) or _wrote(actor, step) or (step.owner_id is not None and step.owner_id == actor.pk)


def may_change_step(actor: Any, step: NextStep | None = None) -> bool:
    """Whoever records and may see it: next steps are the team's, and anybody may have done one."""
    return writers(actor) and may_see_step(actor, step)


def seen_by(actor: Any) -> Q | None:
    """`may_see` as a condition on rows of Interaction; None when the actor sees none of them."""
    if not team(actor):
        return None
    if leads(actor):
        return Q()
    return Q(visibility=Interaction.Visibility.TEAM) | Q(by_id=actor.pk)


def steps_seen_by(actor: Any) -> Q | None:
    """`may_see_step` as a condition on rows of NextStep; None when the actor sees none of them."""
    if not team(actor):
        return None
    if leads(actor):
        return Q()
    return read_by(actor.pk)


def read_by(account: int) -> Q:
    """Of NextStep: what an account reads that decides nothing."""
    return Q(visibility=Interaction.Visibility.TEAM) | Q(by_id=account) | Q(owner_id=account)


def may_see_proposal(actor: Any, proposal: MailProposal | None = None) -> bool:
    """Whoever may read the mail it stood in."""
    return may_see(actor, proposal.interaction if proposal else None)


def may_decide_proposal(actor: Any, proposal: MailProposal | None = None) -> bool:
    """Whoever records and may read the mail."""
    return may_sort_out(actor) and may_see_proposal(actor, proposal)
