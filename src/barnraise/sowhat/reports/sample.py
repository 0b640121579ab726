"""The reports of the sample town: two for the board, issued, of its first year and of what came since; one for the funder, a draft."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation

from . import services
from .models import Report

NAMES = (
    ("Annual report to the board", "Informe anual a la junta directiva"),
    ("Progress report to the funder", "Informe de avance a la entidad financiadora"),
    ("Report to the board on the first year", "Informe a la junta directiva sobre el primer año"),
)
INTRO = (
    "Riverbend's second year: more children eat breakfast, and the partners know each other better.",
    "El segundo año de Riverbend: más niñas y niños desayunan, y las organizaciones aliadas se conocen mejor.",
)
BEGUN = (
    "Riverbend's first year: we listened, agreed on what comes first, and found the partners to begin with.",
    "El primer año de Riverbend: escuchamos, acordamos qué va primero y encontramos con quién empezar.",
)


def load(*, by: Any) -> Mapping[str, int]:
    """Write reports; nothing when they are there already."""
    if Report.objects.filter(is_sample=True).exists():
        return {"reports": 0}
    at = int(installation().default_language == "es")
    now = timezone.now()
    year = timezone.localdate(now).year
    news = [
        services.New(_name(NAMES[0][at]), "board", date(year - 1, 1, 1), date(year, 12, 31), intro=INTRO[at]),
        services.New(_name(NAMES[1][at]), "funder", date(year - 1, 7, 1), date(year - 1, 12, 31)),
        services.New(
            _name(NAMES[2][at]), "board", date(year - 2, 1, 1), date(year - 2, 12, 31), intro=BEGUN[at]
        ),
    ]
    with transaction.atomic(), arriving_by("sample"):
        rows = services.write(news, at=now, is_sample=True)
        for row in (rows[0], rows[2]):
            with suppress(ValidationError):
                services.issue(row, by=by)
        record(by=by, verb="reports.sample_added", about=[], details={"count": len(rows)})
    return {"reports": len(rows)}


def _name(name: str) -> str:
    return f"{name} (Riverbend)" if Report.objects.filter(name=name).exists() else name


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's reports away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"reports": services.remove_sample(by=by)}
