"""Forget what is long over: finished jobs, and what the queue remembers of finished tasks."""

from __future__ import annotations

import pickle
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from huey.contrib.djhuey import HUEY

from ..models import OVER, Job

KEEP_JOBS = timedelta(days=90)
KEEP_RESULTS = timedelta(hours=1)


@transaction.atomic
def purge_finished(*, now: datetime) -> int:
    """Remove jobs that ended more than 90 days ago. Gives how many."""
    return Job.objects.filter(state__in=OVER, finished_at__lt=now - KEEP_JOBS).delete()[0]


def purge_results(*, now: datetime) -> int:
    """Remove the queue's notes of tasks that ended more than an hour ago. Gives how many."""
    gone = 0
    for key, packed in HUEY.all_results().items():
        if _is_over_since(packed, now - KEEP_RESULTS):
            HUEY.delete(key)
            gone += 1
    return gone


def _is_over_since(packed: bytes, moment: datetime) -> bool:
    """Whether this note is of a task that ended before `moment`. Notes are written by huey itself, never from outside."""
    try:
        note: Any = HUEY.serializer.deserialize(packed)
    except (pickle.UnpicklingError, AttributeError, ImportError, EOFError):
        return True
    if not isinstance(note, dict) or "enqueued_at" not in note:
        return True
    ended = note.get("finished_at")
    if ended:
        return datetime.fromisoformat(ended) < moment
    began = note.get("enqueued_at")
    return bool(began) and datetime.fromisoformat(str(began)) < moment - timedelta(days=7)
