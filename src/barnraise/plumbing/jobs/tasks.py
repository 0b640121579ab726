"""What the queue carries: the number of a job, the name of a chore. The work itself is in their rows."""

from __future__ import annotations

from django_tasks import task

from . import services


@task()
def work_on(job_id: int) -> str:
    """Work on this job; see services.work."""
    return services.work(job_id)


@task()
def run_chore(name: str) -> bool:
    """Run this chore; see services.run_chore."""
    return services.run_chore(name=name)
