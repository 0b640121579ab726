"""Leave a sentence: every service calls `record` inside its own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import shorten

from ..models import ChangeSet, Entry, Mention

_via: ContextVar[str] = ContextVar("journal_via", default="desk")


@contextmanager
def arriving_by(way: str) -> Any:
    """Inside the block, entries say they came by this door: "desk", "portal", "api", "command", "job", "import", "sample"."""
    token = _via.set(way)
    try:
        yield
    finally:
        _via.reset(token)


def way() -> str:
    """By which door what happens now came: see `arriving_by`."""
    return _via.get()


def record(
    *,
    by: Any,
    verb: str,
    about: Iterable[Any],
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    details: Mapping[str, Any] | None = None,
    change_set: ChangeSet | None = None,
    at: datetime | None = None,
) -> Entry:
    """Write one entry and what it is about. Must run inside the transaction of the write it tells of.

    `by` is the account, or None for the system itself. `verb` is "room.done". `about` holds saved rows or Refs;
    the first one is what the sentence calls {what}. `changes` maps field to (before, after), JSON values only.
    """
    assert transaction.get_connection().in_atomic_block, (
        "a journal entry belongs to the transaction of its write"
    )
    stored: dict[str, Any] = dict(details or {})
    if changes:
        stored["changes"] = {field: [before, after] for field, (before, after) in changes.items()}
    entry = Entry.objects.create(
        at=at or timezone.now(),
        by=by if getattr(by, "pk", None) else None,
        via=_via.get(),
        verb=verb,
        room=verb.partition(".")[0],
        data=stored,
        change_set=change_set,
    )
    titles: dict[Ref, str] = {}
    for thing in about:
        if isinstance(thing, Ref):
            titles.setdefault(thing, "")
        else:
            titles.setdefault(Ref.to(thing), shorten(str(thing), 120))
    Mention.objects.bulk_create(
        [Mention(entry=entry, kind=ref.kind, key=ref.id, title=title) for ref, title in titles.items()]
    )
    return entry
