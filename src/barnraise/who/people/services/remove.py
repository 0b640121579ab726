"""Remove people, unless something hangs on them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from barnraise.foundation.belongings import hindering, part_with
from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record
from barnraise.plumbing.search import services as search
from barnraise.plumbing.tags import services as tags

from ..models import Person
from ..selectors import KIND, snapshot


def remove_person(person: Person, *, by: Any) -> ChangeSet:
    """Remove the person with roles, contacts and addresses; the change set that is returned can be undone for 30 days.

    Raises ValidationError with the reason when rows of other rooms need the person; then nothing has changed.
    """
    with transaction.atomic():
        change_set = open_change_set(by=by, verb="people.removed")
        if remove_many([person.pk], by=by, change_set=change_set):
            raise ValidationError(still_needed(hindering(Ref.to(person))))
        record(
            by=by,
            verb="people.removed",
            about=[person],
            details={"name": person.display_name},
            change_set=change_set,
        )
        close_change_set(change_set=change_set)
    return change_set


def still_needed(hanging: Sequence[str]) -> str:
    """Why somebody on whom this hangs, in words, is not removed, and what can be done instead."""
    what = ", ".join(str(words) for words in hanging) or _("Other records")
    return _(
        "%(what)s would lose whom they are about, so the person stays. Merge the two records when it is the same person twice, "
        "mark them as no longer involved, or erase them when they asked to be forgotten."
    ) % {"what": what}


def remove_many(keys: Collection[int], *, by: Any, change_set: ChangeSet) -> dict[int, str]:
    """Remove these, keeping their snapshots in the change set. Returns by key why one was kept ("in_use", "gone").

    Whoever closes the change set leaves the journal entry.
    """
    kept: dict[int, str] = {}
    ordered = sorted(set(keys))
    with transaction.atomic():
        for start in range(0, len(ordered), 1000):
            batch = ordered[start : start + 1000]
            while refused := _remove(batch, change_set):
                kept.update(refused)
                batch = [key for key in batch if key not in refused]
    return kept


def _remove(keys: Sequence[int], change_set: ChangeSet) -> dict[int, str]:
    """All of them, with what hangs on them kept in the change set, or none: then by key why one has to stay."""
    with transaction.atomic():
        stored = snapshot(keys)
        part_with([Ref.parse(f"{KIND}:{key}") for key in stored], change_set=change_set)
        refused = delete_rows(keys)
        if refused:
            transaction.set_rollback(True)
            return refused
        removed = Change.Action.REMOVED
        changes = [
            Change(kind=KIND, key=key, action=removed, before=before) for key, before in stored.items()
        ]
        add_changes(change_set=change_set, changes=changes)
    return {}


def delete_rows(keys: Collection[int]) -> dict[int, str]:
    """Delete people with all their parts, tags and search rows. Returns by key why one stayed: "in_use" or "gone"."""
    wanted = set(keys)
    there = set(Person.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    kept: dict[int, str] = dict.fromkeys(wanted - there, "gone")
    try:
        with transaction.atomic():
            Person.objects.filter(pk__in=there).delete()
    except ProtectedError:
        for key in sorted(there):
            try:
                with transaction.atomic():
                    Person.objects.filter(pk=key).delete()
            except ProtectedError:
                kept[key] = "in_use"
    gone = there - set(kept)
    tags.forget(kind=KIND, keys=gone)
    search.remove(KIND, gone)
    return kept
