"""Budget moves of drafts, many at once, as a file says them; and their undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, reset_row
from barnraise.what.projects.models import BudgetLine

from ..models import Move, Revision
from ..selectors import MOVE, moves_of


def short_line(revision: Revision) -> str:
    """The name of a budget line that holds less than the moves of a draft take from it; empty where none does."""
    planned: dict[int, int] = {}
    lines: dict[int, BudgetLine] = {}
    for one in moves_of(revision):
        for line, amount in ((one.taken_from, -one.amount), (one.given_to, one.amount)):
            lines[line.pk] = line
            planned[line.pk] = planned.get(line.pk, line.planned) + amount
    return next((lines[key].name for key, value in planned.items() if value < 0), "")


def write_moves(rows: Sequence[Move], *, at: datetime) -> list[Change]:
    """Note these, checked already, without a sentence, in the caller's transaction; the changes for an undo."""
    for row in rows:
        row.created_at = at
        row.save(force_insert=True)
    _touch({row.revision_id for row in rows}, at)
    return [
        Change(kind=MOVE, key=row.pk, action=Change.Action.CREATED, after={"amount": row.amount})
        for row in rows
    ]


def amend_moves(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    What a revision moves that was settled meanwhile stays.
    """
    revisions = dict(
        Move.objects.filter(pk__in=[key for key, _one in given]).values_list("pk", "revision_id")
    )
    locked = Revision.objects.select_for_update(of=("self",)).in_bulk(set(revisions.values()))
    free = [(key, one) for key, one in given if key in revisions and locked[revisions[key]].is_draft]
    changes = amend(Move, free, at=at)
    _touch({revisions[change.key] for change in changes}, at)
    return changes


def _touch(keys: set[int], at: datetime) -> None:
    Revision.objects.filter(pk__in=keys).update(updated_at=at)


@transaction.atomic
def restore_moves(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo moves that a file noted or changed; those changed since, and of settled revisions, are kept."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Move.objects.select_related("revision").filter(pk=change.key).first()
        if row is None:
            continue
        if not row.revision.is_draft:
            kept[change.key] = "touched"
        elif change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
        elif row.amount != (change.after or {}).get("amount"):
            kept[change.key] = "touched"
        else:
            row.delete()
        if change.key not in kept:
            _touch({row.revision_id}, timezone.now())
    return kept


def with_beside(changes: list[Change], beside: Mapping[int, Mapping[str, Any]]) -> list[Change]:
    """The changes that a file made, with what it did beside their rows (by key), for the undo: budget lines that a revision changed."""
    for change in changes:
        if kept := beside.get(change.key):
            change.before = {**(change.before or {}), **kept}
    return changes
