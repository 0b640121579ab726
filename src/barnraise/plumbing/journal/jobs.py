"""The journal's background work: undoing a large change set, and purging what can no longer be undone."""

from __future__ import annotations

from datetime import datetime

from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import Outcome

from .models import ChangeSet
from .services import bulk_batch, finish_bulk, finish_undo, purge_changes, undo_batch


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


def bulk_step(job: Job) -> Outcome:
    """One batch of a bulk action. `arguments` as `run_bulk` wrote them."""
    stretch = bulk_batch(arguments=job.arguments, after=int(job.cursor.get("after", 0)), by=job.by)
    changed = int(job.cursor.get("changed", 0)) + stretch.changed
    is_over = stretch.after is None
    if is_over:
        row = ChangeSet.objects.get(pk=job.arguments["change_set"])
        finish_bulk(change_set=row, by=job.by, count=changed)
    return Outcome(
        cursor={"after": stretch.after, "changed": changed},
        done=job.done + stretch.walked,
        step="bulk",
        is_over=is_over,
        result={"changed": changed, "change_set": job.arguments["change_set"]} if is_over else {},
    )


def purge(*, now: datetime) -> None:
    """The chore: changes whose time to undo is over go."""
    purge_changes(now=now)
