"""The valuations of the sample town: one that holds, one whose sources are missing, one that is used no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.sowhat.indicators.models import Observation
from barnraise.what.projects.models import Project
from barnraise.why.goals.models import Indicator

from . import services
from .models import Valuation
from .selectors import owners

STUDY = ("Riverbend school study, 2025 (invented)", "Estudio escolar de Riverbend, 2025 (inventado)")
ASKED = ("Asked of 40 families, spring 2026 (invented)", "Preguntado a 40 familias, primavera de 2026 (inventado)")  # fmt: skip
WAGES = ("City wage table, 2026 (invented)", "Tabla salarial municipal, 2026 (inventada)")

Words = tuple[str, str]
Lines = tuple[tuple[str, str, str, str, Words | None], ...]
OUTCOMES: tuple[tuple[Words, Words, Lines], ...] = (
    (
        ("What the kitchens are worth", "Lo que valen las cocinas"),
        ("Children who eat breakfast every school day", "Niñas y niños que desayunan cada día de clase"),
        (
            ("quantity", "150", "180", "200", ASKED),
            ("proxy", "220", "260", "310", STUDY),
            ("deadweight", "0.15", "0.2", "0.3", STUDY),
            ("displacement", "0", "0", "0.05", ASKED),
            ("attribution", "0.2", "0.3", "0.4", ASKED),
            ("dropoff", "0.2", "0.25", "0.4", STUDY),
            ("duration", "1", "2", "3", STUDY),
        ),
    ),
    (
        ("What first jobs are worth", "Lo que valen los primeros empleos"),
        ("Young people in paid work after six months", "Jóvenes con empleo pagado a los seis meses"),
        (
            ("quantity", "9", "12", "14", ASKED),
            ("proxy", "3500", "5200", "7000", None),
            ("deadweight", "0.3", "0.4", "0.5", None),
            ("displacement", "0.1", "0.2", "0.3", None),
            ("attribution", "0.3", "0.4", "0.5", ASKED),
            ("dropoff", "0.2", "0.3", "0.5", None),
            ("duration", "1", "2", "3", None),
        ),
    ),
    (
        ("What the trees are worth", "Lo que valen los árboles"),
        ("People who walk in the shade every week", "Personas que caminan a la sombra cada semana"),
        (
            ("quantity", "300", "400", "500", ASKED),
            ("proxy", "12", "18", "25", STUDY),
            ("deadweight", "0.4", "0.5", "0.6", STUDY),
            ("displacement", "0", "0", "0", STUDY),
            ("attribution", "0.1", "0.2", "0.3", STUDY),
            ("dropoff", "0", "0.05", "0.1", STUDY),
            ("duration", "5", "10", "15", STUDY),
        ),
    ),
)
LONGEST = OUTCOMES[-1][1]
"""Trees are valued since they were planted, a year before the others."""
OLD = ("The city's study of 2026 replaces it.", "La sustituye el estudio municipal de 2026.")


def load(*, by: Any) -> Mapping[str, int]:
    """Write valuations; nothing when they are there already."""
    if Valuation.objects.filter(is_sample=True).exists():
        return {"valuations": 0}
    at = int(installation().default_language == "es")
    projects = list(Project.objects.filter(is_sample=True).order_by("pk")[: len(OUTCOMES)])
    keepers: list[Any] = [*owners(), None]
    now = timezone.now()
    with transaction.atomic(), arriving_by("sample"):
        for project, (name, outcome, lines) in zip(projects, OUTCOMES, strict=False):
            new = services.New(
                name=name[at],
                cites=str(Ref.to(project)),
                begins_on=date(now.year - (2 if outcome is LONGEST else 1), 1, 1),
                ends_on=date(now.year, 12, 31),
                owner_id=keepers[0].pk if keepers[0] is not None else None,
            )
            (row,) = services.write([new], at=now, is_sample=True)
            services.write_lines(_lines(row.pk, outcome[at], lines, at), at=now)
        _observed(projects, at, by)
        if len(projects) == len(OUTCOMES):
            last = Valuation.objects.filter(is_sample=True).order_by("-pk")[0]
            Valuation.objects.filter(pk=last.pk).update(ended_on=timezone.localdate(now), end_reason=OLD[at])
        record(by=by, verb="roi.sample_added", about=[], details={"count": len(projects)})
    return {"valuations": len(projects)}


def _lines(key: int, outcome: str, lines: Lines, at: int) -> list[services.Line]:
    told = [
        services.Line(
            key, outcome, kind, Decimal(low), Decimal(base), Decimal(high), source[at] if source else ""
        )
        for kind, low, base, high, source in lines
    ]
    told.append(
        services.Line(key, "", "hour_value", Decimal(16), Decimal(19), Decimal(24), WAGES[at])
    )  # fmt: skip
    return told


def _observed(projects: list[Project], at: int, by: Any) -> None:
    """The first valuation counts a second outcome by an indicator that is added up, where the town has one."""
    first = Valuation.objects.filter(is_sample=True).order_by("pk").first()
    told = Observation.objects.filter(is_sample=True, value__gt=0)
    if first is not None:
        told = told.filter(begins_on__gte=first.begins_on, ends_on__lte=first.ends_on)
    indicator = (
        Indicator.objects.filter(is_sample=True, rule__in=("sum", "count"), observations__in=told)
        .order_by("pk")
        .first()
    )
    if first is None or indicator is None:
        return
    outcome = services.add_outcome(first, by=by, name=indicator.name, indicator=indicator)
    worth = (("proxy", "4"), ("deadweight", "0.25"), ("displacement", "0"), ("attribution", "0.5"), ("dropoff", "0"), ("duration", "1"))  # fmt: skip
    for kind, value in worth:
        services.assume(
            first,
            by=by,
            outcome=outcome,
            kind=kind,
            low=Decimal(value),
            base=Decimal(value),
            high=Decimal(value),
            source=STUDY[at],
        )


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's valuations away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"valuations": services.remove_sample(by=by)}
