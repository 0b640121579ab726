"""The reports of the sample town: last year's for the board, issued; this year's for the funder, a draft."""

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
)
INTRO = (
    "Riverbend's second year: more children eat breakfast, and the partners know each other better.",
    "El segundo año de Riverbend: más niñas y niños desayunan, y las organizaciones aliadas se conocen mejor.",
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
    ]
    with transaction.atomic(), arriving_by("sample"):
        rows = services.write(news, at=now, is_sample=True)
        with suppress(ValidationError):
            services.issue(rows[0], by=by)
        record(by=by, verb="reports.sample_added", about=[], details={"count": len(rows)})
    return {"reports": len(rows)}


def _name(name: str) -> str:
    return f"{name} (Riverbend)" if Report.objects.filter(name=name).exists() else name


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's reports away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"reports": services.remove_sample(by=by)}
