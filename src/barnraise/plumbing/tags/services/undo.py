"""Take back what a change set did to taggings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.ui.sockets import kinds

from ..models import Tag, Tagging
from ..names import folded


def undo_taggings(changes: Sequence[Change], *, by: Any) -> Mapping[int, str]:
    """Unstick what was stuck and stick again what was taken off; a removed tag comes back under its name, a removed thing without tags.

    Returns nothing kept: a tagging that somebody has removed or made again since is as it should be already.
    """
    made = [change.key for change in changes if change.action == Change.Action.CREATED]
    Tagging.objects.filter(pk__in=made).delete()
    lost = [change.before for change in changes if change.action == Change.Action.REMOVED and change.before]
    lost = _about_what_is_there(lost)
    tags: dict[str, Tag] = {}
    for name in {item["tag"] for item in lost}:
        tags[name] = Tag.objects.get_or_create(folded=folded(name), defaults={"name": name})[0]
    Tagging.objects.bulk_create(
        [Tagging(tag=tags[item["tag"]], kind=item["kind"], key=item["key"]) for item in lost],
        ignore_conflicts=True,
        batch_size=2000,
    )
    return {}


def _about_what_is_there(lost: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    there: set[tuple[str, int]] = set()
    for kind in {item["kind"] for item in lost}:
        keys = [item["key"] for item in lost if item["kind"] == kind]
        known = kinds.find(kind)
        there |= {(kind, key) for key in (known.titles(keys) if known else keys)}
    return [item for item in lost if (item["kind"], item["key"]) in there]
