"""Tag many things at once, undoably; follow things that merge or go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import transaction

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, record

from ..models import Tag, Tagging
from ..selectors import tags_by_names
from .naming import ensured

KIND = "tags.tagging"
AT_ONCE = 2000


def _batches(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def stuck(tagging: Tagging, tag: Tag) -> dict[str, Any]:
    """A tagging as a change set keeps it: enough to stick it again, also when the tag is gone."""
    return {"tag": tag.name, "kind": tagging.kind, "key": tagging.key}


def changes_of(taggings: Sequence[Tagging], tags: dict[int, Tag], action: str) -> list[Change]:
    """Change rows that say these taggings were created or removed."""
    side = "after" if action == Change.Action.CREATED else "before"
    return [
        Change(kind=KIND, key=row.pk, action=action, **{side: stuck(row, tags[row.tag_id])})
        for row in taggings
    ]


@transaction.atomic
def tag_many(
    *, kind: str, keys: Collection[int], names: Sequence[str], by: Any, change_set: ChangeSet | None = None
) -> int:
    """Stick these tags to all things of one kind; one journal entry about those that changed. Returns new taggings.

    With `change_set` every new tagging is kept in it under "tags.tagging" and can be undone.
    """
    tags = {tag.pk: tag for tag in ensured(names, by=by)}
    total = 0
    for batch in _batches(keys):
        rows = Tagging.objects.filter(kind=kind, key__in=batch, tag__in=tags.values())
        there = set(rows.values_list("tag_id", "key"))
        new = [
            Tagging(tag=tag, kind=kind, key=key)
            for tag in tags.values()
            for key in batch
            if (tag.pk, key) not in there
        ]
        Tagging.objects.bulk_create(new)
        _keep(new, tags, Change.Action.CREATED, change_set)
        _journal("tags.added", new, tags, by=by, change_set=change_set)
        total += len(new)
    return total


@transaction.atomic
def untag_many(
    *, kind: str, keys: Collection[int], names: Sequence[str], by: Any, change_set: ChangeSet | None = None
) -> int:
    """Take these tags off all things of one kind; the counterpart of tag_many. Returns removed taggings."""
    tags = {tag.pk: tag for tag in tags_by_names(names)}
    total = 0
    for batch in _batches(keys):
        rows = Tagging.objects.filter(kind=kind, key__in=batch, tag__in=tags.values())
        gone = list(rows)
        _keep(gone, tags, Change.Action.REMOVED, change_set)
        _journal("tags.taken_off", gone, tags, by=by, change_set=change_set)
        rows.delete()
        total += len(gone)
    return total


@transaction.atomic
def forget(*, kind: str, keys: Collection[int]) -> int:
    """Take all tags off things that are being removed or erased, without a journal entry: theirs tells it."""
    return sum(Tagging.objects.filter(kind=kind, key__in=batch).delete()[0] for batch in _batches(keys))


@transaction.atomic
def put_aside(*, kind: str, keys: Collection[int], change_set: ChangeSet) -> int:
    """Take all tags off things that are being removed and keep them in the removal's change set, whose undo sticks them on again."""
    total = 0
    for batch in _batches(keys):
        rows = Tagging.objects.filter(kind=kind, key__in=batch)
        gone = list(rows.select_related("tag"))
        _keep(gone, {row.tag_id: row.tag for row in gone}, Change.Action.REMOVED, change_set)
        rows.delete()
        total += len(gone)
    return total


@transaction.atomic
def carry_over(*, keep: Any, absorb: Any) -> int:
    """Give `keep` (row or Ref) the tags of `absorb` when two things merge; the merge's own entry tells it."""
    target, source = (thing if isinstance(thing, Ref) else Ref.to(thing) for thing in (keep, absorb))
    theirs = Tagging.objects.filter(kind=source.kind, key=source.id)
    had = Tagging.objects.filter(kind=target.kind, key=target.id).values_list("tag_id", flat=True)
    new = theirs.exclude(tag_id__in=set(had))
    made = Tagging.objects.bulk_create(
        [Tagging(tag_id=row.tag_id, kind=target.kind, key=target.id) for row in new]
    )
    theirs.delete()
    return len(made)


def _keep(rows: Sequence[Tagging], tags: dict[int, Tag], action: str, change_set: ChangeSet | None) -> None:
    if change_set is not None and rows:
        add_changes(change_set=change_set, changes=changes_of(rows, tags, action))


def _journal(
    verb: str, rows: Sequence[Tagging], tags: dict[int, Tag], *, by: Any, change_set: ChangeSet | None
) -> None:
    if not rows:
        return
    used = {row.tag_id for row in rows}
    things = sorted({row.ref for row in rows})
    record(
        by=by,
        verb=verb,
        about=[*things, *(tag for tag in tags.values() if tag.pk in used)],
        details={
            "names": ", ".join(tag.name for tag in tags.values() if tag.pk in used),
            "count": len(things),
        },
        change_set=change_set,
    )
