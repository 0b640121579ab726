"""The web processes: granian serving the WSGI application."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

BLOCKING_THREADS = 4
"""Requests one web process works on at a time."""


def serve_web(*, host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or SIGINT. The application is loaded before the web processes part, so that they share it."""
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from .wsgi import application

    def load(*_: Any) -> Callable[..., Any]:
        return application

    logging.getLogger("_granian").setLevel(logging.WARNING)
    server = Server(
        "barnraise.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=workers,
        blocking_threads=BLOCKING_THREADS,
        backlog=1024,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=1,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=load, wrap_loader=False)
