"""The partnerships of the sample town: two years of relations, some silent, some over."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Leadership, Person

from .models import Partnership, Rating, StageChange
from .selectors import owners
from .services import New, remove_sample, write
from .services.writing import follow

SEED = 45
WAYS: tuple[tuple[str, ...], ...] = (
    ("prospect",),
    ("prospect", "contact"),
    ("prospect", "contact", "forming"),
    ("prospect", "contact", "forming", "active"),
    ("contact", "active"),
    ("prospect", "contact", "forming", "active", "dormant"),
    ("prospect", "contact", "active", "ended"),
)
WEIGHTS = (3, 4, 3, 9, 6, 2, 2)
ABOUT = (
    ("Brings families to the neighbourhood table.", "Trae familias a la mesa del barrio."),
    ("Lends rooms on weekday evenings.", "Presta salones por las tardes."),
    ("Sends volunteers in spring and autumn.", "Envía voluntarios en primavera y otoño."),
    ("Shares figures once a quarter.", "Comparte cifras cada trimestre."),
)
AGREED = (
    "Both sides name one person. We meet as often as stands here and tell each other early when something slips.",
    "Ambas partes nombran a una persona. Nos reunimos con la frecuencia anotada y avisamos pronto si algo se retrasa.",
)
REASON = ("Their grant ended and the office closed.", "Terminó su subvención y cerró la oficina.")


def load(*, by: Any) -> Mapping[str, int]:
    """Write partnerships with their histories; nothing when they are there already."""
    if Partnership.objects.filter(is_sample=True).exists():
        return {"partnerships": 0}
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    spanish = int(installation().default_language == "es")
    now = timezone.now()
    today = timezone.localdate(now)
    taken: set[Any] = set(Partnership.objects.values_list("organisation_id", "person_id"))
    bodies = Organisation.objects.filter(is_sample=True, is_own=False, parent__isnull=True).order_by("pk")
    chosen = [
        key for key in bodies.values_list("pk", flat=True) if (key, None) not in taken and dice.random() < 0.4
    ]
    leaders = Leadership.objects.filter(person__is_sample=True, organisation__isnull=True)
    alone = Person.objects.filter(pk__in=leaders.values("person_id")).order_by("pk")
    persons = [key for key in alone.values_list("pk", flat=True)[:6] if (None, key) not in taken]
    keepers: list[Any] = [one.pk for one in owners()] or [None]
    with transaction.atomic(), arriving_by("sample"):
        news, ways = [], []
        for column, key in [("organisation", one) for one in chosen] + [("person", one) for one in persons]:
            way = _way(dice, today)
            ways.append(way)
            news.append(_new(dice, column, key, way, keepers, spanish))
        rows = write(news, by=by, at=now, is_sample=True)
        _histories(dice, rows, ways, spanish, by, now, today)
        record(by=by, verb="partnerships.sample_added", about=[], details={"count": len(rows)})
    return {"partnerships": len(rows)}


def _way(dice: random.Random, today: date) -> list[tuple[str, date]]:
    (stages,) = dice.choices(WAYS, WEIGHTS)
    ago = dice.randrange(90 * len(stages), 90 * len(stages) + 300)
    found = []
    for stage in stages:
        found.append((stage, today - timedelta(days=ago)))
        ago = max(1, ago - dice.randrange(30, 90))
    return found


def _new(
    dice: random.Random, column: str, key: int, way: list[tuple[str, date]], keepers: list[Any], spanish: int
) -> New:
    stage, since_on = way[0]
    is_agreed = any(one in {"active", "dormant", "ended"} for one, _on in way)
    agreed_on = way[-1][1] if is_agreed else None
    return New(
        stage=stage,
        since_on=since_on,
        **{column: key},  # type: ignore[arg-type]
        about=dice.choice(ABOUT)[spanish] if dice.random() < 0.7 else "",
        owner=dice.choice([*keepers, keepers[0]]),
        cadence_days=dice.choice((14, 30, 30, 90, 90, 180, None)),
        agreement=AGREED[spanish] if is_agreed and dice.random() < 0.6 else "",
        agreed_on=agreed_on,
        agreement_ends_on=agreed_on + timedelta(days=730) if agreed_on and dice.random() < 0.5 else None,
    )


def _histories(
    dice: random.Random, rows: list[Partnership], ways: Any, spanish: int, by: Any, now: Any, today: date
) -> None:
    stamp = {"by_id": getattr(by, "pk", None), "created_at": now, "updated_at": now}
    stages, ratings = [], []
    for row, way in zip(rows, ways, strict=True):
        for stage, since_on in way[1:]:
            reason = REASON[spanish] if stage == "ended" else ""
            stages.append(
                StageChange(partnership=row, stage=stage, since_on=since_on, reason=reason, **stamp)
            )
        if dice.random() < 0.8:
            influence, interest = dice.randrange(1, 6), dice.randrange(1, 6)
            for at in range(dice.choice((1, 1, 2))):
                moved = min(5, max(1, interest + at * dice.choice((-1, 1))))
                on = today - timedelta(days=300 - 200 * at + dice.randrange(60))
                ratings.append(
                    Rating(partnership=row, influence=influence, interest=moved, rated_on=on, **stamp)
                )
    StageChange.objects.bulk_create(stages)
    Rating.objects.bulk_create(ratings)
    follow([row.pk for row in rows], at=now)


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's partnerships away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"partnerships": remove_sample(by=by)}
