"""One change to many people: what the list's bulk actions do. Each returns how many rows it changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import close_change_set, open_change_set
from barnraise.who.organisations.services import person_source

from ..documents import PersonDocument
from ..models import Person
from ..selectors import documents
from .remove import remove_many
from .writing import BATCH, Told, write

Change = Callable[[PersonDocument], PersonDocument]


def _each(rows: QuerySet[Person], change: Change, by: Any, change_set: ChangeSet | None) -> int:
    """Write what `change` makes of every document, a batch at a time; those that stay equal are not touched."""
    told = Told(by=by, source=person_source(by), at=timezone.now(), change_set=change_set)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    count = 0
    for start in range(0, len(keys), BATCH):
        there = documents(keys[start : start + BATCH])
        count += len(write([change(one) for one in there.values()], told).updated)
    return count


def tag_together(rows: QuerySet[Person], *, names: list[str], by: Any, change_set: ChangeSet | None) -> int:
    """Add these tags to all."""
    return _each(rows, lambda one: replace(one, tags=(*one.tags, *names)), by, change_set)


def untag_together(rows: QuerySet[Person], *, names: list[str], by: Any, change_set: ChangeSet | None) -> int:
    """Take these tags off all; case and accents do not count."""
    gone = {fold(name) for name in names}
    return _each(
        rows, lambda one: replace(one, tags=tuple(t for t in one.tags if fold(t) not in gone)), by, change_set
    )


def own_together(rows: QuerySet[Person], *, owner: int | None, by: Any, change_set: ChangeSet | None) -> int:
    """Give the relation to all of them to one account, or to nobody."""
    return _each(rows, lambda one: replace(one, owner=owner), by, change_set)


def place_together(
    rows: QuerySet[Person], *, community: int | None, by: Any, change_set: ChangeSet | None
) -> int:
    """Note the community that all belong to."""
    return _each(rows, lambda one: replace(one, community=community), by, change_set)


def retire_together(rows: QuerySet[Person], *, by: Any, change_set: ChangeSet | None) -> int:
    """Note that all have moved away or are no longer involved."""
    return _each(rows, lambda one: replace(one, status=Person.Status.INACTIVE), by, change_set)


def remove_together(rows: QuerySet[Person], *, by: Any, change_set: ChangeSet | None) -> int:
    """Remove all that nothing hangs on."""
    kept_in = change_set or open_change_set(by=by, verb="people.removed_many")
    keys = list(rows.values_list("pk", flat=True))
    kept = remove_many(keys, by=by, change_set=kept_in)
    if change_set is None:
        close_change_set(change_set=kept_in)
    return len(keys) - len(kept)
