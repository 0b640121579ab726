"""Set marks, and look which were passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.ui.faults import refuse

from ..faults import mark_faults
from ..models import Mark, Milestone
from ..passing import passed
from ..selectors import MARK, marks_listed, one_mark_by_key, values_of


def add_mark(*, by: Any, indicator: Any, step: Decimal, words: str, is_sample: bool = False) -> Mark:
    """From now on every `step` of the indicator is a milestone; the last one passed already is told once.

    Raises ValidationError by field; then nothing is written.
    """
    now = timezone.now()
    row = Mark(
        indicator=indicator,
        step=step,
        words=squeeze(words),
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
    )
    refuse(mark_faults(row))
    with transaction.atomic():
        row.save(force_insert=True)
        search.index(MARK, [row.pk])
        record(by=by, verb="recognition.mark_added", about=[row, row.indicator])
        _look_at(one_mark_by_key(row.pk), now)
    return one_mark_by_key(row.pk)


def change_mark(mark: Mark, *, by: Any, step: Decimal, words: str) -> Mark:
    """Set every how many, and the words; milestones that were reached stay, those beyond them are found by the new step.

    Raises ValidationError by field, also when it has ended; then nothing is changed.
    """
    now = timezone.now()
    with transaction.atomic():
        row = Mark.objects.select_for_update().get(pk=mark.pk)
        if row.ended_at is not None:
            raise ValidationError(_("It has ended."))
        before = {"step": str(row.step.normalize()), "words": row.words}
        row.step, row.words, row.updated_at = step, squeeze(words), now
        refuse(mark_faults(row))
        row.save(update_fields=["step", "words", "updated_at"])
        search.index(MARK, [row.pk])
        after = {"step": str(step.normalize()), "words": row.words}
        changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
        record(by=by, verb="recognition.mark_changed", about=[row], changes=changes)
        _look_at(one_mark_by_key(row.pk), now)
    return one_mark_by_key(row.pk)


def write_marks(given: Sequence[Mapping[str, Any]], *, at: datetime) -> list[Mark]:
    """Set these, checked already, without a sentence, in the caller's transaction; what was passed last already is a milestone."""
    rows = []
    for one in given:
        row = Mark.objects.create(**one, created_at=at, updated_at=at)
        if row.ended_at is None:
            _look_at(one_mark_by_key(row.pk), at)
        rows.append(row)
    search.index(MARK, [row.pk for row in rows])
    return rows


def amend_marks(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo."""
    changes = amend(Mark, given, at=at, still=lambda row, values: row.ended_at is None)
    for mark in marks_listed().filter(pk__in=[change.key for change in changes], ended_at__isnull=True):
        _look_at(mark, at)
    search.index(MARK, [change.key for change in changes])
    return changes


def end_mark(mark: Mark, *, by: Any) -> Mark:
    """No milestone is reached there any more; those that were stay. Raises ValidationError when it has ended."""
    with transaction.atomic():
        row = Mark.objects.select_for_update().get(pk=mark.pk)
        if row.ended_at is not None:
            raise ValidationError(_("It has ended."))
        row.ended_at = row.updated_at = timezone.now()
        row.save(update_fields=["ended_at", "updated_at"])
        record(by=by, verb="recognition.mark_ended", about=[row])
    return row


def look(*, now: datetime) -> int:
    """Which marks were passed since the last look. How many milestones there are more."""
    many = 0
    for mark in marks_listed().filter(ended_at__isnull=True).order_by("pk"):
        with transaction.atomic():
            Mark.objects.select_for_update().get(pk=mark.pk)
            many += _look_at(mark, now)
    return many


def _look_at(mark: Mark, now: datetime) -> int:
    known = Milestone.objects.filter(mark=mark).order_by("-value").values_list("value", flat=True).first()
    found = [
        one
        for one in passed(values_of(mark), mark.indicator.rule, mark.step)
        if known is None or one[0] > known
    ]
    if known is None:
        # What was passed before anybody set the mark is history: only the last of it is told.
        found = found[-1:]
    for value, on in found:
        row = Milestone.objects.create(mark=mark, value=value, reached_on=on, created_at=now, updated_at=now)
        record(by=None, verb="recognition.reached", about=[row, mark.indicator])
    return len(found)
