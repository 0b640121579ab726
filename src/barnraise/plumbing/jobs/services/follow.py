"""Watch a job to its end, working on it here when no worker has it: for the command line."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..models import Job
from .work import work


def follow(
    *,
    job: Job,
    on_progress: Callable[[Job], None] | None = None,
    work_here: bool = True,
    patience: float = 0.2,
) -> Job:
    """The job when it is over. Call it outside any transaction.

    With `work_here` this process takes it up itself unless a worker was faster. `on_progress` sees the fresh row
    between steps every `patience` seconds; when it raises, the job goes on without a watcher. Never gives up by itself.
    """
    if work_here:
        _work_in_sight(job, on_progress, patience)
    while True:
        job.refresh_from_db()
        if on_progress is not None:
            on_progress(job)
        if job.is_over:
            return job
        if not work_here or work(job.pk) == "taken":
            time.sleep(patience)


def _work_in_sight(job: Job, on_progress: Callable[[Job], None] | None, patience: float) -> None:
    """Work on it in a thread of its own, so that this one can watch."""
    if on_progress is None:
        work(job.pk)
        return
    import threading

    from django.db import connection

    def labour() -> None:
        try:
            work(job.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=labour, name=f"job-{job.pk}")
    thread.start()
    while thread.is_alive():
        thread.join(patience)
        job.refresh_from_db()
        on_progress(job)
