"""`barnraise up`: web and worker as children of one parent that restarts what dies and stops both in peace."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

Say = Callable[[str], None]
TOLD_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
QUICK_SECONDS = 2.0
"""A life shorter than that was a quick death."""
QUICK_DEATHS = 5
"""So many quick deaths of a child that has never yet stayed up, and the parent gives up: something is wrong for good."""
LONGEST_PAUSE = 5.0
"""Seconds before a child that keeps dying is started again; a child that once stayed up is never given up."""
PATIENCE_SECONDS = 12.0
"""A child that has not stopped that long after SIGTERM is killed; its jobs are taken up by the next worker."""


def port_trouble(host: str, port: int) -> str:
    """Why this address cannot be served, in words; "" when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"Port {port} may be opened by the system's administrator only."
        except OSError as problem:
            if problem.errno in {98, 48}:
                return f"Port {port} on {host} is taken by another program."
            return f"{host}:{port} cannot be opened: {problem.strerror}."
    return ""


def _context() -> multiprocessing.context.BaseContext:
    """Forking shares the loaded Django with the children; elsewhere than on Linux it is not safe."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


@dataclass
class Child:
    """One child process: what it runs, and how its last lives went."""

    name: str
    target: Callable[..., None]
    arguments: Mapping[str, Any] = field(default_factory=dict)
    process: BaseProcess | None = None
    started: float = 0.0
    due: float = 0.0
    quick_deaths: int = 0
    has_stayed_up: bool = False

    def start(self) -> None:
        """Begin a life."""
        self.process = _context().Process(  # type: ignore[attr-defined]
            target=_live, args=(self.target, dict(self.arguments), os.getpid()), name=self.name
        )
        # Blocked until the child has its own manners, else a signal right after the fork meets the parent's and is lost.
        signal.pthread_sigmask(signal.SIG_BLOCK, TOLD_TO_STOP)
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, TOLD_TO_STOP)
        self.started = time.monotonic()

    def bury(self, *, now: float) -> tuple[int | None, float]:
        """Write down a death: the exit code, and the seconds to wait until the next life."""
        code = self.process.exitcode if self.process is not None else None
        self.signal(signal.SIGKILL)
        self.process = None
        lived_long = now - self.started >= QUICK_SECONDS
        self.has_stayed_up = self.has_stayed_up or lived_long
        self.quick_deaths = 0 if lived_long else self.quick_deaths + 1
        pause = min(LONGEST_PAUSE, 0.1 * 2**self.quick_deaths) if self.quick_deaths else 0.0
        self.due = now + pause
        return code, pause

    @property
    def is_hopeless(self) -> bool:
        """It never stayed up, however often it was started."""
        return not self.has_stayed_up and self.quick_deaths >= QUICK_DEATHS

    def signal(self, number: int) -> None:
        """To the child and the processes it made."""
        if self.process is None or self.process.pid is None:
            return
        for send in (os.killpg, os.kill):
            try:
                send(self.process.pid, number)
            except (ProcessLookupError, PermissionError):
                continue
            else:
                return


def _live(target: Callable[..., None], arguments: dict[str, Any], parent: int) -> None:
    """What a child does first: a group of its own (Ctrl-C reaches the parent only), and a watch on the parent."""
    os.setpgid(0, 0)
    for number in TOLD_TO_STOP:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, TOLD_TO_STOP)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    target(**arguments)


class Parent:
    """Keeps its children alive until it is told to stop."""

    def __init__(self, children: list[Child], *, say: Say) -> None:
        self.children = children
        self.say = say
        self.stopping = False

    def run(self, *, ready: Callable[[], None], host: str, port: int) -> int:
        """Start the children, call `ready` once the web answers, and stay. The exit code."""
        for number in TOLD_TO_STOP:
            signal.signal(number, self._stop)
        _close_connections()
        try:
            for child in self.children:
                child.start()
            return self._watch(ready, host, port)
        finally:
            self._end()

    def _watch(self, ready: Callable[[], None], host: str, port: int) -> int:
        is_ready = False
        while not self.stopping:
            sentinels = [child.process.sentinel for child in self.children if child.process]
            wait(sentinels, timeout=0.05 if not is_ready else 0.25)
            if not self._revive():
                return 1
            if not is_ready and _answers(host, port):
                is_ready = True
                ready()
                _close_connections()
        return 0

    def _stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _revive(self) -> bool:
        """Bury who has died, start again whose pause is over. False when one of them is hopeless."""
        for child in self.children:
            if self.stopping:
                break
            now = time.monotonic()
            if child.process is None:
                if now >= child.due:
                    child.start()
            elif child.process.exitcode is not None:
                code, pause = child.bury(now=now)
                if child.is_hopeless:
                    self.say(f"The {child.name} does not stay up; see the lines above.")
                    return False
                when = f" in {pause:.1f} s" if pause >= 1 else ""
                self.say(f"The {child.name} has died (exit code {code}); it is started again{when}.")
                if not pause:
                    child.start()
        return True

    def _end(self) -> None:
        for child in self.children:
            if child.process is not None and child.process.is_alive():
                child.signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE_SECONDS
        for child in self.children:
            if child.process is not None:
                child.process.join(max(0.0, until - time.monotonic()))
                child.signal(signal.SIGKILL)


def _answers(host: str, port: int) -> bool:
    where = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    try:
        with socket.create_connection((where, port), timeout=0.2):
            return True
    except OSError:
        return False


def _close_connections() -> None:
    """A connection to the database must not be shared with a child."""
    from django.db import connections

    connections.close_all()
