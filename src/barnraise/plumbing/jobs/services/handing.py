"""Hand work to the queue. A queue that cannot take it loses nothing: the row stands, and the sweep hands it over again."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.module_loading import import_string
from huey.contrib.djhuey import HUEY

log = logging.getLogger(__name__)

WORK = "barnraise.plumbing.jobs.tasks.work_on"
CHORE = "barnraise.plumbing.jobs.tasks.run_chore"


def hand_over(task: str, argument: Any) -> bool:
    """Enqueue the task of that dotted name; False (and a log line) when the queue did not take it."""
    try:
        import_string(task).enqueue(argument)
    except Exception:
        log.exception("The queue did not take %s(%r); the sweep will try again.", task, argument)
        return False
    return True


def is_queue_empty() -> bool:
    """Whether nothing waits in the queue for a worker; False too when the queue does not answer."""
    try:
        return int(HUEY.storage.queue_size()) == 0
    except Exception:
        log.exception("The queue does not say how long it is.")
        return False
