"""The job that posts: it speaks with the network outside of any transaction, then writes down the answer."""

from __future__ import annotations

from typing import Any

from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.sockets import Calling, Outcome

from . import services


def _call(job: Job) -> Any:
    return services.ask_network(int(job.arguments["variant"]))


def _step(job: Job, answer: Any) -> Outcome:
    if not services.keep_answer(int(job.arguments["variant"]), answer, attempt=job.attempts + 1):
        raise ConnectionError(answer.reason)
    return Outcome(cursor={}, done=1, total=1, is_over=True)


publish = Calling(_call, _step)
