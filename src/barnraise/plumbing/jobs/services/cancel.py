"""Cancel a job: a waiting one at once, a running one after its present step."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import OVER, Job
from ..sockets import witnesses


@transaction.atomic
def cancel(*, job: Job, by: Any) -> Job:
    """What its finished steps wrote stays. Of a job that is over already nothing changes. Gives the fresh row."""
    row = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if row.state in OVER or row.is_cancel_wanted:
        return row
    now = timezone.now()
    row.is_cancel_wanted, row.updated_at = True, now
    fields = ["is_cancel_wanted", "updated_at"]
    if row.state == Job.State.WAITING:
        row.state, row.finished_at = Job.State.CANCELLED, now
        fields += ["state", "finished_at"]
    row.save(update_fields=fields)
    for witness in witnesses:
        witness(row, "cancelled", by)
    return row


def hold(*, job: Job) -> None:
    """Lock the job's row until the caller's transaction ends: no step of it runs meanwhile. SQLite locks all anyhow."""
    Job.objects.select_for_update(of=("self",)).filter(pk=job.pk).first()
