"""When organisations are merged or erased: reports for them follow, or go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes

from ..models import Report
from .drafting import take_away

MERGED = "reports.merged"
"""The kind under which a merge keeps what it did."""


@transaction.atomic
def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """Reports for `absorb` are for `keep`."""
    rows = Report.objects.filter(organisation_id=absorb.id)
    keys = list(rows.values_list("pk", flat=True))
    if keys:
        rows.update(organisation_id=keep.id, updated_at=timezone.now())
        stored = {"from": absorb.id, "reports": keys}
        change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
        add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        rows = Report.objects.filter(pk__in=stored["reports"])
        rows.update(organisation_id=stored["from"], updated_at=timezone.now())
    return {}


@transaction.atomic
def let_go(ref: Ref, *, by: Any) -> None:
    """Reports for an erased organisation go."""
    take_away(list(Report.objects.filter(organisation_id=ref.id).values_list("pk", flat=True)))
