"""Stick tags to one thing, and take them off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record

from ..models import Tag, Tagging
from ..selectors import tags_by_names
from .naming import ensured


def _ref(thing: Any) -> Ref:
    return thing if isinstance(thing, Ref) else Ref.to(thing)


def _journal(by: Any, ref: Ref, *, added: Sequence[Tag] = (), removed: Sequence[Tag] = ()) -> None:
    if added:
        record(
            by=by,
            verb="tags.added",
            about=[ref, *added],
            details={"names": ", ".join(tag.name for tag in added)},
        )
    if removed:
        record(
            by=by,
            verb="tags.taken_off",
            about=[ref, *removed],
            details={"names": ", ".join(tag.name for tag in removed)},
        )


@transaction.atomic
def add(*, to: Any, names: Sequence[str], by: Any) -> list[Tag]:
    """Stick these tags to a row or Ref; missing tags are made. Returns those that were not there before.

    Raises ValidationError when a name is too long. Nothing new leaves no journal entry.
    """
    ref = _ref(to)
    tags = ensured(names, by=by)
    there = set(
        Tagging.objects.filter(kind=ref.kind, key=ref.id, tag__in=tags).values_list("tag_id", flat=True)
    )
    new = [tag for tag in tags if tag.pk not in there]
    Tagging.objects.bulk_create(
        [Tagging(tag=tag, kind=ref.kind, key=ref.id) for tag in new], ignore_conflicts=True
    )
    _journal(by, ref, added=new)
    return new


@transaction.atomic
def remove(*, of: Any, names: Sequence[str], by: Any) -> list[Tag]:
    """Take these tags off a row or Ref. Returns those that were on it; the tags themselves stay."""
    ref = _ref(of)
    rows = Tagging.objects.filter(kind=ref.kind, key=ref.id, tag__in=tags_by_names(names)).select_related(
        "tag"
    )
    gone = [row.tag for row in rows]
    rows.delete()
    _journal(by, ref, removed=gone)
    return gone


@transaction.atomic
def replace(*, on: Any, names: Sequence[str], by: Any) -> tuple[list[Tag], list[Tag]]:
    """Let a row or Ref carry exactly these tags. Returns (added, taken off)."""
    ref = _ref(on)
    wanted = ensured(names, by=by)
    rows = Tagging.objects.filter(kind=ref.kind, key=ref.id).exclude(tag__in=wanted).select_related("tag")
    gone = [row.tag for row in rows]
    rows.delete()
    _journal(by, ref, removed=gone)
    return add(to=ref, names=names, by=by), gone
