"""Write many figures at once, as imports give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.periods import Period
from barnraise.plumbing.journal.models import Change, ChangeSet
from barnraise.plumbing.journal.services import add_changes, insert, reserve_keys

from .. import figure_documents as documents
from ..models import Figure
from ..selectors import FIGURE

WRITTEN = (*documents.COMPARED, "updated_at")


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A figure to write: about which community (key) or area, of which measure (key), and what its source says."""

    community: int | None
    area: str
    measure: int
    period: Period
    source: str
    document: dict[str, Any]


def write_figures(
    new: Sequence[NewFigure],
    changed: Sequence[tuple[int, dict[str, Any]]],
    *,
    change_set: ChangeSet | None,
    is_sample: bool = False,
) -> list[int]:
    """Create and change figures in a few statements; the keys of the created, in order.

    A changed one's document holds only the fields to change. Whoever calls leaves the journal's sentence.
    """
    with transaction.atomic():
        keys = _insert(new, is_sample)
        changes = [Change(kind=FIGURE, key=key, action=Change.Action.CREATED) for key in keys]
        changes += _update(changed)
        if change_set is not None:
            add_changes(change_set=change_set, changes=changes)
    return keys


def _insert(new: Sequence[NewFigure], is_sample: bool) -> list[int]:
    if not new:
        return []
    now = timezone.now()
    keys = reserve_keys(Figure, len(new))
    rows = []
    for key, one in zip(keys, new, strict=True):
        row = Figure(
            pk=key,
            community_id=one.community,
            area=one.area,
            measure_id=one.measure,
            begins_on=one.period.begins,
            ends_on=one.period.ends,
            source=one.source,
            is_sample=is_sample,
            created_at=now,
            updated_at=now,
        )
        documents.put(row, one.document)
        rows.append(row)
    insert(rows)
    return keys


def _update(changed: Sequence[tuple[int, dict[str, Any]]]) -> list[Change]:
    if not changed:
        return []
    now = timezone.now()
    wanted = dict(changed)
    rows = list(Figure.objects.select_for_update().filter(pk__in=list(wanted)).order_by("pk"))
    changes = []
    for row in rows:
        before = documents.said(row)
        documents.put(row, wanted[row.pk])
        after = documents.said(row)
        told = {name for name in before if before[name] != after[name]}
        row.updated_at = now
        changes.append(
            Change(
                kind=FIGURE,
                key=row.pk,
                action=Change.Action.UPDATED,
                before={name: before[name] for name in before if name in told},
                after={name: after[name] for name in after if name in told},
            )
        )
    Figure.objects.bulk_update(rows, WRITTEN, batch_size=200)
    return changes
