"""Remove a community, unless something refers to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, record
from barnraise.plumbing.search import services as search

from ..models import Community
from ..selectors import KIND, in_the_way, snapshot
from ..sockets import uses


class InTheWay(Exception):
    """Something refers to the community. `parts` is how many communities hang below it, `uses` what else does, in words."""

    def __init__(self, parts: int, found: Sequence[str]) -> None:
        super().__init__("The community is referred to.")
        self.parts = parts
        self.uses = list(found)


def remove_community(
    community: Community, *, by: Any, move_to: Community | None = None, change_set: ChangeSet | None = None
) -> None:
    """Remove it with its identifiers, headcounts and figures. With `move_to` its parts and whatever refers to it go there first.

    Raises InTheWay when something refers to it and `move_to` is not given; then nothing has changed.
    """
    with transaction.atomic():
        key = community.pk
        parts = list(Community.objects.filter(parent_id=key))
        if move_to is None and (parts or in_the_way(key)):
            raise InTheWay(len(parts), in_the_way(key))
        if move_to is not None:
            _move(community, parts, move_to, by)
        if change_set is not None:
            change = Change(kind=KIND, key=key, action=Change.Action.REMOVED, before=snapshot([key])[key])
            add_changes(change_set=change_set, changes=[change])
        record(
            by=by,
            verb="communities.removed",
            about=[community],
            details={"name": community.name, "moved_to": move_to.name if move_to else ""},
            change_set=change_set,
        )
        Community.objects.filter(pk=key).delete()
        search.remove(KIND, [key])


def _move(community: Community, parts: Sequence[Community], to: Community, by: Any) -> None:
    from .change import change_community

    above = to if to.pk not in {part.pk for part in parts} else None
    if above is None:
        change_community(to, by=by, parent=community.parent)
    for part in parts:
        if part.pk != to.pk:
            change_community(part, by=by, parent=to)
    for use in uses:
        use.move(community.pk, to.pk, by)
