"""Background work: somebody does it, nothing is stuck, nothing failed unseen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from barnraise.plumbing.jobs import selectors
from barnraise.plumbing.jobs.models import Job

from .finding import Finding, error, warning

STUCK = timedelta(minutes=5)
LATELY = timedelta(days=7)


def look() -> Iterator[Finding]:
    """Workers, jobs, chores."""
    now = timezone.now()
    if not selectors.workers_alive(now).exists():
        yield error(
            "jobs.no_worker",
            "No worker has reported in the last minute: background work stands still.",
            "Start `barnraise up` (it brings one) or `barnraise worker`.",
        )
    waiting = Job.objects.filter(selectors.due(now), updated_at__lt=now - STUCK)
    abandoned = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=now - STUCK)
    stuck = waiting.count() + abandoned.count()
    if stuck:
        yield error(
            "jobs.stuck",
            f"{stuck} jobs have not moved for more than five minutes.",
            "See that a worker runs; restart it when it does.",
        )
    failed = Job.objects.filter(state=Job.State.FAILED, finished_at__gte=now - LATELY)
    newest = failed.order_by("-id").first()
    if newest is not None:
        yield warning(
            "jobs.failed",
            f"{failed.count()} jobs failed in the last seven days, the newest: {newest.title}: {newest.error}",
            "Open Settings, Background work: the job says why, and can be tried again.",
        )
    for chore in selectors.chores_failing():
        yield warning(
            "jobs.chore_failing",
            f"The chore {chore.name} has failed {chore.failures} times: {chore.error}",
            "Mend what it names; it is tried again by itself.",
        )
    for chore in selectors.chores_overdue(now, by=timedelta(hours=1)):
        yield warning(
            "jobs.chore_overdue",
            f"The chore {chore.name} has been due since {chore.due_at:%Y-%m-%d %H:%M} UTC.",
            "See that a worker runs.",
        )
