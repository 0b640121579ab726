"""Named reads of background work."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from barnraise.foundation.policy import leads

from . import progress
from .models import Chore, Job, Worker

ALIVE = timedelta(seconds=45)
"""A worker that has not reported for that long is not counted as alive."""


def visible_to(actor: Any) -> QuerySet[Job]:
    """The jobs this actor may see, newest first, with who started them."""
    jobs = Job.objects.select_related("by").order_by("-id")
    return jobs if leads(actor) else jobs.filter(by_id=getattr(actor, "pk", None) or 0)


def job(uuid: Any) -> Job:
    """One job by its public id, with who started it. Raises Job.DoesNotExist."""
    return Job.objects.select_related("by").get(uuid=uuid)


def jobs_on(subject: Any) -> QuerySet[Job]:
    """The jobs that work on this reference, newest first."""
    return Job.objects.filter(subject=str(subject)).order_by("-id")


def remaining(job: Job, *, now: datetime | None = None) -> timedelta | None:
    """Time left at the present pace, None when nobody can say."""
    if job.state != Job.State.RUNNING or job.stage_at is None:
        return None
    return progress.remaining(
        done=job.done,
        total=job.total,
        stage_done=job.stage_done,
        elapsed=(now or timezone.now()) - job.stage_at,
    )


def due(now: datetime) -> Q:
    """The condition of waiting rows whose time has come."""
    return Q(state=Job.State.WAITING) & (Q(not_before_at=None) | Q(not_before_at__lte=now))


def workers_alive(now: datetime) -> QuerySet[Worker]:
    """Workers that reported lately."""
    return Worker.objects.filter(seen_at__gte=now - ALIVE).order_by("name")


def chores_failing() -> QuerySet[Chore]:
    """Chores whose last run went wrong."""
    return Chore.objects.exclude(error="").order_by("name")


def chores_overdue(now: datetime, *, by: timedelta) -> QuerySet[Chore]:
    """Chores that should have begun more than `by` ago."""
    return Chore.objects.filter(due_at__lt=now - by).order_by("name")
