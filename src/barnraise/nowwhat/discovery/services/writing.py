"""What every write of a candidate shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.search import services as search

from .. import score_words, selectors
from ..models import Candidate
from ..selectors import KIND

KEPT = ("verdict", "reason", "until", "cites", "score", "terms", "judged_on", "judged_by_id")
"""What a decision sets, and an undo brings back."""


@dataclass(frozen=True, slots=True)
class New:
    """A candidate to write, checked already; organisation and decider are keys."""

    organisation: int
    verdict: str
    reason: str = ""
    until: date | None = None
    cites: str = ""
    judged_on: date | None = None
    judged_by: int | None = None
    score: int | None = None
    terms: list[Any] = field(default_factory=list)


def write(given: Sequence[New], *, at: datetime, is_sample: bool = False) -> list[Candidate]:
    """Add these without a sentence, in the caller's transaction."""
    rows = Candidate.objects.bulk_create(
        [
            Candidate(
                organisation_id=one.organisation,
                verdict=one.verdict,
                reason=one.reason,
                until=one.until,
                cites=one.cites,
                judged_on=one.judged_on or timezone.localdate(at),
                judged_by_id=one.judged_by,
                score=one.score,
                terms=one.terms,
                is_sample=is_sample,
                created_at=at,
                updated_at=at,
            )
            for one in given
        ]
    )
    search.index(KIND, [row.pk for row in rows])
    return rows


def stands(organisation: Any, cites: str, on: date) -> tuple[int | None, list[Any]]:
    """The score and terms with which the organisation stands in the ranking for this thing; None and nothing where it does not."""
    found = selectors.look(selectors.Wanted(cites), on)
    for one in found.ranked:
        if one.key == organisation.pk:
            words = score_words.shown(one, selectors.titles_of_wishes(found), selectors.titles_of_asks(found))
            return words["score"], words["terms"]
    return None, []


def before_of(row: Candidate | None) -> dict[str, Any]:
    """What a change set keeps of a row before a decision; empty for a new one."""
    if row is None:
        return {}
    kept = {name: getattr(row, name) for name in KEPT}
    return {**kept, "until": _day(row.until), "judged_on": _day(row.judged_on)}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def change_of(row: Candidate, before: dict[str, Any]) -> Change:
    """As a change set keeps it; `after` tells whether somebody decided again since."""
    action = Change.Action.UPDATED if before else Change.Action.CREATED
    return Change(
        kind=KIND, key=row.pk, action=action, before=before or None, after={"at": row.updated_at.isoformat()}
    )
