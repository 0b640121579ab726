"""Write many concerns at once: from a file, or for the sample town."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from barnraise.foundation.text import fold
from barnraise.plumbing.search import services as search

from ..clock import Term
from ..models import Answer, Issue
from ..selectors import KIND, terms
from .bring import set_clock


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that was given before."""

    text: str
    at: datetime
    way: str = "said"
    by: int | None = None


@dataclass(frozen=True, slots=True)
class New:
    """A concern to write, checked already; who is in it are keys. With an `outcome` and an answer it is over."""

    origin: str
    what: str
    raised_at: datetime
    severity: str = "medium"
    detail: str = ""
    organisation: int | None = None
    person: int | None = None
    asker_name: str = ""
    asker_email: str = ""
    language: str = ""
    about: int | None = None
    owner: int | None = None
    cites: str = ""
    is_confidential: bool = False
    answer: Said | None = None
    state: str = "open"
    ended_at: datetime | None = None
    outcome: str = ""


def write(given: Sequence[New], *, by: Any, at: datetime, is_sample: bool = False) -> list[Issue]:
    """Add these without a sentence and without a mail, in the caller's transaction."""
    here = terms()
    rows = Issue.objects.bulk_create([_row(one, at, is_sample, here) for one in given])
    Answer.objects.bulk_create(
        [_answer(row, one.answer, at) for row, one in zip(rows, given, strict=True) if one.answer is not None]
    )
    search.index(KIND, [row.pk for row in rows])
    return rows


def _row(one: New, at: datetime, is_sample: bool, here: Mapping[str, Term]) -> Issue:
    row = Issue(
        origin=one.origin,
        what=one.what,
        what_folded=fold(one.what)[:300],
        severity=one.severity,
        detail=one.detail,
        organisation_id=one.organisation,
        person_id=one.person,
        asker_name=one.asker_name,
        asker_email=one.asker_email,
        language=one.language,
        about_id=one.about,
        owner_id=one.owner,
        cites=one.cites,
        is_confidential=one.is_confidential,
        raised_at=one.raised_at,
        clock_from=one.raised_at,
        answered_at=one.answer.at if one.answer else None,
        state=one.state,
        ended_at=one.ended_at,
        outcome=one.outcome,
        is_sample=is_sample,
        created_at=at,
        updated_at=at,
    )
    set_clock(row, here)
    return row


def _answer(row: Issue, said: Said, at: datetime) -> Answer:
    return Answer(
        issue=row,
        text=said.text,
        way=said.way,
        at=said.at,
        by_id=said.by,
        stops_clock=True,
        clock_from=row.clock_from,
        answer_by=row.answer_by,
        updated_at=at,
    )
