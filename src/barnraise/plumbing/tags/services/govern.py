"""Create, rename, merge and remove tags: one place for all that carry them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from barnraise.plumbing.journal.models import Change
from barnraise.plumbing.journal.services import add_changes, close_change_set, open_change_set, record

from ..models import Tag, Tagging
from ..names import folded
from .many import AT_ONCE, changes_of
from .naming import checked


def _unused(name: str, *, besides: Tag | None = None) -> None:
    other = Tag.objects.filter(folded=folded(name)).first()
    if other is not None and other != besides:
        raise ValidationError(
            {"name": _("There is a tag “%(name)s” already; merge the two instead.") % {"name": other.name}}
        )


@transaction.atomic
def create(*, name: str, description: str = "", by: Any) -> Tag:
    """A new tag. Raises ValidationError on `name` when it is empty, too long or taken (case and accents do not count)."""
    kept = checked(name)
    _unused(kept)
    tag = Tag.objects.create(name=kept, folded=folded(kept), description=description.strip()[:300])
    record(by=by, verb="tags.created", about=[tag], details={"name": tag.name})
    return tag


@transaction.atomic
def change(*, tag: Tag, name: str, description: str = "", by: Any) -> Tag:
    """Rename a tag or reword its description, for all that carry it. Raises ValidationError like `create`."""
    kept = checked(name)
    _unused(kept, besides=tag)
    after = {"name": kept, "description": description.strip()[:300]}
    changes = {
        field: (getattr(tag, field), value) for field, value in after.items() if getattr(tag, field) != value
    }
    if not changes:
        return tag
    before = tag.name
    tag.name, tag.folded, tag.description = kept, folded(kept), after["description"]
    tag.save(update_fields=["name", "folded", "description", "updated_at"])
    verb = "tags.renamed" if "name" in changes else "tags.changed"
    record(by=by, verb=verb, about=[tag], changes=changes, details={"name": kept, "before": before})
    return tag


@transaction.atomic
def merge(*, keep: Tag, absorb: Tag, by: Any) -> int:
    """Everything that carries `absorb` carries `keep`, and `absorb` is gone. Undoable. Returns how many things were retagged.

    Raises ValidationError when both are the same tag.
    """
    if keep.pk == absorb.pk:
        raise ValidationError({"into": _("A tag cannot be merged with itself.")})
    change_set = open_change_set(by=by, verb="tags.merged")
    theirs = list(Tagging.objects.filter(tag=absorb))
    ours = set(Tagging.objects.filter(tag=keep).values_list("kind", "key"))
    new = [Tagging(tag=keep, kind=row.kind, key=row.key) for row in theirs if (row.kind, row.key) not in ours]
    Tagging.objects.bulk_create(new, batch_size=AT_ONCE)
    tags = {keep.pk: keep, absorb.pk: absorb}
    add_changes(
        change_set=change_set,
        changes=[
            *changes_of(theirs, tags, Change.Action.REMOVED),
            *changes_of(new, tags, Change.Action.CREATED),
        ],
    )
    record(
        by=by,
        verb="tags.merged",
        about=[keep, absorb, *(row.ref for row in theirs)],
        details={"name": absorb.name, "into": keep.name, "count": len(theirs)},
        change_set=change_set,
    )
    absorb.delete()
    close_change_set(change_set=change_set)
    return len(new)


@transaction.atomic
def remove_tag(*, tag: Tag, by: Any) -> int:
    """Take the tag off everything and remove it. Undoable. Returns how many things carried it."""
    change_set = open_change_set(by=by, verb="tags.removed")
    rows: Sequence[Tagging] = list(Tagging.objects.filter(tag=tag))
    add_changes(change_set=change_set, changes=changes_of(rows, {tag.pk: tag}, Change.Action.REMOVED))
    record(
        by=by,
        verb="tags.removed",
        about=[tag, *(row.ref for row in rows)],
        details={"name": tag.name, "count": len(rows)},
        change_set=change_set,
    )
    tag.delete()
    close_change_set(change_set=change_set)
    return len(rows)


@transaction.atomic
def drop_unused(*, names: Sequence[str], since: datetime) -> int:
    """Remove those of the named tags that nothing carries and that were made at or after `since`; how many went.

    For whoever made them in passing and takes its things away again (the sample town): its own entry tells of it.
    """
    unused = Tag.objects.filter(folded__in=[folded(name) for name in names], created_at__gte=since)
    return unused.exclude(pk__in=Tagging.objects.values("tag_id")).delete()[0]
