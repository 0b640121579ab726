"""Gathering comments and suggesting themes, in the background."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import Outcome

from . import services


def gather(*, now: datetime) -> None:
    """Take in what is new in every channel."""
    services.gather(now=now)


def sweep(*, now: datetime) -> None:
    """Take away comments whose source is gone."""
    services.sweep(now=now)


def suggest_step(job: Job) -> Outcome:
    """All suggestions anew, in one step."""
    many = services.suggest(now=timezone.now())
    return Outcome({}, many, is_over=True, result={"suggested": many})
