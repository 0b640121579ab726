"""Find work that nobody holds and hand it to the queue again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from .. import selectors
from ..holders import is_surely_gone
from ..models import Job
from .handing import WORK, hand_over, is_queue_empty

GRACE = timedelta(seconds=30)
"""A job handed to the queue that long ago and still in nobody's hands is handed over again, however long the queue is."""
LOST = timedelta(seconds=3)
"""As long ago, while the queue is empty: whoever took it from there died before it was in hand."""


def sweep(*, now: datetime, alone: bool = False) -> int:
    """Hand over waiting jobs that are due or were lost by the queue, and running ones whose lease ran out.

    The lease of a process of this machine that is gone runs out at once; with `alone` (this process is the only worker
    there can be, and holds no job yet) every lease does. Gives the number handed over. Any number of workers may sweep.
    """
    _expire_leases_of_the_gone(now, alone)
    nobodys = selectors.due(now) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    grace = LOST if is_queue_empty() else GRACE
    unqueued = Q(enqueued_at=None) | Q(enqueued_at__lt=now - grace)
    handed = 0
    for row in Job.objects.filter(nobodys & unqueued).only("pk", "enqueued_at").order_by("pk")[:200]:
        mine = Job.objects.filter(pk=row.pk, enqueued_at=row.enqueued_at).update(enqueued_at=now)
        if mine and hand_over(WORK, row.pk):
            handed += 1
    return handed


def _expire_leases_of_the_gone(now: datetime, alone: bool) -> None:
    running = Job.objects.filter(state=Job.State.RUNNING, lease_until__gte=now)
    for job in running.only("pk", "lease_holder", "lease_token"):
        if alone or is_surely_gone(job.lease_holder):
            Job.objects.filter(pk=job.pk, lease_token=job.lease_token).update(
                lease_until=now - timedelta(seconds=1), enqueued_at=None
            )
