"""What rooms plug into jobs: how to do long work step by step, and chores that come round."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from barnraise.foundation.registry import Socket

if TYPE_CHECKING:
    from .models import Job


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one step brought. `cursor` is where the next step goes on (JSON); `is_over` ends the job with `result`."""

    cursor: Mapping[str, Any]
    done: int
    total: int | None = None
    step: str = ""
    is_over: bool = False
    result: Mapping[str, Any] = field(default_factory=dict)


class Handler(Protocol):
    """Does one bounded step (aim at < 0.5 s) inside a transaction that jobs opened; its writes and the cursor commit together.

    An exception rolls the step back and is tried again later with back-off. `Refused` ends the job at once.
    """

    def __call__(self, job: Job) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Calling:
    """A handler that talks to another system.

    `call(job)` runs before the step, outside of any transaction, so that nobody waits for the other system with the
    database; it writes no rows. `step(job, answer)` is then the step, with what `call` answered. When the worker is lost
    between the two, the call is made again: whatever it caused outside may happen twice.
    """

    call: Callable[[Job], Any]
    step: Callable[[Job, Any], Outcome]


handlers: Socket[Handler | Calling] = Socket(
    "jobs.handlers", doc='By name ("imports.run"): does one step of a job of that kind.'
)


@dataclass(frozen=True, slots=True)
class ChorePlug:
    """Work that comes round: `run(now=...)` every `interval`; it must be safe to run twice."""

    interval: timedelta
    run: Callable[..., None]
    doc: str


chores: Socket[ChorePlug] = Socket(
    "jobs.chores", doc="Periodic work: interval, function (now=datetime) and what it is for."
)

stages: Socket[Any] = Socket(
    "jobs.stages", doc="By the `step` of an outcome: what is being done, in the reader's language."
)

Witness = Callable[["Job", str, Any], None]
"""Called with (job, verb, by) in the transaction of what people did to a job; verb is "cancelled" or "retried"."""

witnesses: Socket[Witness] = Socket(
    "jobs.witnesses",
    doc="Told when a person cancels or retries a job, in the same transaction: the journal stands above and listens.",
)

surroundings: Socket[Callable[[], AbstractContextManager[Any]]] = Socket(
    "jobs.surroundings",
    doc="What a step or a chore is done in, as a request has it around it: the time zone of the house.",
)


@contextmanager
def surrounded() -> Iterator[None]:
    """All that is plugged around what is done inside the block."""
    with ExitStack() as stack:
        for _name, around in surroundings.items():
            stack.enter_context(around())
        yield
