"""Register a community."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold, squeeze
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, record
from barnraise.plumbing.search import services as search

from ..identifiers import Pair
from ..models import Community
from ..selectors import KIND
from . import identifiers as codes
from .boundaries import set_boundary


def register_community(
    *,
    name: str,
    by: Any,
    kind: str = Community.Kind.NEIGHBOURHOOD,
    parent: Community | None = None,
    description: str = "",
    boundary: Mapping[str, Any] | str | None = None,
    boundary_source: str = "",
    identifiers: Iterable[Pair] = (),
    is_sample: bool = False,
    change_set: ChangeSet | None = None,
) -> Community:
    """A new community. `boundary` is GeoJSON, as text or object; `identifiers` are (scheme, value) pairs.

    Raises ValidationError by field.
    """
    now = timezone.now()
    row = Community(
        name=squeeze(name),
        name_folded=fold(name)[:200],
        kind=kind,
        parent=parent,
        description=description,
        boundary_source=boundary_source,
        is_sample=is_sample,
        created_at=now,
        updated_at=now,
    )
    set_boundary(row, boundary)
    row.full_clean(exclude=["name_folded"])
    with transaction.atomic():
        pairs = codes.checked(identifiers)
        row.save(force_insert=True)
        codes.put(row, pairs)
        if change_set is not None:
            change = Change(kind=KIND, key=row.pk, action=Change.Action.CREATED)
            add_changes(change_set=change_set, changes=[change])
        record(by=by, verb="communities.registered", about=[row], change_set=change_set)
        search.index(KIND, [row.pk])
    return row
