"""The sample town's survey: what neighbours need, asked in two languages, answered on paper and by the public page."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.journal.services.record import arriving_by
from barnraise.plumbing.profile.selectors import installation

from .answering import check
from .models import Questionnaire, Response
from .questions import Option, Question
from .services import add_questionnaire, publish, remove_sample
from .services.respond import write_response

SEED = 45
RESPONSES = 184


def _texts(english: str, spanish: str) -> dict[str, str]:
    return {"en": english, "es": spanish}


def _options(*pairs: tuple[str, str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, _texts(english, spanish)) for code, english, spanish in pairs)


QUESTIONS = (
    Question(
        "lives_here",
        "single",
        _texts("Do you live in Riverbend?", "¿Vive usted en Riverbend?"),
        is_required=True,
        options=_options(
            ("yes", "Yes", "Sí"), ("works", "No, I work here", "No, trabajo aquí"), ("no", "No", "No")
        ),
    ),
    Question(
        "years",
        "number",
        _texts("For how many years?", "¿Desde hace cuántos años?"),
        lowest=Decimal(0),
        highest=Decimal(110),
        unit="years",
        asked_if=("lives_here", ("yes",)),
    ),
    Question(
        "lacks",
        "multiple",
        _texts("What do you lack most in your neighbourhood?", "¿Qué es lo que más le falta a su barrio?"),
        help=_texts("Tick as many as you like.", "Marque todas las que quiera."),
        options=_options(
            ("food", "Fresh food nearby", "Alimentos frescos cerca"),
            ("bus", "Buses in the evening", "Autobuses por la noche"),
            ("childcare", "Childcare", "Cuidado infantil"),
            ("clinic", "A doctor who has time", "Atención médica con tiempo"),
            ("meeting", "Places to meet", "Lugares de encuentro"),
            ("jobs", "Jobs and training", "Empleo y capacitación"),
        ),
    ),
    Question(
        "safe",
        "scale",
        _texts(
            "How safe do you feel outside after dark?", "¿Qué tan a salvo se siente en la calle de noche?"
        ),
        lowest=Decimal(1),
        highest=Decimal(5),
        low=_texts("not at all", "nada"),
        high=_texts("very", "mucho"),
    ),
    Question("wish", "text", _texts("What should change first?", "¿Qué debería cambiar primero?")),
    Question(
        "quote",
        "consent",
        _texts("You may quote my words without my name.", "Pueden citar mis palabras sin mi nombre."),
    ),
)
TEXTS = {
    "en": {
        "title": "What does your neighbourhood need?",
        "intro": "Ten minutes of your time help us to decide what comes first. Nobody asks for your name.",
        "thanks": "We tell what came of it in the library and in the newsletter.",
    },
    "es": {
        "title": "¿Qué necesita su barrio?",
        "intro": "Diez minutos de su tiempo nos ayudan a decidir qué va primero. Nadie le pregunta su nombre.",
        "thanks": "Contaremos en la biblioteca y en el boletín en qué quedó.",
    },
}
WISHES = (
    "A bus home after the late shift.",
    "Somewhere to buy vegetables without a car.",
    "Que la clínica abra los sábados.",
    "Lights on Mill Lane.",
    "Una guardería que podamos pagar.",
    "The old school as a place for young people.",
)
WEIGHTS = {"food": 0.52, "bus": 0.44, "childcare": 0.31, "clinic": 0.38, "meeting": 0.22, "jobs": 0.27}


def load(*, by: Any) -> Mapping[str, int]:
    """Write the survey and what was answered; nothing when it is there already."""
    if Questionnaire.objects.filter(is_sample=True).exists():
        return {"questionnaires": 0, "responses": 0}
    now, today = timezone.now(), timezone.localdate()
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    is_spanish = installation().default_language == "es"
    name = "Encuesta del barrio" if is_spanish else "Neighbourhood survey"
    with transaction.atomic(), arriving_by("sample"):
        row = add_questionnaire(
            name=name,
            texts=TEXTS,
            questions=QUESTIONS,
            opens_on=today - timedelta(days=70),
            closes_on=today + timedelta(days=5),
            is_anonymous=True,
            by=by,
            is_sample=True,
        )
        version = publish(row, by=by)
        for _at in range(RESPONSES):
            said, _wrong = check(version.asked(), _filled(dice))
            at = now - timedelta(days=dice.randrange(1, 69), minutes=dice.randrange(600))
            way = Response.Way.TYPED if dice.random() < 0.3 else Response.Way.PUBLIC
            channel = (
                dice.choice(["flyer", "library", "newsletter", ""]) if way == Response.Way.PUBLIC else ""
            )
            language = "es" if dice.random() < 0.35 else "en"
            write_response(version, said, way=way, at=at, channel=channel, language=language, is_sample=True)
        record(by=by, verb="questionnaires.sample_added", about=[], details={"count": 1})
    return {"questionnaires": 1, "responses": RESPONSES}


def _filled(dice: random.Random) -> dict[str, list[str]]:
    lives = dice.choices(["yes", "works", "no"], weights=[80, 15, 5])[0]
    given = {
        "lives_here": [lives],
        "lacks": [code for code, share in WEIGHTS.items() if dice.random() < share],
    }
    if lives == "yes":
        given["years"] = [str(int(dice.triangular(0, 60, 8)))]
    if dice.random() < 0.93:
        given["safe"] = dice.choices(["1", "2", "3", "4", "5"], weights=[8, 22, 35, 25, 10])
    if dice.random() < 0.3:
        given["wish"] = [dice.choice(WISHES)]
        given["quote"] = ["yes"] if dice.random() < 0.7 else []
    return given


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's questionnaires away."""
    with arriving_by("sample"):
        questionnaires, many = remove_sample(by=by)
    return {"questionnaires": questionnaires, "responses": many}
