"""What imports know of a record follows it when it merges, and goes when it is erased, the files it came in too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.files import services as files
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, record

from ..models import Finding, Import, ImportFile, Listing

LISTINGS = "imports.listing"
_OVER = (Import.State.DONE, Import.State.UNDONE, Import.State.FAILED, Import.State.CANCELLED)


@transaction.atomic
def move_listings(*, noun: str, keep: int, absorb: int, change_set: ChangeSet) -> int:
    """What a source listed as `absorb` is `keep` from now on, so that its next edition finds it. Returns how many."""
    ids = list(Listing.objects.filter(series__noun=noun, key=absorb).values_list("pk", flat=True))
    if ids:
        change = Change(
            kind=LISTINGS, key=keep, action=Change.Action.UPDATED, before={"listings": ids, "key": absorb}
        )
        add_changes(change_set=change_set, changes=[change])
        Listing.objects.filter(pk__in=ids).update(key=keep)
    return len(ids)


def restore_listings(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `move_listings`."""
    for change in changes:
        stored = change.before or {}
        Listing.objects.filter(pk__in=stored["listings"]).update(key=stored["key"])
    return {}


@transaction.atomic
def forget_record(*, noun: str, kind: str, key: int, by: Any) -> int:
    """Erase what imports kept of a record: listings, findings, and the given files of the imports that brought it.

    Their counts and change sets stay. Returns how many files went.
    """
    brought = set(Change.objects.filter(kind=kind, key=key).values_list("change_set_id", flat=True))
    batches = set(Import.objects.filter(change_set_id__in=brought).values_list("pk", flat=True))
    listings = Listing.objects.filter(series__noun=noun, key=key)
    batches |= set(listings.values_list("batch_id", flat=True))
    found = Finding.objects.filter(batch__noun=noun, key=key)
    batches |= set(found.values_list("batch_id", flat=True))
    told = set(listings.values_list("source_key", flat=True))
    _forget_in_undo(told, set(brought))
    listings.delete()
    found.delete()
    gone = 0
    for batch in Import.objects.filter(pk__in=batches, state__in=_OVER):
        # A refused row may tell of the same person without naming the record.
        Finding.objects.filter(batch=batch).exclude(value="", title="", changes={}, details={}).update(
            value="", title="", changes={}, details={}
        )
        gone += _drop_files(batch, by)
    return gone


def _forget_in_undo(told: set[str], change_sets: set[int]) -> None:
    """Take these source keys and what they said out of what an undo of the imports would write again."""
    for change in Change.objects.filter(kind="imports.import", change_set_id__in=change_sets):
        stored = dict(change.before or {})
        if told & {*stored.get("new", ()), *stored.get("before", {})}:
            stored["new"] = [one for one in stored["new"] if one not in told]
            stored["before"] = {one: said for one, said in stored["before"].items() if one not in told}
            change.before = stored
            change.save(update_fields=["before"])


def _drop_files(batch: Import, by: Any) -> int:
    kept = list(ImportFile.objects.filter(batch=batch).select_related("file"))
    if not kept:
        return 0
    ImportFile.objects.filter(batch=batch).delete()
    ids = [one.file_id for one in kept if not ImportFile.objects.filter(file_id=one.file_id).exists()]
    gone = files.drop(keys=ids)
    record(by=by, verb="imports.files_dropped", about=[batch], details={"count": gone})
    return gone
