"""Change and end many concerns at once, as a file says it, and take that back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import fields_of, forget_things, reset_row, update
from barnraise.plumbing.search import services as search

from ..models import Answer, Issue
from ..selectors import KIND, terms
from .bring import set_clock
from .write import Said

ANSWERS = "answers"
"""Beside the fields of a change: the answers that came with it."""


@dataclass(frozen=True, slots=True)
class Amended:
    """What becomes of a concern, checked already: fields, an answer that was given, and how it `ends`, if it does."""

    values: Mapping[str, Any]
    answer: Said | None = None
    ends: str = ""
    ended_at: datetime | None = None
    outcome: str = ""


def amend_issues(given: Sequence[tuple[int, Amended]], *, at: datetime) -> list[Change]:
    """Set these without a sentence and without a mail, in the caller's transaction; the changes for an undo.

    Keys that are gone are passed over. An answer that was noted before is not noted twice.
    """
    rows = Issue.objects.select_for_update().in_bulk([key for key, _one in given])
    found, here = [], terms()
    for key, one in given:
        if (row := rows.get(key)) is None:
            continue
        before, was = fields_of(row), (row.severity, row.is_confidential)
        for name, value in one.values.items():
            setattr(row, name, value)
        if row.severity != was[0] and row.answered_at is None:
            set_clock(row, here)
        row.what_folded = fold(row.what)[:300]
        answer = _answered(row, one.answer, at)
        if one.ends:
            _end(row, one, at)
        change = update(row, before)
        if change is None and answer is None:
            continue
        row.updated_at = at
        row.save()
        if row.is_confidential and not was[1]:
            forget_things([Ref.to(row)])
        found.append(_kept(row, change, answer))
    search.index(KIND, [change.key for change in found])
    return found


def _answered(row: Issue, said: Said | None, at: datetime) -> Answer | None:
    if said is None or row.is_over or row.answers.filter(text=said.text).exists():
        return None
    when = max(said.at, row.clock_from)
    made = Answer.objects.create(
        issue=row,
        text=said.text,
        way=said.way,
        at=when,
        stops_clock=row.answered_at is None,
        clock_from=row.clock_from,
        answer_by=row.answer_by,
        updated_at=at,
    )
    row.answered_at = row.answered_at or when
    row.state = Issue.State.ANSWERED if row.state == Issue.State.OPEN else row.state
    return made


def _end(row: Issue, one: Amended, at: datetime) -> None:
    ended = one.ended_at or at
    row.state, row.outcome = one.ends, one.outcome
    row.ended_at = max(ended, row.answered_at or ended)


def _kept(row: Issue, change: Change | None, answer: Answer | None) -> Change:
    kept = change or Change(kind=KIND, key=row.pk, action=Change.Action.UPDATED, before={}, after={})
    if answer is not None:
        kept.before = {**(kept.before or {}), ANSWERS: [answer.pk]}
    return kept


def take_back(change: Change) -> str:
    """Undo one of `amend_issues`, in the caller's transaction; a short code when somebody went on with it since."""
    before = dict(change.before or {})
    answers: list[int] = before.pop(ANSWERS, [])
    later = Answer.objects.filter(issue_id=change.key, pk__gt=max(answers, default=0))
    if answers and later.exists():
        return "touched"
    if change.after:
        kept = Change(
            kind=change.kind, key=change.key, action=change.action, before=before, after=change.after
        )
        if reason := reset_row(kept):
            return reason
    else:
        Issue.objects.filter(pk=change.key).update(updated_at=timezone.now())
    Answer.objects.filter(pk__in=answers).delete()
    search.index(KIND, [change.key])
    return ""
