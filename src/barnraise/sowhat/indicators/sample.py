"""The sample town's numbers: two years of them, some counted, some reported, the older ones locked."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.journal.services.record import arriving_by
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations.models import Organisation
from barnraise.why.goals.models import Indicator, Objective
from barnraise.why.goals.services import add_indicator

from .models import Observation, Report
from .progress import planned
from .selectors import path_of
from .services import ask_report, compute_all, remove_sample, write_value
from .spans import spans

SEED = 91
SOURCED = (
    (
        "people.reached",
        "distinct",
        ("People we talked with", "Personas con quienes hablamos"),
        ("people", "personas"),
        120,
    ),
    ("events.people", "distinct", ("People who came to our events", "Personas que vinieron a nuestras actividades"), ("people", "personas"), 60),
    ("consent.given", "distinct", ("People who agreed to hear from us", "Personas que aceptaron recibir noticias"), ("people", "personas"), 120),
)  # fmt: skip
LATE = ("A list came in late", "Una lista llegó tarde")


def load(*, by: Any) -> Mapping[str, int]:
    """Write numbers of the sample's indicators; nothing when they are there already."""
    if Observation.objects.filter(is_sample=True).exists():
        return {"observations": 0, "reports": 0}
    at = 1 if installation().default_language == "es" else 0
    today = timezone.localdate()
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    with transaction.atomic(), arriving_by("sample"):
        for indicator in Indicator.objects.filter(is_sample=True, source="").order_by("pk"):
            _written(indicator, dice, today, by)
        _counted(at, today, by)
        many = Observation.objects.filter(is_sample=True).count()
        _locked(today, by)
        _restated(at, today, by)
        asked = _asked(today, by)
        record(by=by, verb="indicators.sample_added", about=[], details={"count": many})
    return {"observations": many, "reports": asked}


def _written(indicator: Indicator, dice: random.Random, today: date, by: Any) -> None:
    path = path_of(indicator)
    since = indicator.baseline_on + timedelta(days=1) if indicator.baseline_on else today
    for period in spans(indicator.frequency, since, today)[:-1]:
        aim = planned(path, period.ends)
        if aim is None:
            continue
        value = (aim * Decimal(dice.randrange(80, 112)) / 100).quantize(Decimal(1))
        write_value(indicator, on=period.begins, value=value, by=by, is_sample=True)


def _counted(at: int, today: date, by: Any) -> None:
    objectives = list(Objective.objects.filter(is_sample=True).order_by("pk")[:2])
    for number, (source, rule, name, unit, target) in enumerate(SOURCED):
        if Indicator.objects.filter(name=name[at]).exists():
            continue
        indicator = add_indicator(
            name=name[at],
            objective=objectives[number % len(objectives)] if objectives else None,
            unit=unit[at],
            rule=rule,
            frequency="quarter",
            source=source,
            baseline_value=Decimal(0),
            baseline_on=date(today.year - 2, 12, 31),
            target_value=Decimal(target),
            target_on=date(today.year + 1, 12, 31),
            by=by,
            is_sample=True,
        )
        compute_all(indicator, by=by, is_sample=True)


def _locked(today: date, by: Any) -> None:
    now = timezone.now()
    rows = Observation.objects.filter(is_sample=True, ends_on__lt=date(today.year, 1, 1))
    rows.update(locked_at=now, locked_by=by if getattr(by, "pk", None) else None)


def _restated(at: int, today: date, by: Any) -> None:
    """One locked number was changed later."""
    rows = Observation.objects.filter(is_sample=True, origin="reported", locked_at__isnull=False)
    row = rows.select_related("indicator").order_by("-begins_on", "pk").first()
    if row is not None and row.value is not None:
        write_value(
            row.indicator, on=row.begins_on, value=row.value + 7, by=by, restating=LATE[at], is_sample=True
        )


def _asked(today: date, by: Any) -> int:
    indicators = Indicator.objects.filter(is_sample=True, source="").order_by("pk")[:2]
    bodies = list(Organisation.objects.filter(is_sample=True, is_own=False).order_by("pk")[:2])
    for indicator, organisation in zip(indicators, bodies, strict=False):
        ask_report(
            indicator,
            organisation=organisation,
            on=today,
            due_on=today + timedelta(days=7),
            by=by,
            is_sample=True,
        )
    return Report.objects.filter(is_sample=True, answered_at__isnull=True).count()


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's numbers away."""
    with transaction.atomic(), arriving_by("sample"):
        observations, reports = remove_sample(by=by)
    return {"observations": observations, "reports": reports}
