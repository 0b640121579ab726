"""Once a day the best of the ranking are proposed, so that Today can show them without weighing anybody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import services as search

from .. import score_words, selectors
from ..models import Candidate
from ..selectors import KIND
from .remove import take_away
from .writing import New, write

MOST = 5
"""So many are proposed at once."""
TELLING = 0.15
"""A need is cited from this likeness on."""


def propose(*, now: datetime, is_sample: bool = False) -> int:
    """Propose the best that nobody decided about. How many are new; safe to run twice.

    Those proposed before that are no longer among the best, or became partners, make room.
    """
    found = selectors.look(selectors.Wanted(), timezone.localdate(now))
    with translation.override(installation().default_language), transaction.atomic():
        kept = {row.organisation_id: row for row in Candidate.objects.select_for_update()
                .filter(verdict=Candidate.Verdict.PROPOSED)}  # fmt: skip
        decided = set(selectors.watched_among([one.key for one in found.ranked])) - set(kept)
        best = [one for one in found.ranked if one.key not in decided][:MOST]
        wishes, asks = selectors.titles_of_wishes(found), selectors.titles_of_asks(found)
        news: list[New] = []
        for one in best:
            words = score_words.shown(one, wishes, asks)
            if one.key in kept:
                _refresh(kept[one.key], words, now)
            else:
                aim = _aim(one)
                news.append(
                    New(one.key, "proposed", cites=aim, score=words["score"], terms=words["terms"])
                )  # fmt: skip
        gone = [row.pk for key, row in kept.items() if key not in {one.key for one in best}]
        if gone:
            take_away(gone)
        rows = write(news, at=now, is_sample=is_sample)
        if rows and not is_sample:
            record(by=None, verb="discovery.proposed", about=[], details={"count": len(rows)})
    return len(rows)


def _aim(one: Any) -> str:
    """The need it is likest to; none where they share a word by chance only."""
    (term,) = [term for term in one.terms if term.name == "need"]
    return str(term.details["aim"]) if term.value is not None and term.value >= TELLING else ""


def _refresh(row: Candidate, words: dict[str, Any], now: datetime) -> None:
    if (row.score, row.terms) != (words["score"], words["terms"]):
        row.score, row.terms, row.updated_at = words["score"], words["terms"], now
        row.save(update_fields=["score", "terms", "updated_at"])
        search.index(KIND, [row.pk])
