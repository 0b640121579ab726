"""The desk's background work: the sample town."""

from __future__ import annotations

from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import Outcome
from barnraise.plumbing.ui.sockets import sample

from .services import change_town


def sample_step(job: Job) -> Outcome:
    """One room's part. `arguments`: what ("add" or "remove")."""
    part = int(job.cursor.get("part", 0))
    counts = change_town(
        what=job.arguments["what"], part=part, counts=job.cursor.get("counts", {}), by=job.by
    )
    total = len(sample)
    is_over = part + 1 >= total
    return Outcome(
        cursor={"part": part + 1, "counts": counts},
        done=min(part + 1, total),
        total=total,
        step="sample",
        is_over=is_over,
        result=counts if is_over else {},
    )
