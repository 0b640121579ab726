"""The posts of the sample town: two years of them, posted by hand, with what they reached; some open, one that failed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.what.projects.models import Project

from .models import Message, SocialAccount, Variant
from .selectors import owners, variants_by_message
from .services import New, remove_sample, write, write_reaches

SEED = 71
TOLD: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (
        ("Open day at the garden", "Jornada abierta en el huerto"),
        (
            "Open day at the community garden: Saturday from ten. Bring gloves, we bring lunch. #Riverbend",
            "Jornada abierta en el huerto comunitario: el sábado desde las diez. Traiga guantes, hay almuerzo. #Riverbend",
        ),
    ),
    (
        ("Thanks to the volunteers", "Gracias a las personas voluntarias"),
        (
            "Forty people cleaned the river bank on Sunday. Thank you, every one of you. #Riverbend #Volunteers",
            "Cuarenta personas limpiaron la orilla el domingo. Gracias a cada una. #Riverbend #Voluntariado",
        ),
    ),
    (
        ("The evening bus runs", "El autobús de la noche ya pasa"),
        (
            "The evening bus runs until ten now. You asked for it, the city listened.",
            "El autobús de la noche pasa ahora hasta las diez. Lo pidieron, la ciudad escuchó.",
        ),
    ),
    (
        ("Tutors wanted", "Se buscan tutoras y tutores"),
        (
            "One hour a week changes a school year. Tutors wanted for the club at the library.",
            "Una hora por semana cambia un año escolar. Buscamos tutoras y tutores para el club de la biblioteca.",
        ),
    ),
    (
        ("The first van is on the road", "La primera camioneta ya circula"),
        (
            "A van for the pantry: the hardware store lends it, two neighbours drive it. Who has a licence and two hours a month?",
            "Una camioneta para la despensa: la presta la ferretería, la conducen dos personas del barrio. ¿Quién tiene licencia y dos horas al mes?",
        ),
    ),
    (
        ("What you said about the river path", "Lo que dijeron del camino del río"),
        (
            "You said it is dark. The city hangs twelve lamps along the river path before the clocks change.",
            "Dijeron que está oscuro. La ciudad pone doce lámparas en el camino del río antes del cambio de hora.",
        ),
    ),
    (
        ("Breakfast in a fourth school", "Desayuno en una cuarta escuela"),
        (
            "Since Monday a fourth school serves breakfast. A hundred and thirty children eat there every day.",
            "Desde el lunes una cuarta escuela sirve el desayuno. Ciento treinta niñas y niños comen allí cada día.",
        ),
    ),
    (
        ("Jobs in town", "Empleos en el pueblo"),
        (
            "Six employers, one evening, no forms. Thursday at six in the library. #Riverbend",
            "Seis empresas, una tarde, sin formularios. El jueves a las seis en la biblioteca. #Riverbend",
        ),
    ),
    (
        ("A story: the evening bus", "Una historia: el autobús de la noche"),
        (
            "Dennis drew the map of dark corners with nine other parents. Read what came of it.",
            "Dennis dibujó con otras nueve familias el mapa de los rincones oscuros. Lea qué resultó.",
        ),
    ),
    (
        ("First aid at home", "Primeros auxilios en casa"),
        (
            "Two hours, no cost, with an interpreter. The clinic shows what to do until help comes.",
            "Dos horas, sin costo, con intérprete. La clínica muestra qué hacer hasta que llegue ayuda.",
        ),
    ),
    (
        ("What shall we ask for?", "¿Qué debemos pedir?"),
        (
            "The survey is open until Sunday: ten questions, four minutes, in two languages.",
            "La encuesta está abierta hasta el domingo: diez preguntas, cuatro minutos, en dos idiomas.",
        ),
    ),
    (
        ("Trees for Elm Street", "Árboles para la calle Elm"),
        (
            "Forty trees want to be planted on Saturday. Shovels are there, hands are missing.",
            "El sábado hay que plantar cuarenta árboles. Palas hay, faltan manos.",
        ),
    ),
)
ACCOUNTS = (
    ("facebook", "Riverbend on Facebook", "Riverbend en Facebook", "https://www.facebook.com/riverbend.example", ""),
    ("mastodon", "Riverbend on Mastodon", "Riverbend en Mastodon", "https://mastodon.example/@riverbend", "https://mastodon.example"),
)  # fmt: skip
NO_ANSWER = ("The server did not answer.", "El servidor no respondió.")
EVERY, FIRST = 45, 700
"""Days between two messages, and how many days ago the first was posted."""


def load(*, by: Any) -> Mapping[str, int]:
    """Write messages; nothing when they are there already."""
    if Message.objects.filter(is_sample=True).exists():
        return {"messages": 0}
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    at = 1 if installation().default_language == "es" else 0
    now = timezone.now()
    keeper = next(iter(owners()), None)
    projects = list(Project.objects.filter(is_sample=True).order_by("pk").values_list("pk", flat=True))
    with transaction.atomic(), arriving_by("sample"):
        SocialAccount.objects.bulk_create(
            [
                SocialAccount(
                    network=network,
                    name=(english, spanish)[at],
                    address=address,
                    server=server,
                    is_sample=True,
                    created_at=now,
                    updated_at=now,
                )
                for network, english, spanish, address, server in ACCOUNTS
            ]
        )
        days = list(range(FIRST, -1, -EVERY))
        news = []
        for turn, _ago in enumerate(days):
            names, texts = TOLD[turn % len(TOLD)]
            cites = str(Ref("projects", "project", dice.choice(projects))) if projects else ""
            news.append(New(names[at], texts[at], ("en", "es")[at], "", keeper.pk if keeper else None, cites))
        rows = write(news, by=by, at=now, is_sample=True)
        _posted(rows, days, dice, at, now)
        record(by=by, verb="social.sample_added", about=[], details={"count": len(rows)})
    return {"messages": len(rows)}


def _posted(rows: list[Message], days: list[int], dice: random.Random, at: int, now: datetime) -> None:
    """All but the last two stand in the networks; of the last but one a post waits and one failed."""
    found = variants_by_message([row.pk for row in rows])
    reaches: list[tuple[int, Any, int, int | None]] = []
    changed: list[Variant] = []
    for turn, (row, ago) in enumerate(zip(rows, days, strict=True)):
        posted_at = now - timedelta(days=ago)
        for one in found[row.pk]:
            if turn < len(rows) - 2:
                one.state, one.posted_at = Variant.State.BY_HAND, posted_at
                one.address = f"https://{one.network}.example/posts/{turn + 1}"
                changed.append(one)
                if dice.random() < 0.8:
                    many = dice.randrange(80, 1400)
                    on = timezone.localdate(min(posted_at + timedelta(days=7), now))
                    reaches.append((one.pk, on, many, many // dice.randrange(9, 30)))
            elif turn == len(rows) - 2 and one.network in ("linkedin", "mastodon"):
                is_failed = one.network == "mastodon"
                one.state = Variant.State.FAILED if is_failed else Variant.State.APPROVED
                one.reason = NO_ANSWER[at] if is_failed else ""
                changed.append(one)
    Variant.objects.bulk_update(changed, ["state", "posted_at", "address", "reason"])
    write_reaches(reaches, at=now)


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's messages away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"messages": remove_sample(by=by)}
