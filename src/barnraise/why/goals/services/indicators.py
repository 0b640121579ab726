"""Add, change, end, reopen and remove indicators."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.models import ChangeSet

from .. import faults
from ..models import Indicator
from . import writing

FIELDS = (
    "objective",
    "name",
    "definition",
    "unit",
    "direction",
    "rule",
    "frequency",
    "baseline_value",
    "baseline_on",
    "target_value",
    "target_on",
    "source",
    "source_options",
    "source_note",
    "owner",
    "green_from",
    "amber_from",
)


def add_indicator(
    *, name: str, by: Any, is_sample: bool = False, change_set: Any = None, **values: Any
) -> Indicator:
    """A new indicator, with any of FIELDS. Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"An indicator has no field {', '.join(sorted(unknown))}.")
    row = Indicator(name=name, is_sample=is_sample, **values)
    about = [row.objective, row.objective.goal] if row.objective else []
    return writing.add(
        row,
        by=by,
        verb="goals.indicator_added",
        faults=faults.of_indicator,
        about=about,
        change_set=change_set,
    )


def change_indicator(indicator: Indicator, *, by: Any, **values: Any) -> bool:
    """Set the given fields (of FIELDS). True when something changed. Raises ValidationError by field."""
    return writing.change(
        indicator, values, fields=FIELDS, by=by, verb="goals.indicator_changed", faults=faults.of_indicator
    )


def end_indicator(indicator: Indicator, *, reason: str, by: Any) -> Indicator:
    """No value is asked of it any more; those there are stay. Raises ValidationError without a reason."""
    said = writing.reason_of(reason)
    with transaction.atomic():
        row = writing.locked(indicator)
        if row.is_ended:
            raise ValidationError(_("This indicator has ended already."))
        return writing.settle(
            row, by=by, verb="goals.indicator_ended", ended_on=timezone.localdate(), end_reason=said
        )


def reopen_indicator(indicator: Indicator, *, by: Any) -> Indicator:
    """Values are asked again."""
    with transaction.atomic():
        row = writing.locked(indicator)
        if not row.is_ended:
            return row
        return writing.settle(row, by=by, verb="goals.indicator_reopened", ended_on=None, end_reason="")


def remove_indicator(indicator: Indicator, *, by: Any) -> ChangeSet:
    """Take away an indicator that has no values; an undo brings it back. Raises ValidationError when it has."""
    try:
        with transaction.atomic():
            return writing.remove(writing.locked(indicator), by=by, verb="goals.indicator_removed")
    except ProtectedError:
        raise ValidationError(_("It has values. End it instead, with the reason.")) from None
