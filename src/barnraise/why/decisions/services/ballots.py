"""Take in ballots that were filled in on paper, and take them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from barnraise.plumbing.journal.models import Change

from ..models import Decision, Voice, Vote


def write_ballots(given: Sequence[tuple[Decision, str, Mapping[int, int]]], *, at: datetime) -> list[Voice]:
    """Add a voice for each (decision, key, rank by proposal), checked already, without a sentence, in the caller's transaction."""
    rows = Voice.objects.bulk_create(
        [Voice(decision=decision, key=key, created_at=at, updated_at=at) for decision, key, _ranks in given]
    )
    Vote.objects.bulk_create(
        [
            Vote(voice=row, proposal_id=proposal, rank=rank)
            for row, (_decision, _key, ranks) in zip(rows, given, strict=True)
            for proposal, rank in ranks.items()
        ]
    )
    return rows


def take_ballots_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo ballots that came with an import, in the caller's transaction. Those of a settled question stay: the outcome rests on them."""
    made = [change.key for change in changes if change.action == Change.Action.CREATED]
    settled = (Decision.Stage.DECIDED, Decision.Stage.DROPPED)
    stay = set(Voice.objects.filter(pk__in=made, decision__stage__in=settled).values_list("pk", flat=True))
    Voice.objects.filter(pk__in=set(made) - stay).delete()
    return dict.fromkeys(stay, "in_use")
