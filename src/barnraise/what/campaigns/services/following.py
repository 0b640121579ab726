"""When people are merged or erased: what they got and said follows, or is nobody's any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes

from ..models import CampaignReader

MERGED = "campaigns.campaignreader"
"""The kind under which a merge keeps whose rows it took over."""


def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """What `absorb` got was got by `keep`. Where both got a campaign, the second row is nobody's."""
    there = set(CampaignReader.objects.filter(person_id=keep.id).values_list("campaign_id", flat=True))
    rows = list(CampaignReader.objects.filter(person_id=absorb.id).values_list("pk", "campaign_id"))
    if not rows:
        return
    now = timezone.now()
    moved = [key for key, campaign in rows if campaign not in there]
    left = [key for key, campaign in rows if campaign in there]
    CampaignReader.objects.filter(pk__in=moved).update(person_id=keep.id, updated_at=now)
    CampaignReader.objects.filter(pk__in=left).update(person_id=None, updated_at=now)
    stored = {"from": absorb.id, "rows": [*moved, *left]}
    change = Change(kind=MERGED, key=rows[0][0], action=Change.Action.UPDATED, before=stored)
    add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        rows = CampaignReader.objects.filter(pk__in=stored["rows"])
        rows.update(person_id=stored["from"], updated_at=timezone.now())
    return {}


def forget(ref: Ref) -> None:
    """That somebody got it and what they said still counts; who it was is gone."""
    CampaignReader.objects.filter(person_id=ref.id).update(person_id=None, updated_at=timezone.now())
