"""What all writes of this room do alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from ..faults import check

M = TypeVar("M", bound=models.Model)
Faults = Callable[[Any], dict[str, Any]]


def locked(row: M) -> M:
    """The row as it stands, locked until the transaction ends."""
    model: Any = type(row)
    found: M = model.objects.select_for_update().get(pk=row.pk)
    return found


def differing(
    row: M, values: Mapping[str, Any], *, fields: Sequence[str], faults: Faults, leave: tuple[str, ...] = ()
) -> dict[str, tuple[Any, Any]]:
    """Set the fields of a locked row and check it; what changed, as the journal tells it. Raises ValidationError by field."""
    if unknown := set(values) - set(fields):
        raise TypeError(f"There is no field {', '.join(sorted(unknown))} to change.")
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    differ = [name for name in values if before[name] != getattr(row, name)]
    if differ:
        check(row, faults(row), leave=leave)
    return {name: (plain(before[name]), plain(getattr(row, name))) for name in differ}


def stamp(row: Any) -> list[str]:
    """Note that a row changed now; the names of the fields to save, none where it keeps no such time."""
    if not hasattr(row, "updated_at"):
        return []
    row.updated_at = timezone.now()
    return ["updated_at"]


def plain(value: Any) -> Any:
    """A value as the journal keeps it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, models.Model):
        return str(value)
    return value
