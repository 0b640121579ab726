"""All figures as rows of a sheet, or whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .amounts import text
from .models import Figure
from .selectors import figures_listed

COLUMNS = (
    "uuid",
    "Community",
    "Wider area",
    "Publisher",
    "Code",
    "Measure",
    "Unit",
    "Direction",
    "Category",
    "From",
    "Until",
    "Value",
    "Reason",
    "Low",
    "High",
    "Unreliable",
    "Numerator",
    "Denominator",
    "Population",
    "Benchmark",
    "Name of the benchmark",
    "Source",
    "Edition",
    "Note",
)


def _rows() -> Iterator[Figure]:
    yield from figures_listed().order_by("pk").iterator(chunk_size=1000)


def number() -> int:
    """How many there are."""
    return Figure.objects.count()


def whole() -> Iterator[dict[str, Any]]:
    """Each figure with its measure, in the order they were added; numbers as text."""
    for one in _rows():
        yield {
            "uuid": str(one.uuid),
            "community": str(one.community.uuid) if one.community else None,
            "area": one.area,
            "measure": {
                "publisher": one.measure.publisher,
                "code": one.measure.code,
                "name": one.measure.name,
                "unit": one.measure.unit,
                "direction": one.measure.direction,
                "category": one.measure.category,
            },
            "begins_on": one.begins_on.isoformat(),
            "ends_on": one.ends_on.isoformat(),
            "value": text(one.value),
            "reason": one.reason,
            "low": text(one.low),
            "high": text(one.high),
            "is_unreliable": one.is_unreliable,
            "numerator": text(one.numerator),
            "denominator": text(one.denominator),
            "population": text(one.population),
            "benchmark": text(one.benchmark),
            "benchmark_name": one.benchmark_name,
            "source": one.source,
            "edition": one.edition,
            "note": one.note,
        }


def flat() -> Iterator[list[Any]]:
    """One row each, as COLUMNS says. What is not known is empty, with the reason beside it."""
    for one in _rows():
        yield [
            str(one.uuid),
            one.community.name if one.community else "",
            one.area,
            one.measure.publisher,
            one.measure.code,
            one.measure.name,
            one.measure.unit,
            one.measure.direction,
            one.measure.category,
            one.begins_on.isoformat(),
            one.ends_on.isoformat(),
            text(one.value) or "",
            one.reason,
            text(one.low) or "",
            text(one.high) or "",
            "1" if one.is_unreliable else "",
            text(one.numerator) or "",
            text(one.denominator) or "",
            text(one.population) or "",
            text(one.benchmark) or "",
            one.benchmark_name,
            one.source,
            one.edition,
            one.note,
        ]
