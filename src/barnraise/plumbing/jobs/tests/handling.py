"""A real handler for the tests: step i adds `per_step` workers named "row <job>-<i>-<k>", so rows can be counted."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from barnraise.plumbing.jobs.models import Job, Worker
from barnraise.plumbing.jobs.sockets import Outcome

LATER = datetime(2999, 1, 1, tzinfo=UTC)


def rows(job: Job) -> Outcome:
    """One step; `arguments`: steps, per_step, and pause in seconds (within the transaction)."""
    at = int(job.cursor.get("at", 0))
    steps, per_step = int(job.arguments["steps"]), int(job.arguments["per_step"])
    Worker.objects.bulk_create(
        Worker(name=f"row {job.pk}-{at}-{number}", host="", pid=0, started_at=LATER, seen_at=LATER)
        for number in range(per_step)
    )
    time.sleep(float(job.arguments.get("pause", 0)))
    return Outcome(
        cursor={"at": at + 1},
        done=(at + 1) * per_step,
        total=steps * per_step,
        step="Writing rows",
        is_over=at + 1 >= steps,
        result={"rows": steps * per_step},
    )


def counted(job: Job) -> int:
    """The rows this job has written so far."""
    return Worker.objects.filter(name__startswith=f"row {job.pk}-").count()
