"""Take partnerships away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal import services as journal
from barnraise.plumbing.journal.models import ChangeSet
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.snoozes import services as snoozes
from barnraise.plumbing.tags import services as tags

from ..models import Partnership
from ..selectors import KIND


def take_away(keys: Sequence[int], *, with_files: bool = True) -> None:
    """Delete these with their histories, tags and files, without a sentence, in the caller's transaction."""
    if with_files:
        files.forget(kind=KIND, keys=list(keys))
    tags.forget(kind=KIND, keys=list(keys))
    search.remove(KIND, list(keys))
    snoozes.forget(kind=KIND, keys=list(keys))
    Partnership.objects.filter(pk__in=list(keys)).delete()


def remove_partnership(partnership: Partnership, *, by: Any) -> ChangeSet:
    """Take away one that was begun by mistake, with its histories. One that is over is ended instead.

    An undo brings it back with its tags; its files stay until nobody can undo it.
    """
    with transaction.atomic():
        row = Partnership.objects.select_for_update().get(pk=partnership.pk)
        parts = (row.stages.all(), row.ratings.all())
        done = journal.open_change_set(by=by, verb="partnerships.removed")
        tags.put_aside(kind=KIND, keys=[row.pk], change_set=done)
        journal.add_changes(change_set=done, changes=[journal.removal(row, *parts)])
        record(by=by, verb="partnerships.removed", about=[row.partner], change_set=done)
        take_away([row.pk], with_files=False)
        journal.close_change_set(change_set=done)
    return done


@transaction.atomic
def remove_sample(*, by: Any) -> int:
    """The sample town's partnerships go, and those with its people and organisations. How many."""
    rows = Partnership.objects.filter(
        Q(is_sample=True) | Q(organisation__is_sample=True) | Q(person__is_sample=True)
    )
    keys = list(rows.values_list("pk", flat=True))
    if keys:
        take_away(keys)
        record(by=by, verb="partnerships.sample_removed", about=[], details={"count": len(keys)})
    return len(keys)
