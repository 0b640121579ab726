"""Say what became of a promise, and open it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import (
    add_changes,
    amend,
    close_change_set,
    open_change_set,
    record,
)
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import settling_faults
from ..models import Commitment
from ..selectors import KIND
from .make import told


def settle(
    commitment: Commitment, *, by: Any, settled: str, settled_on: date | None = None, note: str = ""
) -> ChangeSet:
    """Kept, not kept, or released by whoever it was promised to; the two latter want a reason (`note`).

    Returns the change set that opens it again for thirty days. Raises ValidationError by field; then nothing is written.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    day, note = settled_on or today, note.strip()
    with transaction.atomic():
        row = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
        if row.settled:
            raise ValidationError(_("It is settled already."))
        refuse(settling_faults(row, settled, day, note, today))
        row.settled, row.settled_on, row.settled_note, row.updated_at = settled, day, note, now
        row.save(update_fields=["settled", "settled_on", "settled_note", "updated_at"])
        change_set = open_change_set(by=by, verb=f"commitments.{settled}")
        change = Change(kind=KIND, key=row.pk, action=Change.Action.UPDATED, before={"settled": ""})
        add_changes(change_set=change_set, changes=[change])
        is_late = settled == Commitment.Settled.KEPT and day > row.due_on
        record(
            by=by,
            verb="commitments.kept_late" if is_late else f"commitments.{settled}",
            about=told(row),
            details={"reason": note} if note else {},
            change_set=change_set,
        )
        close_change_set(change_set=change_set)
    return change_set


def amend_commitments(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    What is settled is so on the day that was given, else on the day it was due; an open promise has no outcome to tell.
    """

    def follow(row: Commitment) -> None:
        if not row.settled:
            row.settled_on, row.settled_note = None, ""
        elif row.settled_on is None:
            row.settled_on = row.due_on

    found = amend(Commitment, given, at=at, settle=follow)
    search.index(KIND, [change.key for change in found])
    return found


def reopen(commitment: Commitment, *, by: Any) -> Commitment:
    """Take the outcome back. Raises ValidationError when there is none."""
    with transaction.atomic():
        row = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
        if not row.settled:
            raise ValidationError(_("It is open."))
        unsettle(row)
        record(by=by, verb="commitments.reopened", about=told(row))
    return row


def unsettle(row: Commitment) -> None:
    """Open again, without a sentence, in the caller's transaction."""
    row.settled, row.settled_on, row.settled_note, row.updated_at = "", None, "", timezone.now()
    row.save(update_fields=["settled", "settled_on", "settled_note", "updated_at"])
