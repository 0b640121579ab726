"""Add, change, close and remove assessments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.text import fold
from barnraise.plumbing.journal import services as journal
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, record, take_away
from barnraise.plumbing.search import services as search

from ..models import Cycle, Score
from ..selectors import CYCLE
from .writing import checked, differing

FIELDS = ("name", "community", "starts_on", "ends_on", "next_due_on", "about", "variant")


def _checked(row: Cycle) -> None:
    checked(row, "name")
    if row.ends_on and row.ends_on < row.starts_on:
        raise ValidationError({"ends_on": _("It would end before it begins.")})
    if row.next_due_on and row.next_due_on <= row.starts_on:
        raise ValidationError({"next_due_on": _("The next one is due after this one has begun.")})


def check_cycle(cycle: Cycle | None = None, **values: Any) -> Cycle:
    """The assessment as it would be with these values (of FIELDS), written nowhere. Raises ValidationError by field."""
    now = timezone.now()
    row = cycle or Cycle(created_at=now, updated_at=now)
    before = row.variant
    for name, value in values.items():
        setattr(row, name, value)
    _checked(row)
    if row.pk and row.variant != before:
        _same_scales(row)
    return row


def _same_scales(row: Cycle) -> None:
    if Score.objects.filter(need__cycle=row).exists():
        raise ValidationError(
            {"variant": _("Raters have scored by the other formula already: its scales differ.")}
        )


def add_cycle(
    *,
    name: str,
    starts_on: date,
    by: Any,
    is_sample: bool = False,
    change_set: Any = None,
    ended_at: datetime | None = None,
    **values: Any,
) -> Cycle:
    """A new assessment (fields of FIELDS); imports keep it in `change_set`, and may bring one that is closed. Raises ValidationError by field."""
    row = check_cycle(name=name, starts_on=starts_on, is_sample=is_sample, ended_at=ended_at, **values)
    with transaction.atomic():
        row.save(force_insert=True)
        if change_set is None:
            record(by=by, verb="needs.cycle_added", about=[row])
        else:
            change = Change(kind=CYCLE, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
        search.index(CYCLE, [row.pk])
    return row


def amend_cycles(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo."""

    def settle(row: Cycle) -> None:
        row.name_folded = fold(row.name)[:120]

    found = journal.amend(Cycle, given, at=at, settle=settle)
    search.index(CYCLE, [change.key for change in found])
    return found


def change_cycle(cycle: Cycle, *, by: Any, **values: Any) -> Cycle:
    """Set the given fields (of FIELDS). The formula stays once somebody has scored. Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"An assessment has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = Cycle.objects.select_for_update().get(pk=cycle.pk)
        told = differing(row, values)
        if told:
            _checked(row)
            if "variant" in told:
                _same_scales(row)
            row.updated_at = timezone.now()
            row.save(update_fields=[*told, "name_folded", "updated_at"])
            record(by=by, verb="needs.cycle_changed", about=[row], changes=told)
            search.index(CYCLE, [row.pk])
    return row


def close_cycle(cycle: Cycle, *, by: Any) -> Cycle:
    """What it found is settled; scores are no longer taken."""
    return _set_end(cycle, timezone.now(), by, "cycle_closed")


def reopen_cycle(cycle: Cycle, *, by: Any) -> Cycle:
    """It goes on."""
    return _set_end(cycle, None, by, "cycle_reopened")


def _set_end(cycle: Cycle, at: datetime | None, by: Any, verb: str) -> Cycle:
    with transaction.atomic():
        row = Cycle.objects.select_for_update().get(pk=cycle.pk)
        if (row.ended_at is None) != (at is None):
            row.ended_at, row.updated_at = at, timezone.now()
            row.save(update_fields=["ended_at", "updated_at"])
            record(by=by, verb=f"needs.{verb}", about=[row])
    return row


def remove_cycle(cycle: Cycle, *, by: Any) -> ChangeSet:
    """Take an assessment away that no need belongs to. Raises ValidationError for another."""
    with transaction.atomic():
        row = Cycle.objects.select_for_update().get(pk=cycle.pk)
        if row.needs.exists():
            raise ValidationError(_("Needs belong to it. Close it instead."))
        done = take_away(row, by=by, verb="needs.cycle_removed", details={"name": row.name})
        search.remove(CYCLE, [cycle.pk])
    return done
