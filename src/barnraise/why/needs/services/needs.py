"""Add, change, end, reopen and remove needs; take many in, and take them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold
from barnraise.plumbing.journal import services as journal
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import is_as_it_came, record, reset_row, take_away
from barnraise.plumbing.search import services as search

from ..models import Need
from ..selectors import KIND
from .writing import checked, differing

FIELDS = ("title", "cycle", "community", "population", "present", "wanted", "unit", "causes", "about")
FOUR = Decimal("0.0001")


def _checked(row: Need) -> None:
    for name in ("present", "wanted"):
        value = getattr(row, name)
        if value is not None:
            setattr(row, name, Decimal(value).quantize(FOUR))
    checked(row, "title")
    if (row.present is None) != (row.wanted is None):
        raise ValidationError({"wanted": _("Give both numbers: as it is, and as it should be; or neither.")})
    if row.present is not None and not row.unit:
        raise ValidationError({"unit": _("Say what is counted: people, dollars, percent of adults.")})


def add_need(*, title: str, by: Any, is_sample: bool = False, **values: Any) -> Need:
    """A new need (fields of FIELDS). Raises ValidationError by field; then nothing is written."""
    now = timezone.now()
    row = Need(title=title, is_sample=is_sample, created_at=now, updated_at=now, **values)
    _checked(row)
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb="needs.added", about=[row])
        search.index(KIND, [row.pk])
    return row


def change_need(need: Need, *, by: Any, **values: Any) -> Need:
    """Set the given fields (of FIELDS). Raises ValidationError by field; then nothing is changed."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A need has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = Need.objects.select_for_update().get(pk=need.pk)
        told = differing(row, values)
        if told:
            _checked(row)
            row.updated_at = timezone.now()
            row.save(update_fields=[*told, "title_folded", "updated_at"])
            record(by=by, verb="needs.changed", about=[row], changes=told)
            search.index(KIND, [row.pk])
    return row


def end_need(need: Need, *, by: Any, end: str, reason: str = "") -> Need:
    """It is met, or not addressed, or part of another. Whatever is not met needs a reason. Raises ValidationError by field."""
    reason = reason.strip()
    if end not in Need.End.values:
        raise ValidationError({"end": _("Choose how it ended.")})
    if end != Need.End.MET and not reason:
        raise ValidationError({"reason": _("Give a reason for every need that is not addressed.")})
    if len(reason) > 500 or "\x00" in reason:
        raise ValidationError({"reason": _("At most 500 characters are kept here.")})
    with transaction.atomic():
        row = Need.objects.select_for_update().get(pk=need.pk)
        row.end, row.end_reason, row.ended_at = end, reason, timezone.now()
        row.updated_at = row.ended_at
        row.save(update_fields=["end", "end_reason", "ended_at", "updated_at"])
        record(by=by, verb="needs.ended", about=[row], details={"reason": reason})
    return row


def reopen_need(need: Need, *, by: Any) -> Need:
    """It is a need again."""
    with transaction.atomic():
        row = Need.objects.select_for_update().get(pk=need.pk)
        if row.end:
            row.end, row.end_reason, row.ended_at, row.updated_at = "", "", None, timezone.now()
            row.save(update_fields=["end", "end_reason", "ended_at", "updated_at"])
            record(by=by, verb="needs.reopened", about=[row])
    return row


def remove_need(need: Need, *, by: Any) -> ChangeSet:
    """Take a need away with its evidence and scores, for slips: one that is over is ended instead. An undo brings all of it back."""
    with transaction.atomic():
        row = Need.objects.select_for_update().get(pk=need.pk)
        done = take_away(
            row,
            row.evidence.all(),
            row.scores.all(),
            by=by,
            verb="needs.removed",
            details={"name": row.title},
        )
        search.remove(KIND, [need.pk])
    return done


def write(given: Sequence[Mapping[str, Any]], *, at: datetime) -> list[Need]:
    """Add these needs, checked already, without a sentence, in the caller's transaction."""
    rows = Need.objects.bulk_create(
        [Need(title_folded=fold(one["title"])[:200], created_at=at, updated_at=at, **one) for one in given]
    )
    search.index(KIND, [row.pk for row in rows])
    return rows


def amend(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo."""

    def settle(row: Need) -> None:
        if bool(row.end) != bool(row.ended_at):
            row.ended_at = at if row.end else None

    found = journal.amend(Need, given, at=at, settle=settle)
    search.index(KIND, [change.key for change in found])
    return found


def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo needs that came with an import, and removed ones, in the caller's transaction; one that has come further since is kept."""
    kept = dict(search.bring_back(changes, by=by))
    for change in changes:
        row = Need.objects.filter(pk=change.key).first()
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            else:
                search.index(KIND, [change.key])
            continue
        if row is None or change.action != Change.Action.CREATED:
            continue
        if not is_as_it_came(row) or row.evidence.exists() or row.scores.exists():
            kept[change.key] = "touched"
            continue
        row.delete()
        search.remove(KIND, [change.key])
    return kept
