"""End a valuation, open it again, take it away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import (
    add_changes,
    bring_all_back,
    close_change_set,
    is_as_it_came,
    open_change_set,
    record,
    reset_row,
)
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse, text_faults

from ..faults import MOST
from ..models import Assumption, Outcome, Valuation
from ..selectors import KIND, OUTCOME
from .begin import live, told

ASSUMPTION = "roi.assumption"


def end_valuation(valuation: Valuation, *, by: Any, reason: str) -> ChangeSet:
    """It is used no more, and nothing in it changes. Returns the change set that opens it again. Raises ValidationError."""
    reason = reason.strip()
    found = text_faults(MOST, reason=reason)
    if not reason:
        found.append(("reason", _("Say why.")))
    now = timezone.now()
    with transaction.atomic():
        row = live(valuation)
        refuse(found)
        row.ended_on, row.end_reason, row.updated_at = timezone.localdate(now), reason, now
        row.save(update_fields=["ended_on", "end_reason", "updated_at"])
        change_set = open_change_set(by=by, verb="roi.ended")
        change = Change(kind=KIND, key=row.pk, action=Change.Action.UPDATED, before={"ended_on": None})
        add_changes(change_set=change_set, changes=[change])
        record(by=by, verb="roi.ended", about=told(row), details={"reason": reason}, change_set=change_set)
        close_change_set(change_set=change_set)
    return change_set


def reopen(valuation: Valuation, *, by: Any) -> Valuation:
    """It is used again. Raises ValidationError when it has not ended."""
    with transaction.atomic():
        row = Valuation.objects.select_for_update().get(pk=valuation.pk)
        if row.ended_on is None:
            raise ValidationError(_("It has not ended."))
        _unend(row)
        record(by=by, verb="roi.reopened", about=told(row))
    return row


def _unend(row: Valuation) -> None:
    row.ended_on, row.end_reason, row.updated_at = None, "", timezone.now()
    row.save(update_fields=["ended_on", "end_reason", "updated_at"])


def take_away(keys: Sequence[int]) -> None:
    """Delete these with outcomes, register and files, without a sentence, in the caller's transaction."""
    outcomes = list(Outcome.objects.filter(valuation_id__in=list(keys)).values_list("pk", flat=True))
    files.forget(kind=KIND, keys=list(keys))
    files.forget(kind=OUTCOME, keys=outcomes)
    search.remove(KIND, list(keys))
    Valuation.objects.filter(pk__in=list(keys)).delete()


def remove_valuation(valuation: Valuation, *, by: Any) -> None:
    """Take away one that was begun by mistake; one that was used is ended instead."""
    with transaction.atomic():
        record(by=by, verb="roi.removed", about=told(valuation)[1:], details={"title": valuation.name})
        take_away([valuation.pk])


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's valuations go. How many."""
    keys = list(Valuation.objects.filter(is_sample=True).values_list("pk", flat=True))
    if keys:
        take_away(keys)
        record(by=by, verb="roi.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo an end, or valuations that a file brought or changed; one that was changed since, or has outcomes, is kept ("touched")."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Valuation.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            if change.after:
                if reason := reset_row(change):
                    kept[change.key] = reason
                search.index(KIND, [row.pk])
            elif row.ended_on is not None:
                _unend(row)
        elif not is_as_it_came(row) or row.outcomes.exists():
            kept[change.key] = "touched"
        else:
            take_away([row.pk])
    return kept


@transaction.atomic
def restore_assumptions(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo lines of the register that a file brought, changed or took out, with outcomes that came with them and of which nothing else
    is assumed; those changed since are kept."""
    kept = dict(bring_all_back(changes, by=by))
    for change in changes:
        if change.action == Change.Action.UPDATED and (reason := reset_row(change)):
            kept[change.key] = reason
        if change.action != Change.Action.CREATED:
            continue
        row = Assumption.objects.filter(pk=change.key).select_related("outcome").first()
        if row is None:
            continue
        if not is_as_it_came(row):
            kept[change.key] = "touched"
            continue
        outcome = row.outcome
        row.delete()
        came_along = outcome is not None and outcome.created_at == row.created_at and is_as_it_came(outcome)
        if outcome is not None and came_along and not outcome.assumptions.exists():
            outcome.delete()
    return kept
