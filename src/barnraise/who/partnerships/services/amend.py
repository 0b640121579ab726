"""Change many partnerships at once, as a file says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import fields_of, update
from barnraise.plumbing.search import services as search

from ..faults import standing_faults
from ..models import Partnership, Rating, Stage, StageChange
from ..selectors import KIND, RATING, STAGE
from .change import FIELDS
from .writing import follow


def amend(given: Sequence[tuple[int, Mapping[str, Any]]], *, by: Any, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    Fields of FIELDS are set (days of an agreement that would contradict what stands are left), another stage is a new line of the
    history (on `since_on`, else today), a `since_on` or `reason` without another stage mends the last line, and `influence` or
    `interest` is a rating of today.
    """
    rows = Partnership.objects.select_for_update().in_bulk([key for key, _values in given])
    found: list[Change] = []
    for key, values in given:
        row = rows[key]
        before = fields_of(row)
        had = (row.agreed_on, row.agreement_ends_on)
        for name in FIELDS:
            if name in values:
                setattr(row, f"{name}_id" if name == "owner" else name, values[name])
        if standing_faults(row.cadence_days, row.agreed_on, row.agreement_ends_on, row.about, row.agreement):
            row.agreed_on, row.agreement_ends_on = had
        if (change := update(row, before)) is not None:
            row.updated_at = at
            row.save()
            found.append(change)
        found += _lines(row, values, by=by, at=at)
    follow([key for key, _values in given], at=at)
    search.index(KIND, list(rows))
    return found


def _lines(row: Partnership, values: Mapping[str, Any], *, by: Any, at: datetime) -> list[Change]:
    """What the histories get."""
    today = timezone.localdate(at)
    stamps = {"partnership": row, "by_id": getattr(by, "pk", None), "created_at": at, "updated_at": at}
    found: list[Change] = []
    last = row.stages.order_by("since_on", "pk").last()
    reason = values.get("reason", "")
    if values.get("stage"):
        if values["stage"] == Stage.ENDED and last is not None:
            reason = reason or last.reason
        line = StageChange.objects.create(
            stage=values["stage"], since_on=values.get("since_on") or today, reason=reason, **stamps
        )
        found.append(Change(kind=STAGE, key=line.pk, action=Change.Action.CREATED))
    elif last is not None and (values.get("since_on") or reason):
        before = fields_of(last)
        last.since_on, last.reason = values.get("since_on") or last.since_on, reason or last.reason
        last.updated_at = at
        last.save(update_fields=["since_on", "reason", "updated_at"])
        found += [change for change in [update(last, before)] if change is not None]
    if "influence" in values or "interest" in values:
        rating = Rating.objects.create(
            influence=values.get("influence", row.influence),
            interest=values.get("interest", row.interest),
            rated_on=today,
            **stamps,
        )
        found.append(Change(kind=RATING, key=rating.pk, action=Change.Action.CREATED))
    return found
