"""Lock files in the data folder: who runs, and who must be alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Busy(Exception):
    """Somebody else holds the lock."""


@contextmanager
def lock(file: Path, *, shared: bool = False, wait: bool = False) -> Iterator[IO[str]]:
    """Hold a lock for the length of a `with` block; the system lets it go when the process dies.

    Raises Busy at once when it cannot be had, unless `wait`.
    """
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "r+") as held:
        kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(held, kind)
        except BlockingIOError:
            raise Busy(str(file)) from None
        yield held


def running(data: Path) -> Path:
    """Held shared by everything that serves from this data folder, alone by a restore."""
    return data / "running.lock"


def one_worker(data: Path) -> Path:
    """Held by the one worker process that SQLite allows."""
    return data / "worker.lock"


def preparing(data: Path) -> Path:
    """Held while the database is migrated and static files are collected."""
    return data / "preparing.lock"
