"""Reckon until when a contact keeps what was agreed, wherever contacts, cadences, stages or the zone of the house have changed."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from ..models import Partnership
from ..selectors import due

AT_ONCE = 500


def reckon(keys: Collection[int]) -> None:
    """Let `due_all_on` and `due_team_on` of these partnerships be true, in the caller's transaction."""
    _among("pk", keys)


def heard(kind: str, keys: Collection[int]) -> None:
    """The same of the partnerships with these people or organisations ("person", "organisation"): contacts with them have changed."""
    _among(f"{kind}_id", keys)


def reckon_all() -> None:
    """The same of all: days begin at another hour."""
    _write(Partnership.objects.all())


def _among(column: str, keys: Collection[int]) -> None:
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), AT_ONCE):
        _write(Partnership.objects.filter(**{f"{column}__in": wanted[start : start + AT_ONCE]}))


def _write(rows: QuerySet[Partnership]) -> None:
    rows.filter(Q(cadence_days__isnull=False) | Q(due_all_on__isnull=False)).update(
        due_all_on=due(knows_all=True), due_team_on=due(knows_all=False)
    )
