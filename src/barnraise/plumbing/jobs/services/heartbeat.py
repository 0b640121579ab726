"""A worker process says that it is there."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta

from ..holders import is_surely_gone, me
from ..models import Worker

FORGET = timedelta(days=1)


def report_alive(*, now: datetime) -> Worker:
    """Write this process down as a worker seen now, and forget those known to be gone."""
    worker, _ = Worker.objects.update_or_create(
        name=me(),
        defaults={"seen_at": now},
        create_defaults={
            "seen_at": now,
            "started_at": now,
            "host": socket.gethostname()[:120],
            "pid": os.getpid(),
        },
    )
    gone = [
        other.pk
        for other in Worker.objects.exclude(pk=worker.pk)
        if other.seen_at < now - FORGET or is_surely_gone(other.name)
    ]
    if gone:
        Worker.objects.filter(pk__in=gone).delete()
    return worker


def good_bye() -> None:
    """This worker stops in peace."""
    Worker.objects.filter(name=me()).delete()
