"""Write roles and leaderships: rows with a number of their own, which other systems may know, are kept as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from ..documents import Post, Standing
from ..models import LeaderNote, Leadership, Role

_POST = ("organisation_id", "title", "kind", "is_main_contact", "started_on", "ended_on", "note")
_STANDING = (
    "kind",
    "constituency",
    "community_id",
    "organisation_id",
    "term_started_on",
    "term_ends_on",
    "ended_reason",
)
_NOTE = ("aspect", "level", "note", "noted_on", "by_id")


def write_roles(
    new: Mapping[int, Sequence[Post]], altered: Mapping[int, Sequence[Post]], at: datetime
) -> None:
    """By key of the person: the roles they have from now on. Rows with the same number stay, whoever had them before."""
    rows = {
        UUID(post.uuid): _row(Role, post, _POST, at, person_id=key)
        for wanted in (new, altered)
        for key, posts in wanted.items()
        for post in posts
    }
    _bring(Role, "person_id", altered, rows, ("person_id", *_POST))


def write_leaderships(
    new: Mapping[int, Sequence[Standing]], altered: Mapping[int, Sequence[Standing]], at: datetime
) -> None:
    """The same for leaderships and the notes about them."""
    said = [(key, one) for wanted in (new, altered) for key, ones in wanted.items() for one in ones]
    rows = {UUID(one.uuid): _row(Leadership, one, _STANDING, at, person_id=key) for key, one in said}
    _bring(Leadership, "person_id", altered, rows, ("person_id", *_STANDING))
    keys = dict(Leadership.objects.filter(uuid__in=list(rows)).values_list("uuid", "pk"))
    notes = {
        UUID(note.uuid): _row(LeaderNote, note, _NOTE, at, leadership_id=keys[UUID(one.uuid)])
        for _key, one in said
        for note in one.notes
    }
    owners = [keys[UUID(one.uuid)] for _key, one in said]
    _bring(LeaderNote, "leadership_id", owners, notes, ("leadership_id", *_NOTE))


def _row(model: Any, part: Any, columns: Sequence[str], at: datetime, **owner: int) -> Any:
    values = {name: getattr(part, name.removesuffix("_id")) for name in columns}
    return model(uuid=UUID(part.uuid), created_at=at, updated_at=at, **owner, **values)


def _bring(
    model: Any, owner: str, owners: Collection[int], rows: Mapping[UUID, Any], columns: Sequence[str]
) -> None:
    """Let exactly these rows be there for the owners: those that say the same already are not touched."""
    if owners:
        model.objects.filter(**{f"{owner}__in": list(owners)}).exclude(uuid__in=list(rows)).delete()
    there = {row.uuid: row for row in model.objects.filter(uuid__in=list(rows))} if rows else {}
    fresh, changed = [], []
    for uuid, row in rows.items():
        before = there.get(uuid)
        if before is None:
            fresh.append(row)
        elif any(getattr(before, name) != getattr(row, name) for name in columns):
            row.pk, row.created_at = before.pk, before.created_at
            changed.append(row)
    model.objects.bulk_create(fresh, batch_size=500)
    if changed:
        names = [name.removesuffix("_id") for name in columns]
        model.objects.bulk_update(changed, [*names, "updated_at"], batch_size=200)
