"""When people are merged or erased: what they gave and took part in follows, or no longer says who it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes
from barnraise.plumbing.search import services as search

from ..models import Contribution, Placement

MERGED = "projects.following"
"""The kind under which a merge keeps whose rows it took over."""
COLUMNS: Mapping[str, tuple[Any, str]] = {
    "contributions": (Contribution, "person_id"),
    "placements": (Placement, "person_id"),
    "mentored": (Placement, "mentor_id"),
}


def _keys(key: int) -> dict[str, list[int]]:
    return {
        name: list(model.objects.filter(**{column: key}).values_list("pk", flat=True))
        for name, (model, column) in COLUMNS.items()
    }


def hand_on(keep: Ref, absorb: Ref, *, change_set: ChangeSet) -> None:
    """What hung on `absorb` hangs on `keep`."""
    found = {name: keys for name, keys in _keys(absorb.id).items() if keys}
    if not found:
        return
    for name, keys in found.items():
        model, column = COLUMNS[name]
        model.objects.filter(pk__in=keys).update(**{column: keep.id, "updated_at": timezone.now()})
        search.index(model._meta.label_lower, keys)
    stored = {"from": absorb.id, "rows": found}
    change = Change(kind=MERGED, key=keep.id, action=Change.Action.UPDATED, before=stored)
    add_changes(change_set=change_set, changes=[change])


def hand_back(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Undo `hand_on`."""
    for change in changes:
        stored = change.before or {}
        for name, keys in stored["rows"].items():
            model, column = COLUMNS[name]
            rows = model.objects.filter(pk__in=keys, **{column: change.key})
            rows.update(**{column: stored["from"], "updated_at": timezone.now()})
            search.index(model._meta.label_lower, keys)
    return {}


def let_go(ref: Ref, *, by: Any) -> None:
    """What an erased person gave and did stays counted, without them and without notes about them."""
    now, found = timezone.now(), _keys(ref.id)
    Contribution.objects.filter(person_id=ref.id).update(person=None, note="", what="", updated_at=now)
    Placement.objects.filter(person_id=ref.id).update(
        person=None, name="", email="", said="", outcome="", updated_at=now
    )
    Placement.objects.filter(mentor_id=ref.id).update(mentor=None, updated_at=now)
    for name, keys in found.items():
        search.index(COLUMNS[name][0]._meta.label_lower, keys)
