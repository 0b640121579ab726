"""Take a decision back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came
from barnraise.plumbing.search import services as search
from barnraise.who.partnerships import services as partnerships
from barnraise.who.partnerships.models import Partnership

from ..models import Candidate
from ..selectors import KIND
from .remove import take_away
from .writing import KEPT


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo decisions, in the caller's transaction. Kept ("touched") is one that was decided again since, and one whose partnership
    has come further."""
    kept = dict(search.bring_back(changes, by=by))
    for change in changes:
        if change.action == Change.Action.REMOVED:
            continue
        row = Candidate.objects.select_for_update().filter(pk=change.key).first()
        if row is None:
            continue
        is_changed = row.updated_at.isoformat() != (change.after or {}).get("at", row.updated_at.isoformat())
        if is_changed or not _without_partnership(row, by):
            kept[change.key] = "touched"
        elif change.action == Change.Action.CREATED:
            take_away([row.pk])
        else:
            _as_before(row, change.before or {})
    return kept


def _without_partnership(row: Candidate, by: Any) -> bool:
    """Take the partnership of an approach back; False when somebody worked on it since."""
    if row.verdict != Candidate.Verdict.APPROACHED:
        return True
    begun = Partnership.objects.filter(organisation_id=row.organisation_id).first()
    if begun is None:
        return True
    if not is_as_it_came(begun) or begun.stages.count() > 1:
        return False
    partnerships.remove_partnership(begun, by=by)
    return True


def _as_before(row: Candidate, before: Mapping[str, Any]) -> None:
    for name in KEPT:
        setattr(row, name, before[name])
    row.until = date.fromisoformat(before["until"]) if before["until"] else None
    row.judged_on = date.fromisoformat(before["judged_on"])
    row.updated_at = timezone.now()
    row.save(update_fields=[*(name.removesuffix("_id") for name in KEPT), "updated_at"])
    search.index(KIND, [row.pk])
