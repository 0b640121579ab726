"""The sample town's communities: Riverbend, fictional, in English or Spanish as the installation speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from barnraise.plumbing.journal.services.record import arriving_by
from barnraise.plumbing.profile.selectors import installation

from .models import Community
from .sample_town import CENSUS, COMMUNITIES, HEADCOUNTS, TOWN
from .services import add_headcount, register_community, remove_sample


def spoken() -> int:
    """Which of two Words the installation speaks: 0 English, 1 Spanish."""
    return 1 if installation().default_language.startswith("es") else 0


def load(*, by: Any) -> Mapping[str, int]:
    """Write the communities and their headcounts; nothing when they are there already."""
    if Community.objects.filter(is_sample=True).exists():
        return {"communities": 0, "headcounts": 0}
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
    return {"communities": len(made), "headcounts": counted}


def remove(*, by: Any) -> Mapping[str, int]:
    """Take the sample communities away."""
    with arriving_by("sample"):
        return {"communities": remove_sample(by=by)}
