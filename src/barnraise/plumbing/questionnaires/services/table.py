"""Write the questions of a table into a draft, and put back what stood there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import (
    add_changes,
    close_change_set,
    fields_of,
    open_change_set,
    reset,
    update,
)
from barnraise.plumbing.profile.selectors import installation

from ..models import Questionnaire, Version
from ..questions import Question, faults
from ..selectors import draft_of
from .write import write_draft


def take_questions_in(
    questionnaire: Questionnaire, questions: Sequence[Question], *, by: Any, is_added: bool = False
) -> ChangeSet:
    """Write these questions into the draft, in place of what stands there or (`is_added`) after it; an undo puts those back.

    Raises ValidationError when there is no draft, or the questions cannot be asked together.
    """
    with transaction.atomic():
        draft = draft_of(questionnaire)
        before = fields_of(draft) if draft is not None else {}
        whole = [*(draft.asked() if draft is not None and is_added else ()), *questions]
        if found := faults(whole, installation().default_language):
            raise ValidationError([f"{code}: {reason}" if code else reason for code, reason in found])
        written = write_draft(questionnaire, by=by, questions=whole)
        change_set = open_change_set(by=by, verb="questionnaires.draft_written")
        change = update(written, before)
        add_changes(change_set=change_set, changes=[change] if change is not None else [])
        close_change_set(change_set=change_set)
    return change_set


def put_questions_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `take_questions_in`; what was published or written since stays."""
    kept: dict[int, str] = {}
    for change in changes:
        row = Version.objects.select_for_update().filter(pk=change.key).first()
        reason = "gone" if row is None else "touched" if row.published_at else reset(change, row)
        if reason:
            kept[change.key] = reason
    return kept
