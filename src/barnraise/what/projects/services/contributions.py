"""Note what was given to a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, amend, record
from barnraise.plumbing.search import services as search

from .. import faults
from ..models import Contribution, Project
from ..selectors import CONTRIBUTION
from ..valuation import value
from . import writing

FIELDS = (
    "organisation",
    "person",
    "kind",
    "on",
    "what",
    "quantity",
    "unit",
    "unit_value",
    "technique",
    "recognised",
    "hours",
    "is_restricted",
    "is_monetised",
    "note",
)


def add_contribution(
    project: Project, *, by: Any, is_sample: bool = False, change_set: Any = None, **values: Any
) -> Contribution:
    """Money, goods, a service or hours, from an organisation or a person. An import keeps it in its change set. Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A contribution has no field {', '.join(sorted(unknown))}.")
    now = timezone.now()
    row = Contribution(
        project=project,
        by=by if getattr(by, "pk", None) else None,
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
        **values,
    )
    faults.check(row, faults.of_contribution(row))
    _value(row)
    with transaction.atomic():
        row.save(force_insert=True)
        if change_set is None:
            record(by=by, verb="projects.given", about=_about(row), details=_named(row))
        else:
            change = Change(kind=CONTRIBUTION, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
        search.index(CONTRIBUTION, [row.pk])
    return row


def change_contribution(contribution: Contribution, *, by: Any, **values: Any) -> bool:
    """Set the given fields (of FIELDS). True when something changed. Raises ValidationError by field."""
    with transaction.atomic():
        row = writing.locked(contribution)
        told = writing.differing(row, values, fields=FIELDS, faults=faults.of_contribution)
        if not told:
            return False
        _value(row)
        row.save(update_fields=[*told, "value", *writing.stamp(row)])
        record(by=by, verb="projects.gift_changed", about=_about(row), changes=told, details=_named(row))
        search.index(CONTRIBUTION, [row.pk])
    return True


def amend_contributions(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo."""
    found = amend(Contribution, given, at=at, settle=_value)
    search.index(CONTRIBUTION, [change.key for change in found])
    return found


def remove_contribution(contribution: Contribution, *, by: Any) -> None:
    """Take one away that was noted by mistake."""
    with transaction.atomic():
        record(by=by, verb="projects.gift_removed", about=_about(contribution), details=_named(contribution))
        search.remove(CONTRIBUTION, [contribution.pk])
        contribution.delete()


def _value(row: Contribution) -> None:
    row.value = value(
        row.kind, quantity=row.quantity, unit_value=row.unit_value, is_recognised=bool(row.recognised)
    )


def _named(row: Contribution) -> dict[str, str]:
    """How an entry names it: its kind as a code, which each reader reads in their language, and its own words."""
    return {"name": f"{row.kind}: {row.what}" if row.what else row.kind}


def _about(row: Contribution) -> list[Any]:
    return [row.project, *(one for one in (row.organisation, row.person) if one is not None)]
