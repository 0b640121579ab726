"""Say that a concern is settled, and what came of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import outcome_faults
from ..models import Issue
from ..selectors import KIND
from .answer import locked
from .bring import note
from .tell import tell_outcome


def resolve(issue: Issue, *, by: Any, outcome: str, tells: bool = False) -> ChangeSet:
    """It is settled. `tells` writes the outcome to whoever raised it, where that can be.

    Returns the change set that opens it again for thirty days. Raises ValidationError by field, also while nobody answered
    whoever raised it; then nothing is written.
    """
    outcome, now = outcome.strip(), timezone.now()
    with transaction.atomic():
        row = locked(issue)
        if row.is_over:
            raise ValidationError(_("It is over already."))
        if row.answered_at is None:
            raise ValidationError(_("Answer the one who asked first; then say what came of it."))
        refuse(outcome_faults(outcome))
        row.state, row.ended_at, row.outcome, row.updated_at = Issue.State.RESOLVED, now, outcome, now
        row.save(update_fields=["state", "ended_at", "outcome", "updated_at"])
        change_set = open_change_set(by=by, verb="issues.resolved")
        before = {"state": Issue.State.ANSWERED}
        add_changes(
            change_set=change_set,
            changes=[Change(kind=KIND, key=row.pk, action=Change.Action.UPDATED, before=before)],
        )
        note(
            row,
            by=by,
            verb="resolved",
            details={"outcome": outcome[:300]},
            change_set=change_set,
        )
        close_change_set(change_set=change_set)
        search.index(KIND, [row.pk])
        if tells:
            tell_outcome(row, by=by)
    return change_set


def unresolve(row: Issue) -> None:
    """Answered, not settled: as before, without a sentence, in the caller's transaction."""
    row.state, row.ended_at, row.outcome, row.updated_at = Issue.State.ANSWERED, None, "", timezone.now()
    row.save(update_fields=["state", "ended_at", "outcome", "updated_at"])
    search.index(KIND, [row.pk])
