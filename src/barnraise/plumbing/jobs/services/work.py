"""Work on a job, step by step, each step one transaction of its rows and the cursor."""

from __future__ import annotations

import logging
import threading
import time
import traceback
import uuid
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from barnraise.foundation.policy import Refused

from ..models import Job
from ..pace import YIELD_SECONDS
from ..sockets import Calling, Outcome, handlers, surrounded
from . import lease

log = logging.getLogger(__name__)

ATTEMPTS = 5
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600))
"""How long to wait after the first, second, … failure of a step."""

_stopping = threading.Event()
_turn = threading.Lock()


def stop_working(stop: bool = True) -> None:
    """Ask every job this process works on to stop after its present step; `stop=False` takes it back."""
    (_stopping.set if stop else _stopping.clear)()


def work(job_id: int) -> str:
    """Work on this job until it is over, fails, or this process shall stop.

    Answers "over", "again" (a step failed; it is tried later), "stopped", "lost" (another worker has it now) or
    "taken" (it was not to be had: another's, over, or not yet due). Never raises for what a handler does.
    """
    token = lease.claim(job_id)
    if token is None:
        return "taken"
    calling = _calling(job_id)
    while True:
        if _stopping.is_set():
            _let_go(job_id, token)
            return "stopped"
        try:
            ended = _take_turn(job_id, token, calling)
        except Exception as error:
            log.warning("A step of job %s failed.", job_id, exc_info=True)
            return _failed(job_id, token, error)
        except BaseException:  # Ctrl-C in the midst of a step, which may have called another system
            _let_go(job_id, token, interruptions=F("interruptions") + 1)
            raise
        if ended:
            return ended


def is_stopping() -> bool:
    """Whether this process shall stop; a call to another system that waits asks it."""
    return _stopping.is_set()


def _calling(job_id: int) -> Calling | None:
    name = Job.objects.values_list("handler", flat=True).get(pk=job_id)
    found = handlers.find(name)
    return found if isinstance(found, Calling) else None


def _let_go(job_id: int, token: uuid.UUID, **fields: Any) -> None:
    """Another may have it at once, unless it shall end."""
    with transaction.atomic():
        job = lease.held(job_id, token)
        if job is not None and job.is_cancel_wanted:
            fields |= {"state": Job.State.CANCELLED, "finished_at": timezone.now()}
        lease.write(
            job_id, token, **{"state": Job.State.WAITING, "enqueued_at": None, **lease.released(), **fields}
        )


def _take_turn(job_id: int, token: uuid.UUID, calling: Calling | None) -> str:
    answer = _called(job_id, token, calling) if calling else None
    if connection.vendor != "sqlite":
        return _step(job_id, token, answer)
    with _turn:
        ended = _step(job_id, token, answer)
        time.sleep(YIELD_SECONDS)
    time.sleep(YIELD_SECONDS / 4)
    return ended


def _called(job_id: int, token: uuid.UUID, calling: Calling) -> Any:
    """What the other system answered; None when the step is not to be done any more."""
    if not lease.write(job_id, token, lease_until=timezone.now() + lease.CALL):
        return None
    job = Job.objects.get(pk=job_id)
    return None if job.is_cancel_wanted else calling.call(job)


def _step(job_id: int, token: uuid.UUID, answer: Any = None) -> str:
    """One step in one transaction; "" when there is more to do."""
    with transaction.atomic():
        job = lease.held(job_id, token)
        if job is None:
            return "lost"
        if job.is_cancel_wanted:
            now = timezone.now()
            lease.write(job_id, token, state=Job.State.CANCELLED, finished_at=now, **lease.released())
            return "over"
        handler = handlers.get(job.handler)
        with surrounded():
            outcome = handler.step(job, answer) if isinstance(handler, Calling) else handler(job)
        if not lease.write(job_id, token, **_advanced(job, outcome)):
            raise DatabaseError("The lease was lost during the step.")
        return "over" if outcome.is_over else ""


def _advanced(job: Job, outcome: Outcome) -> dict[str, Any]:
    now = timezone.now()
    fields: dict[str, Any] = {
        "cursor": dict(outcome.cursor),
        "done": outcome.done,
        "total": outcome.total if outcome.total is not None else job.total,
        "step": outcome.step[:120],
        "attempts": 0,
        "error": "",
        "trace": "",
        "lease_until": now + lease.LEASE,
        "updated_at": now,
    }
    if outcome.step[:120] != job.step:
        fields |= {"stage_at": now, "stage_done": outcome.done}
    if outcome.is_over:
        fields |= {"state": Job.State.DONE, "finished_at": now, "result": dict(outcome.result)}
        fields |= lease.released()
    return fields


def _sentence(error: Exception) -> str:
    if isinstance(error, Refused):
        return error.reason or _("It was refused.")
    if isinstance(error, DatabaseError):
        return _("The database did not answer as it should: {what}").format(what=str(error).strip()[:300])
    if isinstance(error, OSError):
        return _("A file or another computer could not be reached: {what}").format(what=str(error)[:300])
    return _("Something unexpected happened: {what}").format(
        what=f"{type(error).__name__}: {error}".strip(": ")[:300]
    )


def _failed(job_id: int, token: uuid.UUID, error: Exception) -> str:
    """Keep the error and say when to try again. A database that is away keeps nothing: then the lease runs out."""
    if isinstance(error, DatabaseError):
        connection.close_if_unusable_or_obsolete()
    now = timezone.now()
    try:
        with transaction.atomic():
            job = lease.held(job_id, token)
            if job is None:
                return "lost"
            attempts = job.attempts + 1
            fields: dict[str, Any] = {
                "attempts": attempts,
                "error": _sentence(error),
                "trace": "".join(traceback.format_exception(error))[-20_000:],
                **lease.released(),
            }
            is_final = attempts >= ATTEMPTS or isinstance(error, Refused)
            if job.is_cancel_wanted:
                fields |= {"state": Job.State.CANCELLED, "finished_at": now}
            elif is_final:
                fields |= {"state": Job.State.FAILED, "finished_at": now}
            else:
                pause = PAUSES[min(attempts, len(PAUSES)) - 1]
                fields |= {"state": Job.State.WAITING, "not_before_at": now + pause, "enqueued_at": None}
            lease.write(job_id, token, **fields)
            return "over" if is_final or job.is_cancel_wanted else "again"
    except DatabaseError:
        log.exception("The failure of job %s could not be kept; its lease will run out.", job_id)
        return "lost"
