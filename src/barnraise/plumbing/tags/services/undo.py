"""Take back what a change set did to taggings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from barnraise.plumbing.journal.models import Change

from ..models import Tag, Tagging
from ..names import folded


def undo_taggings(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Unstick what was stuck and stick again what was taken off; a removed tag comes back under its name.

    Returns nothing kept: a tagging that somebody has removed or made again since is as it should be already.
    """
    made = [change.key for change in changes if change.action == Change.Action.CREATED]
    Tagging.objects.filter(pk__in=made).delete()
    lost = [change.before for change in changes if change.action == Change.Action.REMOVED and change.before]
    tags: dict[str, Tag] = {}
    for name in {item["tag"] for item in lost}:
        tags[name] = Tag.objects.get_or_create(folded=folded(name), defaults={"name": name})[0]
    Tagging.objects.bulk_create(
        [Tagging(tag=tags[item["tag"]], kind=item["kind"], key=item["key"]) for item in lost],
        ignore_conflicts=True,
        batch_size=2000,
    )
    return {}
