"""Vote: one voice each, which may think again until the vote closes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record

from ..models import Decision, Proposal, Voice, Vote
from ..models.proposal import State
from ..tally import faults

Stage = Decision.Stage


def vote(
    decision: Decision, *, ranks: Mapping[int, int], key: str, respondent: Ref | None = None, by: Any = None
) -> Voice:
    """Keep the votes of one voice, in place of what it voted before. Raises ValidationError, and nothing is kept.

    `key` tells the voice from every other; `respondent` is whose it is, where somebody had a personal link.
    """
    if not decision.takes(Stage.VOTING, timezone.localdate()):
        raise ValidationError({"ranks": _("The vote is not open now.")})
    offered = Proposal.objects.filter(decision=decision, state=State.SHOWN).values_list("pk", flat=True)
    found = faults(ranks, offered, decision.method, decision.most)
    if found:
        raise ValidationError({"ranks": found})
    now = timezone.now()
    with transaction.atomic():
        Decision.objects.select_for_update().get(pk=decision.pk)
        wanted = {"respondent": str(respondent)} if respondent else {"key": key}
        voice, is_new = Voice.objects.get_or_create(
            decision=decision,
            **wanted,
            defaults={
                "key": key,
                "respondent": str(respondent) if respondent else "",
                "created_at": now,
                "updated_at": now,
            },
        )
        if not is_new:
            voice.votes.all().delete()
            Voice.objects.filter(pk=voice.pk).update(updated_at=now)
        is_ranked = decision.method == Decision.Method.RANK
        Vote.objects.bulk_create(
            [Vote(voice=voice, proposal_id=one, rank=rank if is_ranked else 1) for one, rank in ranks.items()]
        )
        if is_new:
            record(by=by, verb="decisions.voted", about=[decision, *([respondent] if respondent else [])])
    return voice
