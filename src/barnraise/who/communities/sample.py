"""The sample town's communities: Riverbend, fictional, in English or Spanish as the installation speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from barnraise.foundation.periods import years
from barnraise.plumbing.journal.services.record import arriving_by
from barnraise.plumbing.profile.selectors import installation

from .amounts import exact, text
from .models import Community, Figure
from .sample_figures import MEASURES, PUBLISHER, STATE, YEARS, SampleMeasure
from .sample_town import CENSUS, COMMUNITIES, HEADCOUNTS, TOWN
from .services import add_headcount, add_sample_figures, register_community, remove_sample


def spoken() -> int:
    """Which of two Words the installation speaks: 0 English, 1 Spanish."""
    return 1 if installation().default_language.startswith("es") else 0


def load(*, by: Any) -> Mapping[str, int]:
    """Write the communities, their headcounts and figures; nothing when they are there already."""
    if Community.objects.filter(is_sample=True).exists():
        return {"communities": 0, "headcounts": 0, "figures": 0}
    tongue = spoken()
    made: dict[str, Community] = {}
    counted = 0
    with transaction.atomic(), arriving_by("sample"):
        for key, kind, above, name, description, corners in COMMUNITIES:
            ring = [[round(TOWN[1] + lon, 6), round(TOWN[0] + lat, 6)] for lat, lon in (*corners, corners[0])]
            made[key] = register_community(
                name=name[tongue],
                kind=kind,
                parent=made.get(above),
                description=description[tongue],
                boundary={"type": "Polygon", "coordinates": [ring]},
                boundary_source=("Drawn for the sample town", "Dibujado para el pueblo de muestra")[tongue],
                identifiers=[("OWN", f"riverbend-{key}")],
                is_sample=True,
                by=by,
            )
            for group, year, count in HEADCOUNTS[key]:
                add_headcount(
                    made[key],
                    group=group[tongue],
                    year=year,
                    count=count,
                    source=f"{CENSUS[tongue]} {year}",
                    by=by,
                )
                counted += 1
        keys = {key: row.pk for key, row in made.items()}
        told = add_sample_figures(_measures(tongue), _figures(keys, tongue), by=by)
    return {"communities": len(made), "headcounts": counted, "figures": told}


def _measures(tongue: int) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (PUBLISHER[tongue], one.code): {
            "name": one.name[tongue],
            "unit": one.unit[tongue],
            "direction": one.direction,
            "category": one.category[tongue],
        }
        for one in MEASURES
    }


def _figures(keys: Mapping[str, int], tongue: int) -> Iterator[dict[str, Any]]:
    for one in MEASURES:
        for place, values in one.values.items():
            for at, value in enumerate(values):
                if value is not None:
                    yield {
                        "community": keys[place],
                        "area": "",
                        "measure": (PUBLISHER[tongue], one.code),
                        "period": years(YEARS[at]),
                        "source": PUBLISHER[tongue],
                        "document": _document(one, place, at, value, tongue),
                    }


def _document(measure: SampleMeasure, place: str, at: int, value: float | str, tongue: int) -> dict[str, Any]:
    said: dict[str, Any] = {
        "edition": str(YEARS[at] + 1),
        "benchmark": _plain(measure.state[at]),
        "benchmark_name": STATE[tongue],
    }
    if isinstance(value, str):
        return {**said, "value": None, "reason": Figure.Reason.SUPPRESSED}
    spread = measure.spread * (1 if place in {"county", "town"} else 3)
    if spread:
        said |= {"low": _plain(value - spread), "high": _plain(value + spread)}
    return {**said, "value": _plain(value)}


def _plain(value: float) -> str | None:
    return text(exact(Decimal(str(round(value, 2)))))


def remove(*, by: Any) -> Mapping[str, int]:
    """Take the sample communities away."""
    with arriving_by("sample"):
        return {"communities": remove_sample(by=by)}
