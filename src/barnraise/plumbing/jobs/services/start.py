"""Start a job: its row now, the queue when the caller's transaction has committed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import Job
from ..sockets import handlers
from .handing import WORK, hand_over


@transaction.atomic
def start(
    *,
    handler: str,
    title: str,
    arguments: Mapping[str, Any] | None = None,
    subject: Any = None,
    by: Any,
    total: int | None = None,
    wait: timedelta | None = None,
) -> Job:
    """A waiting job that a worker takes up once the surrounding transaction commits, or so long after that `wait` says.

    `handler` names a plug of jobs.handlers (SocketError when there is none); `title` is shown as it is, cut at 200
    characters; `arguments` must be JSON; `subject` is a typed reference or None; `by` an account, or None for the house.
    """
    handlers.get(handler)
    now = timezone.now()
    job = Job.objects.create(
        handler=handler,
        title=title[:200],
        arguments=dict(arguments or {}),
        subject=str(subject) if subject is not None else "",
        total=total,
        by=by if getattr(by, "pk", None) else None,
        enqueued_at=None if wait else now,
        not_before_at=now + wait if wait else None,
    )
    if wait is None:
        transaction.on_commit(partial(hand_over, WORK, job.pk))
    return job
