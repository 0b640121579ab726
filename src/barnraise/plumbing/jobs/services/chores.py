"""Chores: hand out those that are due, run one, and say when it comes round again."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from ..models import Chore
from ..sockets import chores, surrounded
from .handing import CHORE, hand_over

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)
"""A chore handed out that long ago and not finished is handed out again."""


def ensure_chores(*, now: datetime) -> int:
    """Give every plugged chore its row, due at once, and forget rows of chores that are plugged no more."""
    known = set(Chore.objects.values_list("name", flat=True))
    plugged = {name for name, _ in chores.items()}
    fresh = [Chore(name=name, due_at=now) for name in sorted(plugged - known)]
    if fresh:
        Chore.objects.bulk_create(fresh, ignore_conflicts=True)
    if known - plugged:
        Chore.objects.filter(name__in=known - plugged).delete()
    return len(fresh)


def hand_out_chores(*, now: datetime) -> int:
    """Hand every due chore to the queue, each to one worker. Gives how many."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    handed = 0
    for name in Chore.objects.filter(free, due_at__lte=now).values_list("name", flat=True):
        mine = Chore.objects.filter(free, name=name, due_at__lte=now).update(lease_until=now + LEASE)
        if mine and hand_over(CHORE, name):
            handed += 1
    return handed


def run_chore(*, name: str) -> bool:
    """Run this chore now and write down how it went. True when it went well; a missing one is passed over."""
    plug = chores.find(name)
    if plug is None or not Chore.objects.filter(name=name).exists():
        return False
    began = timezone.now()
    error = ""
    Chore.objects.filter(name=name).update(started_at=began, lease_until=began + LEASE)
    try:
        with surrounded():
            plug.run(now=began)
    except Exception as problem:
        log.exception("The chore %s failed.", name)
        error = f"{type(problem).__name__}: {problem}"[:2000]
    ended = timezone.now()
    pause = min(plug.interval, timedelta(minutes=5)) if error else plug.interval
    Chore.objects.filter(name=name).update(
        finished_at=ended,
        due_at=ended + pause,
        lease_until=None,
        error=error,
        failures=F("failures") + 1 if error else 0,
    )
    return not error
