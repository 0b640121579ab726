"""The room's chores."""

from __future__ import annotations

from datetime import datetime

from . import services


def outbox(*, now: datetime) -> None:
    """The chore: mails whose time has come go out, and those that a lost job left in hand wait again."""
    services.collect_orphans(now=now)
    services.deliver_soon(now=now)


def purge(*, now: datetime) -> None:
    """The chore: what is needed no more goes."""
    services.purge(now=now)
