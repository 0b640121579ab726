"""Figures as JSON: what is kept to write one again, and what imports compare."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from .amounts import text
from .models import Figure

COMPARED = (
    "value",
    "reason",
    "low",
    "high",
    "is_unreliable",
    "numerator",
    "denominator",
    "population",
    "benchmark",
    "benchmark_name",
    "edition",
    "note",
)
"""What a source says of a figure, beside which figure it is."""

_NUMBERS = frozenset({"value", "low", "high", "numerator", "denominator", "population", "benchmark"})


def said(row: Figure) -> dict[str, Any]:
    """The fields of COMPARED as JSON; numbers as plain digits."""
    return {name: text(getattr(row, name)) if name in _NUMBERS else getattr(row, name) for name in COMPARED}


def put(row: Figure, document: dict[str, Any]) -> None:
    """Set (not save) the fields of COMPARED that the document has. A value has no reason; none has one."""
    for name in COMPARED:
        if name in document:
            value = document[name]
            if name in _NUMBERS:
                value = Decimal(value) if value not in (None, "") else None
            elif name == "is_unreliable":
                value = bool(value)
            else:
                value = value or ""
            setattr(row, name, value)
    if row.value is not None:
        row.reason = ""
    elif not row.reason:
        row.reason = Figure.Reason.NOT_GIVEN
    if row.benchmark is None:
        row.benchmark_name = ""


def whole(row: Figure) -> dict[str, Any]:
    """All of a figure as JSON, to write it again."""
    return {
        **said(row),
        "uuid": str(row.uuid),
        "community": row.community_id,
        "area": row.area,
        "measure": row.measure_id,
        "begins_on": row.begins_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "source": row.source,
        "is_sample": row.is_sample,
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
    }


def again(key: int | None, stored: dict[str, Any]) -> Figure:
    """The unsaved row that `whole` was made of, under this key."""
    row = Figure(
        pk=key,
        uuid=stored["uuid"],
        community_id=stored["community"],
        area=stored["area"],
        measure_id=stored["measure"],
        begins_on=date.fromisoformat(stored["begins_on"]),
        ends_on=date.fromisoformat(stored["ends_on"]),
        source=stored["source"],
        is_sample=stored["is_sample"],
        created_at=datetime.fromisoformat(stored["created_at"]),
        updated_at=timezone.now(),
    )
    put(row, stored)
    return row


def snapshots(keys: Collection[int]) -> dict[int, dict[str, Any]]:
    """By key: `whole` of each of these. One query."""
    return {row.pk: whole(row) for row in Figure.objects.filter(pk__in=list(keys)).order_by("pk")}
