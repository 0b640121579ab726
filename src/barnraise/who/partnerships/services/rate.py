"""Say how much influence and interest a partner has."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import (
    add_changes,
    close_change_set,
    open_change_set,
    record,
    take_away,
)
from barnraise.plumbing.ui.faults import refuse

from ..faults import rating_faults
from ..models import Partnership, Rating
from ..selectors import RATING
from .writing import follow


def rate(
    partnership: Partnership,
    *,
    by: Any,
    influence: int,
    interest: int,
    rated_on: date | None = None,
    note: str = "",
) -> ChangeSet:
    """Add a rating, each from 1 to 5; earlier ones stay, the latest day counts.

    Returns the change set that takes it back for thirty days. Raises ValidationError by field; then nothing is written.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    day, note = rated_on or today, note.strip()
    refuse(rating_faults(influence, interest, day, note, today))
    with transaction.atomic():
        row = Partnership.objects.select_for_update().get(pk=partnership.pk)
        line = Rating.objects.create(
            partnership=row,
            influence=influence,
            interest=interest,
            rated_on=day,
            note=note,
            by_id=getattr(by, "pk", None),
            created_at=now,
            updated_at=now,
        )
        follow([row.pk], at=now)
        change_set = open_change_set(by=by, verb="partnerships.rated")
        add_changes(
            change_set=change_set,
            changes=[Change(kind=RATING, key=line.pk, action=Change.Action.CREATED)],
        )
        record(
            by=by,
            verb="partnerships.rated",
            about=[row.partner, row],
            details={"influence": influence, "interest": interest},
            change_set=change_set,
        )
        close_change_set(change_set=change_set)
    return change_set


def remove_rating(rating: Rating, *, by: Any) -> ChangeSet:
    """Take one away that was written by mistake; the latest of those that stay counts. An undo brings it back."""
    with transaction.atomic():
        row = Partnership.objects.select_for_update().get(pk=rating.partnership_id)
        said = {"influence": rating.influence, "interest": rating.interest}
        about = [row.partner, row]
        done = take_away(rating, by=by, verb="partnerships.rating_removed", about=about, details=said)
        follow([row.pk], at=timezone.now())
    return done
