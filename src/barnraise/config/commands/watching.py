"""Work on a job here and show how it goes: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from typing import Any


def watch(job: Any) -> Any:
    """The job when it is over."""
    from barnraise.plumbing.jobs.services import follow

    if not sys.stderr.isatty():
        return follow(job=job)
    from tqdm import tqdm

    with tqdm(total=job.total, unit="row", file=sys.stderr) as bar:

        def show(row: Any) -> None:
            bar.total = row.total or bar.total
            bar.n = row.done
            bar.refresh()

        return follow(job=job, on_progress=show)


def watch_undo(change_set: Any) -> None:
    """Return when a change set that is being undone is undone."""
    from barnraise.foundation.refs import Ref
    from barnraise.plumbing.jobs.selectors import jobs_on

    change_set.refresh_from_db()
    if change_set.state == change_set.State.UNDOING:
        job = jobs_on(Ref.to(change_set)).first()
        if job is not None:
            watch(job)
            change_set.refresh_from_db()
