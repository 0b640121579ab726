"""Add, change and take away many outcomes at once, as a file says it, and take that back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, bring_back, is_as_it_came, removal, reset_row
from barnraise.plumbing.search import services as search

from ..models import Assumption, Outcome
from ..selectors import KIND, OUTCOME
from .end import ASSUMPTION

REPLACED = "replaced"
"""Beside the fields of a change: the assumed number that went when an indicator was set, whole."""


def write_outcomes(given: Sequence[Mapping[str, Any]], *, at: datetime) -> list[Outcome]:
    """Add these, checked already, without a sentence, in the caller's transaction."""
    rows = Outcome.objects.bulk_create(
        Outcome(**one, name_folded=fold(str(one["name"]))[:200], created_at=at, updated_at=at)
        for one in given
    )
    _found([row.valuation_id for row in rows])
    return rows


def amend_outcomes(
    given: Sequence[tuple[int, Mapping[str, Any]]], *, gone: Sequence[int] = (), at: datetime
) -> list[Change]:
    """Set these fields, checked already, and take the `gone` away, without a sentence, in the caller's transaction; the changes for an undo.

    With an indicator an assumed number goes, as on the page.
    """

    def follow(row: Outcome) -> None:
        row.name_folded = fold(row.name)[:200]

    away = [removal(row, row.assumptions.all()) for row in Outcome.objects.filter(pk__in=list(gone))]
    owners = list(Outcome.objects.filter(pk__in=list(gone)).values_list("valuation_id", flat=True))
    Outcome.objects.filter(pk__in=list(gone)).delete()
    found = amend(Outcome, given, at=at, settle=follow)
    counted = {one.key: one for one in found if (one.after or {}).get("indicator")}
    for line in Assumption.objects.filter(outcome__in=list(counted), kind=Assumption.Kind.QUANTITY):
        change = counted[line.outcome_id or 0]
        change.before = {
            **(change.before or {}),
            REPLACED: {"key": line.pk, **(removal(line).before or {})},
        }
        line.delete()
    rows = Outcome.objects.filter(pk__in=[one.key for one in found])
    _found([*owners, *rows.values_list("valuation_id", flat=True)])
    return [*found, *away]


@transaction.atomic
def restore_outcomes(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo outcomes that a file brought, changed or took away; those changed since, or that something is assumed of, are kept."""
    kept = {change.key: _undone(change) for change in changes}
    rows = Outcome.objects.filter(pk__in=list(kept))
    _found(list(rows.values_list("valuation_id", flat=True)))
    return {key: reason for key, reason in kept.items() if reason}


def _undone(change: Change) -> str:
    """Why it stays as it is, "" when it was undone."""
    if change.action == Change.Action.REMOVED:
        return bring_back(change)
    row = Outcome.objects.filter(pk=change.key).first()
    if row is None:
        return "gone" if change.action == Change.Action.UPDATED else ""
    if change.action == Change.Action.UPDATED:
        return _reset(row, change)
    if not is_as_it_came(row):
        return "touched"
    if row.assumptions.exists():
        return "in_use"
    owner = row.valuation_id
    row.delete()
    _found([owner])
    return ""


def _reset(row: Outcome, change: Change) -> str:
    before = dict(change.before or {})
    replaced: dict[str, Any] | None = before.pop(REPLACED, None)
    others = Outcome.objects.filter(valuation=row.valuation_id, name_folded=before.get("name_folded"))
    if others.exclude(pk=row.pk).exists():
        return "in_use"
    if before.get("indicator") and row.assumptions.filter(kind=Assumption.Kind.QUANTITY).exists():
        return "in_use"
    kept = Change(kind=OUTCOME, key=change.key, action=change.action, before=before, after=change.after)
    reason = reset_row(kept)
    if not reason and replaced is not None:
        lines = {"rows": replaced["rows"]}
        bring_back(Change(kind=ASSUMPTION, key=replaced["key"], action=Change.Action.REMOVED, before=lines))
    return reason


def _found(valuations: Sequence[int]) -> None:
    """Search finds their valuations by what they are called now."""
    search.index(KIND, sorted(set(valuations)))
