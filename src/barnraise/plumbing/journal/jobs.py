"""The journal's background work: undoing a large change set, and purging what can no longer be undone."""

from __future__ import annotations

from datetime import datetime

from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import Outcome

from .models import ChangeSet
from .services import finish_undo, purge_changes, undo_batch


def undo_step(job: Job) -> Outcome:
    """One batch of an undo. `arguments`: change_set (key), before (where a broken one stopped, or None)."""
    row = ChangeSet.objects.get(pk=job.arguments["change_set"])
    before = job.cursor.get("before", job.arguments.get("before"))
    step = undo_batch(change_set=row, by=job.by, before=before)
    kept = job.cursor.get("kept", 0) + step.kept
    done = job.done + step.walked
    if step.before is None:
        finish_undo(change_set=row, by=job.by)
    return Outcome(
        cursor={"before": step.before, "kept": kept},
        done=done,
        total=row.count,
        step="undo",
        is_over=step.before is None,
        result={"change_set": str(row.uuid), "kept": kept} if step.before is None else {},
    )


def purge(*, now: datetime) -> None:
    """The chore: changes whose time to undo is over go."""
    purge_changes(now=now)
