"""The job that empties the outbox: one mail in hand at a time, marked before it goes and answered for afterwards."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from barnraise.plumbing.jobs.models import Job
from barnraise.plumbing.jobs.services import is_stopping
from barnraise.plumbing.jobs.sockets import Outcome

from . import services
from .building import built
from .models import Message
from .paths import return_path
from .transport import Answer, courier, pace

STEP = "mail.hand_over"
AWAY = "mail.away"
NAP = 0.5
"""Seconds after which a job that waits for its turn says that it is alive."""


@dataclass(frozen=True, slots=True)
class Said:
    """What came of a call: None when the mail's turn has not come."""

    answer: Answer | None
    is_repeat: bool = False


def call(job: Job) -> Said | None:
    """Hand over the mail in this job's hands. Outside of any transaction; writes nothing."""
    key = job.cursor.get("sending")
    if not key:
        return None
    wait = pace.wait()
    if wait > 0:
        time.sleep(min(wait, NAP))
        if wait > NAP or is_stopping():
            return Said(None)
    row = (
        Message.objects.select_related("body")
        .filter(pk=key, state=Message.State.SENDING, job_key=job.pk)
        .first()
    )
    if row is None:
        return None
    is_repeat = job.interruptions > job.cursor.get("interruptions", 0) or job.attempts > 0
    answer = courier().hand_over(built(row), sender=return_path(row.pk), to=row.to_address)
    pace.went()
    return Said(answer, is_repeat)


def step(job: Job, said: Said | None) -> Outcome:
    """Write down the answer and take the next mail in hand, in one transaction."""
    now = timezone.now()
    key, done = job.cursor.get("sending"), job.done
    if key and said is not None and said.answer is None:
        return Outcome(cursor=job.cursor, done=done, step=job.step or STEP)
    if key and said is not None and said.answer is not None:
        services.finish(key, said.answer, job=job, now=now, is_repeat=said.is_repeat)
        done += said.answer.kind == "accepted"
        if said.answer.kind == "away":
            return _over(done, AWAY)
    return _next(job, done, now)


def _next(job: Job, done: int, now: datetime) -> Outcome:
    row, is_more = services.take_next(job, now=now)
    if row is None and not is_more:
        return _over(done, STEP)
    cursor = {"sending": row.pk if row else None, "interruptions": job.interruptions}
    return Outcome(cursor=cursor, done=done, step=STEP)


def _over(done: int, step_word: str) -> Outcome:
    courier().close()
    return Outcome(cursor={}, done=done, step=step_word, is_over=True, result={"handed_over": done})
