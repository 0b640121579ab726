"""Open readers of jobs between their steps, within one process.

A step that was rolled back, or a job that another process began, finds no reader at its place and opens one anew.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from .sockets import Bad, Record

MOST_OPEN = 8


@dataclass(slots=True)
class Session:
    """A reader that stands after `taken` records, and what its job remembers in this process.

    `held`: what records that follow each other have in common when none of them may be judged without the others.
    """

    stream: Iterator[Record | Bad]
    taken: int = 0
    memory: Any = None
    extra: dict[str, Any] = field(default_factory=dict)
    held: Callable[[Record | Bad], str | None] | None = None
    ahead: list[Record | Bad] = field(default_factory=list)

    def take(self, many: int) -> list[Record | Bad]:
        """The next records, fewer at the end; more where the last of them holds together with those that follow."""
        found = [*self.ahead, *islice(self.stream, many - len(self.ahead))]
        self.ahead = []
        if self.held is not None and len(found) == many and (last := self.held(found[-1])) is not None:
            for one in self.stream:
                if self.held(one) != last:
                    self.ahead = [one]
                    break
                found.append(one)
        self.taken += len(found)
        return found

    def close(self) -> None:
        """Let go of the file."""
        close = getattr(self.stream, "close", None)
        if close:
            close()


_open: dict[int, Session] = {}
_lock = threading.Lock()


def at(job: int, taken: int, begin: Callable[[], Session]) -> Session:
    """The job's reader if it stands exactly after `taken` records; otherwise what `begin` opens."""
    with _lock:
        found = _open.pop(job, None)
    if found is not None and found.taken != taken:
        found.close()
        found = None
    session = found or begin()
    with _lock:
        _open[job] = session
        while len(_open) > MOST_OPEN:
            _open.pop(next(iter(_open)))
    return session


def has(job: int, taken: int) -> bool:
    """Whether this process holds the job's reader at that place."""
    with _lock:
        found = _open.get(job)
    return found is not None and found.taken == taken


def end(job: int) -> None:
    """The job needs its reader no more."""
    with _lock:
        found = _open.pop(job, None)
    if found is not None:
        found.close()
