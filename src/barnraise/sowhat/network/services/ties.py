"""Ties that files change and end, and their undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, reset_row

from ..items import NAMES
from ..models import Member, Tie

KIND = "network.tie"
"""The kind under which an import keeps what it did to ties."""


def amend_ties(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these answers, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    Those of waves that were closed meanwhile stay.
    """
    live = set(_live([key for key, _values in given]).values_list("pk", flat=True))
    return amend(Tie, [(key, values) for key, values in given if key in live], at=at)


def end_ties(keys: Sequence[int]) -> list[Change]:
    """Nothing is said of these any more, in the caller's transaction; the changes for an undo. Those of closed waves stay."""
    changes = []
    for row in _live(keys).order_by("pk"):
        said = {"giver": row.giver_id, "taker": row.taker_id, **{name: getattr(row, name) for name in NAMES}}
        changes.append(Change(kind=KIND, key=row.pk, action=Change.Action.REMOVED, before=said))
        row.delete()
    return changes


def _live(keys: Sequence[int]) -> Any:
    return Tie.objects.filter(pk__in=list(keys), giver__wave__ended_on__isnull=True)


@transaction.atomic
def restore_ties(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo ties that a file brought, changed or ended; a partner that said nothing else has not answered. Those changed since, and of
    closed waves, are kept."""
    kept: dict[int, str] = {}
    for change in changes:
        if change.action == Change.Action.REMOVED:
            reason = _said_again(change)
        else:
            row = Tie.objects.filter(pk=change.key).select_related("giver__wave").first()
            reason = _taken_back(change, row) if row is not None else ""
        if reason:
            kept[change.key] = reason
    return kept


def _said_again(change: Change) -> str:
    said = dict(change.before or {})
    giver, taker = said.pop("giver"), said.pop("taker")
    rows = Member.objects.filter(pk__in=(giver, taker), wave__ended_on__isnull=True)
    if rows.count() != 2 or Tie.objects.filter(giver=giver, taker=taker).exists():
        return "touched"
    now = timezone.now()
    Tie.objects.create(pk=change.key, giver_id=giver, taker_id=taker, created_at=now, updated_at=now, **said)
    return ""


def _taken_back(change: Change, row: Tie) -> str:
    if row.giver.wave.ended_on is not None:
        return "touched"
    if change.action == Change.Action.UPDATED:
        return reset_row(change)
    giver = row.giver
    row.delete()
    if not giver.ties_out.exists():
        giver.answered_at, giver.updated_at = None, timezone.now()
        giver.save(update_fields=["answered_at", "updated_at"])
    return ""
