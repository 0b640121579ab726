"""Add, change and remove figures by hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.periods import Period
from barnraise.foundation.refs import Ref
from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import (
    add_changes,
    close_change_set,
    open_change_set,
    record,
)

from .. import areas
from ..amounts import exact, text
from ..figure_documents import snapshots
from ..models import Community, Figure, Measure
from ..selectors import FIGURE

NUMBERS = ("value", "low", "high", "numerator", "denominator", "population", "benchmark")
TEXTS = ("source", "edition", "note", "benchmark_name")
FIELDS = ("measure", "period", *NUMBERS, "reason", "is_unreliable", *TEXTS)


def add_figure(
    about: Community | str,
    *,
    measure: Measure,
    period: Period,
    source: str,
    by: Any,
    is_sample: bool = False,
    **values: Any,
) -> Figure:
    """A new figure about a community, or about the wider area with this code. `values` are others of FIELDS.

    A value, or a reason why it is not known. Raises ValidationError by field.
    """
    now = timezone.now()
    row = Figure(is_sample=is_sample, created_at=now, updated_at=now)
    if isinstance(about, Community):
        row.community = about
    else:
        if not areas.is_known(about):
            raise ValidationError({"area": _("There is no wider area with this code.")})
        row.area = about
    _set(row, {"measure": measure, "period": period, "source": source, **values})
    row.full_clean()
    with transaction.atomic():
        row.save(force_insert=True)
        record(by=by, verb="communities.figure_added", about=_about(row), details=_details(row))
    return row


def change_figure(figure: Figure, *, by: Any, **values: Any) -> Figure:
    """Set the given fields (of FIELDS). Raises ValidationError by field."""
    with transaction.atomic():
        row = (
            Figure.objects.select_for_update(of=("self",))
            .select_related("measure", "community")
            .get(pk=figure.pk)
        )
        before = _told(row)
        _set(row, values)
        after = _told(row)
        changes = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
        if not changes:
            return row
        row.updated_at = timezone.now()
        row.full_clean()
        row.save()
        record(
            by=by,
            verb="communities.figure_changed",
            about=_about(row),
            changes=changes,
            details=_details(row),
        )
    return row


def remove_figure(figure: Figure, *, by: Any) -> ChangeSet:
    """Take a figure away; the change set that is returned brings it back."""
    verb = "communities.figure_removed"
    with transaction.atomic():
        change_set = open_change_set(by=by, verb=verb)
        about, details = _about(figure), _details(figure)
        remove_figures([figure.pk], change_set=change_set)
        close_change_set(change_set=change_set)
        record(by=by, verb=verb, about=about, details=details, change_set=change_set)
    return change_set


def remove_figures(keys: Collection[int], *, change_set: ChangeSet | None) -> int:
    """Take these away and keep them in the change set; how many there were. Whoever closes it leaves the sentence."""
    ordered = sorted(set(keys))
    gone = 0
    with transaction.atomic():
        for start in range(0, len(ordered), 1000):
            batch = ordered[start : start + 1000]
            stored = snapshots(batch)
            if change_set is not None:
                changes = [
                    Change(kind=FIGURE, key=key, action=Change.Action.REMOVED, before=before)
                    for key, before in stored.items()
                ]
                add_changes(change_set=change_set, changes=changes)
            Figure.objects.filter(pk__in=batch).delete()
            gone += len(stored)
    return gone


def _set(row: Figure, values: dict[str, Any]) -> None:
    """Put values on the row. Raises TypeError for a field there is not, ValidationError for a number too large."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A figure has no field {', '.join(sorted(unknown))}.")
    for name, value in values.items():
        if name == "period":
            row.begins_on, row.ends_on = value.begins, value.ends
        elif name in NUMBERS:
            try:
                setattr(row, name, exact(value))
            except ValueError:
                raise ValidationError({name: _("Write a number below 1,000,000,000,000,000.")}) from None
        else:
            setattr(row, name, squeeze(value) if isinstance(value, str) else value)


def _told(row: Figure) -> dict[str, Any]:
    return {
        "measure": row.measure.name,
        "period": str(row.period),
        **{name: text(getattr(row, name)) for name in NUMBERS},
        **{name: getattr(row, name) for name in ("reason", "is_unreliable", *TEXTS)},
    }


def _about(row: Figure) -> list[Any]:
    first: list[Any] = [row.community] if row.community is not None else []
    return [*first, row.measure, Ref("communities", "figure", row.pk)]


def _details(row: Figure) -> dict[str, Any]:
    return {
        "measure": row.measure.name,
        "period": str(row.period),
        "value": text(row.value) or "–",
        "unit": row.measure.unit,
        "source": row.source,
        "area": row.area,
    }
