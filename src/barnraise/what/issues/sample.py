"""The concerns of the sample town: two years of them, most answered in time, a few late, some waiting now."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.what.projects.models import Project
from barnraise.who.organisations.models import Organisation

from .clock import Term, answer_by
from .models import Issue
from .selectors import owners, terms
from .services import New, Said, remove_sample, write

SEED = 67
COUNT = 48
RESIDENTS: tuple[tuple[str, str, str], ...] = (
    ("medium", "The street lamp at Oak and Third has been out for weeks", "La lámpara de Oak y Third lleva semanas apagada"),
    ("high", "The pantry line stands in the sun for an hour", "La fila de la despensa espera una hora al sol"),
    ("medium", "Nobody at the clinic's front desk speaks Spanish on Fridays", "Los viernes nadie habla español en la recepción de la clínica"),
    ("low", "The flyer for the garden day had the wrong time", "El volante del día del huerto tenía la hora equivocada"),
    ("urgent", "There is broken glass where the children's club meets", "Hay vidrios rotos donde se reúne el club infantil"),
    ("medium", "The bus to the job fair was full", "El autobús a la feria de empleo iba lleno"),
)  # fmt: skip
PARTNERS: tuple[tuple[str, str, str], ...] = (
    ("high", "We were not asked before our name was on the poster", "Nadie nos preguntó antes de poner nuestro nombre en el cartel"),
    ("medium", "The reporting form asks twice for the same numbers", "El formulario de informe pide dos veces las mismas cifras"),
    ("medium", "Our volunteers wait for their shirts", "Nuestro voluntariado espera sus camisetas"),
    ("low", "Meetings always fall on our delivery day", "Las reuniones caen siempre en nuestro día de entrega"),
)  # fmt: skip
BETWEEN: tuple[tuple[str, str, str], ...] = (
    ("high", "Both want the hall on Saturday mornings", "Las dos quieren el salón los sábados por la mañana"),
    ("medium", "Their van came back with an empty tank", "Su camioneta volvió con el tanque vacío"),
)
QUIET = (
    "high",
    "Their coordinator shouts at our drivers on the loading dock",
    "Su coordinadora grita a nuestro personal de reparto en el muelle de carga",
)
"""One that nobody but whoever sees to it and those who lead reads."""
ANSWERS = (
    (
        "Thank you for telling us. We looked at it this week and know what to do.",
        "Gracias por avisarnos. Lo revisamos esta semana y sabemos qué hacer.",
    ),
    (
        "You are right, and we are sorry. This is what we change.",
        "Tiene razón, y lo sentimos. Esto es lo que cambiamos.",
    ),
)
OUTCOMES = (
    ("It is mended, and we went there to see.", "Está arreglado, y fuimos a verlo."),
    (
        "Both sat down with us and agreed on turns.",
        "Ambas partes se sentaron con nosotros y acordaron turnos.",
    ),
    (
        "We changed how we do it from the next time on.",
        "Cambiamos la manera de hacerlo desde la próxima vez.",
    ),
)
WHY_NOT = ("This is for the city; we passed it on and told them so.", "Le corresponde a la ciudad; lo remitimos y así se lo dijimos.")  # fmt: skip
NAMES = ("Rosa M.", "J. Whitfield", "Teresa L.", "Carl B.", "")


@dataclass(frozen=True, slots=True)
class _Town:
    """Who is there to raise a concern and to see to it."""

    bodies: list[int]
    projects: list[int]
    keepers: list[Any]
    spanish: int
    now: datetime
    terms: Mapping[str, Term]


def load(*, by: Any) -> Mapping[str, int]:
    """Write concerns; nothing when they are there already."""
    if Issue.objects.filter(is_sample=True).exists():
        return {"concerns": 0}
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    now = timezone.now()
    bodies = Organisation.objects.filter(is_sample=True, is_own=False, parent__isnull=True).order_by("pk")
    town = _Town(
        bodies=list(bodies.values_list("pk", flat=True)[:40]),
        projects=list(Project.objects.filter(is_sample=True).order_by("pk").values_list("pk", flat=True)),
        keepers=[one.pk for one in owners()] or [None],
        spanish=int(installation().default_language == "es"),
        now=now,
        terms=terms(),
    )
    if len(town.bodies) < 2:
        return {"concerns": 0}
    with transaction.atomic(), arriving_by("sample"):
        news = [*(_new(dice, at, town) for at in range(COUNT)), _quiet(town)]
        rows = write(news, by=by, at=now, is_sample=True)
        record(by=by, verb="issues.sample_added", about=[], details={"count": len(rows)})
    return {"concerns": len(rows)}


def _new(dice: random.Random, at: int, town: _Town) -> New:
    (side,) = dice.choices(("resident", "partner", "between"), (10, 7, 3))
    severity, *words = dice.choice({"resident": RESIDENTS, "partner": PARTNERS, "between": BETWEEN}[side])
    days = dice.randrange(12, 730) if at % 6 else dice.randrange(0, 9)
    raised_at = town.now - timedelta(days=days, hours=dice.randrange(1, 8))
    one, other = dice.sample(town.bodies, 2)
    state, answer, ended_at, outcome = _course(dice, severity, raised_at, town, is_new=at % 6 == 0)
    project = str(Ref("projects", "project", dice.choice(town.projects))) if town.projects else ""
    return New(
        origin="resident" if side == "resident" else "partner",
        what=words[town.spanish],
        raised_at=raised_at,
        severity=severity,
        organisation=None if side == "resident" else one,
        about=other if side == "between" else None,
        asker_name=dice.choice(NAMES) if side == "resident" else "",
        owner=dice.choice(town.keepers) if at % 5 else None,
        cites=project if dice.random() < 0.4 else "",
        answer=answer,
        state=state,
        ended_at=ended_at,
        outcome=outcome,
    )


def _quiet(town: _Town) -> New:
    """A conflict between two partners that others need not know of, answered and not settled."""
    severity, *words = QUIET
    raised_at = town.now - timedelta(days=16, hours=3)
    return New(
        origin="partner",
        what=words[town.spanish],
        raised_at=raised_at,
        severity=severity,
        organisation=town.bodies[0],
        about=town.bodies[1],
        owner=town.keepers[0],
        is_confidential=True,
        answer=Said(ANSWERS[0][town.spanish], raised_at + timedelta(hours=20), by=town.keepers[0]),
        state="answered",
    )


def _course(
    dice: random.Random, severity: str, raised_at: datetime, town: _Town, *, is_new: bool
) -> tuple[str, Said | None, datetime | None, str]:
    """State, answer, when it ended and what came of it."""
    owed = answer_by(severity, raised_at, timezone.get_current_timezone(), town.terms)
    if is_new:
        return "open", None, None, ""
    share = dice.uniform(0.2, 0.95) if dice.random() < 0.82 else dice.uniform(1.1, 1.8)
    answered = min(raised_at + (owed - raised_at) * share, town.now - timedelta(hours=1))
    text = dice.choice(ANSWERS)[town.spanish]
    keeper = dice.choice(town.keepers)
    (state,) = dice.choices(("resolved", "declined", "answered"), (80, 8, 12))
    if state == "declined":
        why = WHY_NOT[town.spanish]
        return state, Said(why, answered, by=keeper), answered, why
    if state == "answered":
        return state, Said(text, answered, by=keeper), None, ""
    ended = min(answered + timedelta(days=dice.randrange(1, 20)), town.now)
    return state, Said(text, answered, by=keeper), ended, dice.choice(OUTCOMES)[town.spanish]


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's concerns away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"concerns": remove_sample(by=by)}
