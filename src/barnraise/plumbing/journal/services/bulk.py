"""Run a bulk action of a list: one change set, one sentence, an undo; a large one in the background."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barnraise.foundation.policy import require
from barnraise.foundation.refs import Ref
from barnraise.plumbing.jobs.services import start
from barnraise.plumbing.ui.lists.selection import Selection
from barnraise.plumbing.ui.lists.sockets import Done, lists

from ..models import ChangeSet
from .change_sets import close_change_set, open_change_set
from .record import record

if TYPE_CHECKING:
    from barnraise.plumbing.ui.lists import BulkAction, ListPage

BULK = "journal.bulk"
PLAIN_VERB = "journal.bulk_changed"
AT_ONCE = 500
"""Selections of at most that many rows are changed while the person waits."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one batch brought. `after` is the key where the next one goes on, None when all rows were walked."""

    walked: int
    changed: int
    after: int | None


def run_bulk(
    *, page: ListPage, action: BulkAction, selection: Selection, values: Mapping[str, Any], by: Any
) -> Done:
    """Do it at once in one transaction, or start a job that does it batch by batch. Raises Refused; then nothing changes.

    A large selection whose values cannot be kept as JSON is changed at once too.
    """
    require(action.policy, by)
    many = selection.rows(page, by).order_by()[: AT_ONCE + 1].count()
    if many <= AT_ONCE or not _keeps(values):
        return _at_once(page, action, selection, values, by)
    with transaction.atomic():
        change_set = open_change_set(by=by, verb=action.verb or PLAIN_VERB)
        start(
            handler=BULK,
            title=str(action.label),
            arguments={
                "selection": selection.as_json(),
                "action": action.name,
                "values": dict(values),
                "change_set": change_set.pk,
            },
            subject=Ref.to(change_set),
            by=by,
        )
    return Done(
        _("It is being done in the background."),
        job_url=reverse("journal:change_set", kwargs={"key": change_set.pk}),
    )


def _keeps(values: Mapping[str, Any]) -> bool:
    try:
        return bool(json.loads(json.dumps(dict(values))) == dict(values))
    except (TypeError, ValueError):
        return False


@transaction.atomic
def _at_once(
    page: ListPage, action: BulkAction, selection: Selection, values: Mapping[str, Any], by: Any
) -> Done:
    change_set = open_change_set(by=by, verb=action.verb or PLAIN_VERB)
    # The keys are fixed first: an action may change what its own selection matches.
    keys = list(selection.rows(page, by).order_by().values_list("pk", flat=True))
    count = action.apply(page.rows(by).filter(pk__in=keys), by=by, values=values, change_set=change_set)
    finish_bulk(change_set=change_set, by=by, count=count)
    words = ngettext("%(n)d record changed.", "%(n)d records changed.", count) % {"n": count}
    can_undo = action.can_undo and count > 0
    return Done(words, undo_url=reverse("journal:undo", kwargs={"key": change_set.pk}) if can_undo else "")


@transaction.atomic
def bulk_batch(*, arguments: Mapping[str, Any], after: int, by: Any, size: int = BATCH) -> Stretch:
    """The next `size` selected rows by key above `after`. `arguments` are those of the job."""
    selection = Selection.from_json(arguments["selection"])
    page = lists.get(selection.list_name)
    action = page.action(arguments["action"])
    if action is None:
        raise LookupError(f"The list {page.name} has no action {arguments['action']!r}.")
    require(action.policy, by)
    change_set = ChangeSet.objects.get(pk=arguments["change_set"])
    keys = list(
        selection.rows(page, by).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size]
    )
    changed = 0
    if keys:
        rows = page.rows(by).filter(pk__in=keys)
        changed = action.apply(rows, by=by, values=arguments["values"], change_set=change_set)
    return Stretch(len(keys), changed, keys[-1] if len(keys) == size else None)


@transaction.atomic
def finish_bulk(*, change_set: ChangeSet, by: Any, count: int) -> None:
    """Close the change set and leave its one sentence; nothing is said when nothing was changed."""
    close_change_set(change_set=change_set)
    if count:
        record(by=by, verb=change_set.verb, about=[], details={"count": count}, change_set=change_set)
