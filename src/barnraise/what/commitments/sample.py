"""The promises of the sample town: two years of them, both ways, some late, some not kept."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.what.projects.models import Project
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Leadership

from .models import Commitment
from .selectors import owners
from .services import New, remove_sample, write

SEED = 61
COUNT = 90
THEIRS: tuple[tuple[str, str, str], ...] = (
    ("pledge", "Forty boxes of fresh vegetables a week", "Cuarenta cajas de verduras frescas por semana"),
    ("pledge", "500 dollars for children's books", "500 dólares para libros infantiles"),
    ("promise", "A room for the parents' evening", "Un salón para la noche de familias"),
    ("promise", "Ten volunteers for the clean-up day", "Diez personas voluntarias para la jornada de limpieza"),
    ("duty", "The quarterly figures of the clinic", "Las cifras trimestrales de la clínica"),
    ("promise", "A word in the Sunday service", "Unas palabras en el servicio del domingo"),
    ("duty", "The signed agreement about the garden plot", "El acuerdo firmado sobre la parcela del huerto"),
)  # fmt: skip
OURS: tuple[tuple[str, str, str], ...] = (
    ("promise", "Send the minutes to everybody who was there", "Enviar el acta a quienes asistieron"),
    ("promise", "Put their logo on the invitation", "Poner su logotipo en la invitación"),
    ("duty", "Report how many families came", "Informar cuántas familias vinieron"),
    ("action", "Ask the city about the street closure", "Preguntar a la ciudad por el cierre de la calle"),
    ("promise", "Find an interpreter for Mixtec", "Encontrar intérprete de mixteco"),
    ("action", "Write the grant's second half-year report", "Escribir el segundo informe semestral de la subvención"),
)  # fmt: skip
BETWEEN: tuple[tuple[str, str, str], ...] = (
    ("match", "A van on Saturday mornings", "Una camioneta los sábados por la mañana"),
    ("match", "The hall for the tutoring club", "El salón para el club de tutorías"),
    ("match", "Two laptops for the job corner", "Dos portátiles para el rincón de empleo"),
)
WHY = {
    "broken": ("The person who had promised it left.", "La persona que lo prometió se fue."),
    "released": ("We found another way and told them so.", "Encontramos otra forma y se lo dijimos."),
}


def load(*, by: Any) -> Mapping[str, int]:
    """Write promises; nothing when they are there already."""
    if Commitment.objects.filter(is_sample=True).exists():
        return {"commitments": 0}
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    spanish = int(installation().default_language == "es")
    now = timezone.now()
    today = timezone.localdate(now)
    bodies = list(
        Organisation.objects.filter(is_sample=True, is_own=False, parent__isnull=True)
        .order_by("pk")
        .values_list("pk", flat=True)[:40]
    )
    leaders = list(
        Leadership.objects.filter(person__is_sample=True, organisation__isnull=True)
        .order_by("person_id")
        .values_list("person_id", flat=True)[:4]
    )
    projects = list(Project.objects.filter(is_sample=True).order_by("pk").values_list("pk", flat=True))
    keepers: list[Any] = [one.pk for one in owners()] or [None]
    if len(bodies) < 2:
        return {"commitments": 0}
    with transaction.atomic(), arriving_by("sample"):
        news = [_new(dice, at, bodies, leaders, projects, keepers, spanish, today) for at in range(COUNT)]
        rows = write(news, by=by, at=now, is_sample=True)
        record(by=by, verb="commitments.sample_added", about=[], details={"count": len(rows)})
    return {"commitments": len(rows)}


def _new(
    dice: random.Random,
    at: int,
    bodies: list[int],
    leaders: list[int],
    projects: list[int],
    keepers: list[Any],
    spanish: int,
    today: date,
) -> New:
    (direction,) = dice.choices(("theirs", "ours", "between"), (10, 8, 3))
    kind, *words = dice.choice({"theirs": THEIRS, "ours": OURS, "between": BETWEEN}[direction])
    promised_on = today - timedelta(days=dice.randrange(1, 730) if at % 4 else dice.randrange(1, 45))
    due_on = promised_on + timedelta(days=dice.choice((7, 14, 30, 30, 60, 90)))
    giver, taker = dice.sample(bodies, 2)
    is_leader = bool(leaders) and direction == "theirs" and kind == "promise" and dice.random() < 0.2
    outcome = _outcome(dice, due_on, today)
    settled, settled_on = outcome if outcome and promised_on <= outcome[1] <= today else ("", None)
    cites = str(Ref("projects", "project", dice.choice(projects))) if projects and dice.random() < 0.5 else ""
    return New(
        direction=direction,
        kind=kind,
        organisation=None if is_leader else giver,
        person=dice.choice(leaders) if is_leader else None,
        to_organisation=taker if direction == "between" else None,
        what=words[spanish],
        promised_on=promised_on,
        due_on=due_on,
        owner=dice.choice(keepers),
        cites=cites,
        settled=settled,
        settled_on=settled_on,
        settled_note=WHY[settled][spanish] if settled in WHY else "",
    )


def _outcome(dice: random.Random, due_on: date, today: date) -> tuple[str, date] | None:
    if due_on > today + timedelta(days=10):
        return None
    (word,) = dice.choices(("kept", "kept_late", "broken", "released", ""), (62, 14, 8, 8, 8))
    if not word and due_on >= today - timedelta(days=45):
        return None
    word = word or "broken"
    if word == "kept_late":
        return "kept", due_on + timedelta(days=dice.randrange(1, 20))
    return word, due_on - timedelta(days=dice.randrange(0, 6))


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's promises away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"commitments": remove_sample(by=by)}
