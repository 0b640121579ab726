"""Take back what an import brought or changed, and what was set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import is_as_it_came, note_resets, reset_row
from barnraise.plumbing.search import services as search

from ..models import Answer, Comment, Theme
from ..selectors import ANSWER, MARKS, THEME
from .amending import marks_of, put_marks
from .gather import take_away


@transaction.atomic
def restore(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo comments that a file brought or changed (those changed since are kept), and ones that were set aside."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Comment.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            if reason := _back(change, row):
                kept[change.key] = reason
        elif not is_as_it_came(row, hung=(MARKS,)):
            kept[change.key] = "touched"
        else:
            take_away([row.pk])
    return kept


def _back(change: Change, row: Comment) -> str:
    before = change.before or {}
    if change.after:
        answer = before.get("answer")
        if answer is not None and not Answer.objects.filter(pk=answer).exists():
            return "orphaned"
        return reset_row(change)
    row.state, row.aside_reason = str(before["state"]), str(before["aside_reason"])
    row.updated_at = timezone.now()
    row.save(update_fields=["state", "aside_reason", "updated_at"])
    return ""


@transaction.atomic
def restore_marks(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Comments are about what they were about before a file; those that are about something else since are kept."""
    kept: dict[int, str] = {}
    back: dict[int, datetime] = {}
    now = marks_of([change.key for change in changes])
    for change in changes:
        if not Comment.objects.filter(pk=change.key).exists():
            continue
        if now.get(change.key, []) != (change.after or {})["themes"]:
            kept[change.key] = "touched"
            continue
        themes = Theme.objects.filter(pk__in=(change.before or {})["themes"])
        back[change.key] = timezone.now()
        put_marks(change.key, list(themes.values_list("pk", flat=True)), at=back[change.key])
    Change.objects.bulk_update(note_resets(changes, back), ["after"], batch_size=500)
    return kept


@transaction.atomic
def restore_themes(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo themes that a file brought or changed; those changed since, or that something is about, are kept.

    So is one whose name before another has taken.
    """
    kept: dict[int, str] = {}
    for change in changes:
        row = Theme.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            name = (change.before or {}).get("name_folded")
            taken = Theme.objects.filter(name_folded=name).exclude(pk=row.pk).exists()
            if reason := "in_use" if taken else reset_row(change):
                kept[change.key] = reason
            else:
                search.index(THEME, [row.pk])
        elif not is_as_it_came(row) or row.marks.exists():
            kept[change.key] = "in_use"
        else:
            search.remove(THEME, [row.pk])
            row.delete()
    return kept


@transaction.atomic
def restore_answers(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo answers to many that a file brought or changed; those changed since, or that answer something, are kept."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Answer.objects.filter(pk=change.key).first()
        if row is None:
            continue
        if change.action == Change.Action.UPDATED:
            if reason := reset_row(change):
                kept[change.key] = reason
            else:
                search.index(ANSWER, [change.key])
        elif not is_as_it_came(row):
            kept[change.key] = "touched"
        elif Comment.objects.filter(answer=row).exists():
            kept[change.key] = "in_use"
        else:
            search.remove(ANSWER, [row.pk])
            row.delete()
    return kept
