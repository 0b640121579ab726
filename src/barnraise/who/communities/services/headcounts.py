"""Add, change and remove headcounts of a community."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import squeeze
from barnraise.plumbing.journal.services import record

from ..models import Community, Headcount

FIELDS = ("group", "count", "year", "source")


def add_headcount(
    community: Community, *, count: int, year: int, source: str, by: Any, group: str = ""
) -> Headcount:
    """A new headcount; `group` is empty for everyone. Raises ValidationError by field, also when there is one already."""
    now = timezone.now()
    row = Headcount(
        community=community,
        group=squeeze(group),
        count=count,
        year=year,
        source=squeeze(source),
        created_at=now,
        updated_at=now,
    )
    row.full_clean()
    with transaction.atomic():
        row.save(force_insert=True)
        _touch(community)
        record(by=by, verb="communities.headcount_added", about=[community], details=_details(row))
    return row


def change_headcount(headcount: Headcount, *, by: Any, **values: Any) -> Headcount:
    """Set the given fields (group, count, year, source). Raises ValidationError by field."""
    if unknown := set(values) - set(FIELDS):
        raise TypeError(f"A headcount has no field {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        row = (
            Headcount.objects.select_for_update(of=("self",)).select_related("community").get(pk=headcount.pk)
        )
        before = {name: getattr(row, name) for name in FIELDS}
        for name, value in values.items():
            setattr(row, name, squeeze(value) if isinstance(value, str) else value)
        changes = {n: (before[n], getattr(row, n)) for n in FIELDS if before[n] != getattr(row, n)}
        if not changes:
            return row
        row.updated_at = timezone.now()
        row.full_clean()
        row.save(update_fields=[*changes, "updated_at"])
        _touch(row.community)
        record(
            by=by,
            verb="communities.headcount_changed",
            about=[row.community],
            changes=changes,
            details=_details(row),
        )
    return row


def remove_headcount(headcount: Headcount, *, by: Any) -> None:
    """Take the headcount away."""
    with transaction.atomic():
        details = _details(headcount)
        community = headcount.community
        headcount.delete()
        _touch(community)
        record(by=by, verb="communities.headcount_removed", about=[community], details=details)


def _touch(community: Community) -> None:
    community.updated_at = timezone.now()
    community.save(update_fields=["updated_at"])


def _details(row: Headcount) -> dict[str, Any]:
    return {"group": row.group, "count": row.count, "year": str(row.year), "source": row.source}
