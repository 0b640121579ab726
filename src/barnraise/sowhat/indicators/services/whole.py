"""Count all numbers from all their rows: the proof that what moved by the difference moved rightly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from barnraise.why.goals.selectors import live_indicators

from ..models import Observation
from ..spans import spans
from .compute import compute, since_of


@dataclass(frozen=True, slots=True)
class Differed:
    """An observation that said something else than all its rows: what it said, and what it says now."""

    observation: Observation
    before: Decimal | None
    after: Decimal | None


def count_whole(*, by: Any = None, now: datetime | None = None) -> tuple[int, list[Differed]]:
    """How many observations of indicators that count by themselves there are, and which of them differed; those are right now.

    What has changed since the last round is counted first, as any round does, so that it is no difference.
    """
    at = now or timezone.now()
    today = timezone.localdate(at)
    many, differed = 0, []
    for indicator in live_indicators().exclude(source="").iterator(chunk_size=200):
        for period in spans(indicator.frequency, since_of(indicator, today), today):
            found = compute(indicator, period, by=by, now=at)
            if found is None:
                continue
            before = found.value, found.row_count
            whole = compute(indicator, period, by=by, now=at, is_whole=True)
            many += 1
            if whole is not None and (whole.value, whole.row_count) != before:
                differed.append(Differed(whole, before[0], whole.value))
    return many, differed
