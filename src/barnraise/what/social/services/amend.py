"""Change many messages and variants at once, as a file says it, and take that back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import amend, reset_row
from barnraise.plumbing.search import services as search
from barnraise.why.goals.sockets import rows_changed

from ..models import Message, Variant
from ..selectors import KIND
from .change import OPEN
from .make import first_text
from .post import SOURCE

State = Variant.State
REACHED_FROM = {
    State.DRAFT.value: (State.APPROVED.value,),
    State.APPROVED.value: (State.DRAFT.value, State.FAILED.value),
    State.BY_HAND.value: (State.APPROVED.value, State.FAILED.value),
    State.DOWN.value: (State.CONFIRMED.value, State.BY_HAND.value),
}
"""By the state that a file may write: from which ones it is reached while the text stays."""
DRAFTS = "drafts"
"""Beside the fields of a change: the drafts that said what the message said, and followed."""


def amend_messages(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo."""

    def follow(row: Message) -> None:
        row.name_folded = fold(row.name)[:120]

    before = {
        row.pk: first_text(row.text, row.link)
        for row in Message.objects.filter(pk__in=[key for key, _v in given])
    }
    found = amend(Message, given, at=at, settle=follow)
    rows = Message.objects.in_bulk([change.key for change in found])
    for change in found:
        drafts = _follow(rows[change.key], before[change.key], at)
        change.before = {**(change.before or {}), DRAFTS: drafts}
    search.index(KIND, list(rows))
    return found


def _follow(row: Message, was: str, at: datetime, keys: Sequence[int] | None = None) -> list[int]:
    """Drafts that say what the message said say what it says now; their keys."""
    drafts = Variant.objects.filter(message=row, state=Variant.State.DRAFT, text=was)
    drafts = drafts if keys is None else drafts.filter(pk__in=keys)
    found = list(drafts.values_list("pk", flat=True))
    Variant.objects.filter(pk__in=found).update(text=first_text(row.text, row.link), updated_at=at)
    return found


def take_back(change: Change) -> str:
    """Undo one of `amend_messages`, in the caller's transaction; a short code when somebody went on with it since."""
    before = dict(change.before or {})
    drafts: list[int] = before.pop(DRAFTS, [])
    row = Message.objects.filter(pk=change.key).first()
    if row is None:
        return "gone"
    was = first_text(row.text, row.link)
    kept = Change(kind=KIND, key=change.key, action=change.action, before=before, after=change.after)
    if reason := reset_row(kept):
        return reason
    row.refresh_from_db()
    _follow(row, was, timezone.now(), drafts)
    search.index(KIND, [row.pk])
    return ""


def amend_variants(given: Sequence[tuple[int, Mapping[str, Any]]], *, at: datetime) -> list[Change]:
    """Set these fields, checked already, without a sentence, in the caller's transaction; the changes for an undo.

    What was posted, or otherwise reached a state from which this does not lead, is left as it is.
    """
    found = amend(Variant, given, at=at, still=_may_become)
    _touched([change.key for change in found], at)
    return found


def _may_become(row: Variant, values: Mapping[str, Any]) -> bool:
    if values.keys() & {"text", "account"}:
        return row.state in OPEN
    return "state" not in values or row.state in REACHED_FROM[str(values["state"])]


def take_back_variant(change: Change) -> str:
    """Undo one of `amend_variants`, in the caller's transaction; a short code when somebody went on with it since."""
    reason = reset_row(change)
    if not reason:
        _touched([change.key], timezone.now())
    return reason


def _touched(keys: Sequence[int], at: datetime) -> None:
    if keys:
        Message.objects.filter(variants__in=keys).update(updated_at=at)
        rows_changed(SOURCE)
