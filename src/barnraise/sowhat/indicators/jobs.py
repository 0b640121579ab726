"""Counting in the background."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

from django.utils import timezone

from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import Outcome
from barnraise.why.goals.models import Indicator
from barnraise.why.goals.selectors import live_indicators

from . import services
from .services.compute import since_of
from .spans import spans

SECONDS = 0.4


def count_step(job: Job) -> Outcome:
    """Count as many periods as fit into a step, indicator by indicator, newest period first."""
    began = monotonic()
    after, at = int(job.cursor.get("indicator", 0)), int(job.cursor.get("period", 0))
    done = job.done
    while monotonic() - began < SECONDS:
        indicator = _next(job, after)
        if indicator is None:
            return Outcome({"indicator": after, "period": 0}, done, is_over=True, result={"counted": done})
        today = timezone.localdate()
        wanted = spans(indicator.frequency, since_of(indicator, today), today)[::-1]
        if at >= len(wanted):
            after, at = indicator.pk, 0
            continue
        services.compute(indicator, wanted[at], by=job.by)
        at, done = at + 1, done + 1
    return Outcome({"indicator": after, "period": at}, done)


def _next(job: Job, after: int) -> Indicator | None:
    one, names = job.arguments.get("indicator"), job.arguments.get("sources")
    rows = Indicator.objects.filter(pk=one) if one else live_indicators().exclude(source="")
    if names:
        rows = rows.filter(source__in=names)
    return rows.filter(pk__gt=after).order_by("pk").first()


def refresh(*, now: datetime) -> None:
    """Let all indicators that count by themselves be counted, unless that is under way."""
    services.start_counting(by=None)
