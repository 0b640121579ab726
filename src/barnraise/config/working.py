"""A worker process: huey's consumer for what is in the queue, and a ticker for what must be found by looking."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone
from huey.consumer import Consumer
from huey.contrib.djhuey import HUEY

from barnraise.plumbing.jobs import services

from .locks import lock, one_worker, running

log = logging.getLogger("barnraise.worker")

TICK_SECONDS = 1.0
HEARTBEAT = timedelta(seconds=10)


class _Consumer(Consumer):  # type: ignore[misc]
    """Tells the job at work to stop after its present step, before it waits for it; Ctrl-C stops in peace too."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._signal_actions[signal.SIGINT] = (False, True)

    def stop(self, graceful: bool = False) -> None:
        services.stop_working()
        super().stop(graceful=graceful)


class Ticker(threading.Thread):
    """Once a second: lost and due jobs, due chores; every ten seconds a sign of life. Errors are logged, it goes on."""

    def __init__(self) -> None:
        super().__init__(name="ticker", daemon=True)
        self.ending = threading.Event()
        self._seen_at: datetime | None = None

    def run(self) -> None:
        while not self.ending.wait(TICK_SECONDS):
            self.tick(timezone.now())
        _quietly(services.good_bye)
        connections.close_all()
        HUEY.storage.close()

    def tick(self, now: datetime) -> None:
        """One round."""
        close_old_connections()
        if self._seen_at is None or now - self._seen_at >= HEARTBEAT:
            self._seen_at = now
            _quietly(lambda: services.report_alive(now=now))
        _quietly(lambda: services.sweep(now=now))
        _quietly(lambda: services.hand_out_chores(now=now))


def _mail_door() -> Any:
    """The door for mails, when BARNRAISE_LMTP names one."""
    address = settings.ENVIRONMENT.lmtp
    if not address:
        return None
    from .receiving import MailDoor

    mail_door = MailDoor(address)
    mail_door.start()
    return mail_door


def _quietly(act: Callable[[], object]) -> None:
    try:
        act()
    except Exception:
        log.exception("The ticker stumbled and goes on.")


def run_worker() -> None:
    """Work until SIGTERM or SIGINT. Raises locks.Busy when SQLite has its one worker already. Django is loaded."""
    now = timezone.now()
    with ExitStack() as held:
        held.enter_context(lock(running(settings.DATA), shared=True))
        if settings.IS_SQLITE:
            held.enter_context(lock(one_worker(settings.DATA)))
        for noisy in ("huey", "django_tasks"):
            logging.getLogger(noisy).setLevel(logging.WARNING)
        services.report_alive(now=now)
        services.ensure_chores(now=now)
        services.sweep(now=now, alone=settings.IS_SQLITE)
        connections.close_all()
        ticker = Ticker()
        ticker.start()
        mail_door = _mail_door()
        consumer = _Consumer(
            HUEY,
            workers=2 if settings.IS_SQLITE else 4,
            worker_type="thread",
            periodic=False,
            initial_delay=0.05,
            max_delay=0.25,
            scheduler_interval=1,
            graceful_signal="TERM",
            shutdown_timeout=10,
        )
        consumer.run()
        if mail_door is not None:
            mail_door.stop()
            mail_door.join(10)
        ticker.ending.set()
        ticker.join(5)
