"""Try a failed job again, from the step that failed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import Job
from ..sockets import witnesses
from .handing import WORK, hand_over


@transaction.atomic
def retry(*, job: Job, by: Any) -> Job:
    """It goes on where its last good step ended. Of a job that did not fail nothing changes. Gives the fresh row."""
    row = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if row.state != Job.State.FAILED:
        return row
    now = timezone.now()
    row.state, row.attempts, row.is_cancel_wanted = Job.State.WAITING, 0, False
    row.not_before_at, row.finished_at, row.enqueued_at, row.updated_at = None, None, now, now
    row.save(
        update_fields=[
            "state",
            "attempts",
            "is_cancel_wanted",
            "not_before_at",
            "finished_at",
            "enqueued_at",
            "updated_at",
        ]
    )
    for witness in witnesses:
        witness(row, "retried", by)
    transaction.on_commit(partial(hand_over, WORK, row.pk))
    return row
