"""What the journal knows of a thing follows it when it merges, and is emptied of words when it is erased."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from barnraise.foundation.refs import Ref

from ..models import Change, ChangeSet, Entry, Mention
from .change_sets import add_changes

MENTIONS = "journal.mention"
_FEW = 4
"""Entries about at most that many things are the erased thing's own: what they tell besides is emptied too."""


@transaction.atomic
def move_mentions(*, keep: Ref, absorb: Ref, change_set: ChangeSet) -> int:
    """Entries about `absorb` are about `keep` from now on; kept in the change set for its undo. Returns how many."""
    both = Mention.objects.filter(kind=keep.kind, key=keep.id).values("entry_id")
    rows = Mention.objects.filter(kind=absorb.kind, key=absorb.id).exclude(entry_id__in=both)
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        stored = {"mentions": ids, "kind": absorb.kind, "key": absorb.id}
        change = Change(kind=MENTIONS, key=keep.id, action=Change.Action.UPDATED, before=stored)
        add_changes(change_set=change_set, changes=[change])
        Mention.objects.filter(pk__in=ids).update(kind=keep.kind, key=keep.id)
    return len(ids)


def restore_mentions(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `move_mentions`."""
    for change in changes:
        stored = change.before or {}
        Mention.objects.filter(pk__in=stored["mentions"]).update(kind=stored["kind"], key=stored["key"])
    return {}


@transaction.atomic
def forget_detail(*, verbs: Collection[str], about: Ref, name: str, value: str) -> None:
    """Take a detail that says `value` out of entries of these verbs about a thing, in the caller's transaction.

    Such an entry is told in general words from then on.
    """
    ids = Mention.objects.filter(kind=about.kind, key=about.id).values("entry_id")
    for entry in Entry.objects.filter(pk__in=ids, verb__in=verbs):
        if entry.data.get(name) == value:
            entry.data = {key: said for key, said in entry.data.items() if key != name}
            entry.save(update_fields=["data"])


def forget_things(refs: Iterable[Ref]) -> int:
    """Empty the journal of what tells who these erased things were: titles, changed values, names in sentences.

    That something happened, when and by whom stays. What change sets keep of them for an undo goes. Returns how many
    entries were about them.
    """
    wanted = Q(pk__in=[])
    for ref in refs:
        wanted |= Q(kind=ref.kind, key=ref.id)
    Change.objects.filter(wanted).delete()
    mentions = Mention.objects.filter(wanted)
    ids = set(mentions.values_list("entry_id", flat=True))
    mentions.update(title="")
    few = Entry.objects.filter(pk__in=ids).annotate(things=Count("mentions")).filter(things__lte=_FEW)
    emptied = []
    for entry in few:
        entry.data = {name: value for name, value in entry.data.items() if isinstance(value, int)}
        emptied.append(entry)
    Entry.objects.bulk_update(emptied, ["data"], batch_size=500)
    return len(ids)
