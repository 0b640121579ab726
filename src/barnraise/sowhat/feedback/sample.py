"""The feedback of the sample town: what people said over two years, what it is about, and what was answered."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.what.projects.models import Project

from . import services
from .models import Answer, Comment, Theme

SEED, EACH = 71, 24
THEMES: tuple[tuple[str, str], ...] = (("Buses", "Autobuses"), ("Breakfast", "Desayuno"), ("Shade", "Sombra"))
OPEN = (
    ("bus late evening route school ride stop fare", "autobús tarde noche ruta escuela parada boleto"),
    ("breakfast kitchen children bread milk morning food", "desayuno cocina niños pan leche mañana comida"),
    ("shade trees walk river bench heat summer", "sombra árboles paseo río banco calor verano"),
)
WORDS: tuple[tuple[str, str], ...] = (
    ("The {0} and the {1} are what matters most to my {2}.", "El {0} y el {1} son lo que más importa a mi {2}."),
    ("I would love more {0}, and a better {1} near the {2}.", "Me gustaría más {0} y mejor {1} cerca de {2}."),
    ("Nobody looks after the {0}; the {1} is bad and the {2} worse.", "Nadie cuida {0}; {1} está mal y {2} peor."),
    ("Thank you for the {0}. Please think of the {1} and the {2} too.", "Gracias por {0}. Piensen también en {1} y {2}."),
)  # fmt: skip
ANSWERS: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (
        ("The last bus leaves too early", "El último autobús sale demasiado temprano"),
        (
            "The city runs the evening bus until ten since May. We asked together with the school.",
            "Desde mayo la ciudad mantiene el autobús nocturno hasta las diez. Lo pedimos junto con la escuela.",
        ),
    ),
    (
        ("Children come to school hungry", "Niñas y niños llegan con hambre a la escuela"),
        (
            "Four school kitchens serve breakfast now. A fifth waits for a stove.",
            "Cuatro cocinas escolares sirven ya el desayuno. Una quinta espera su cocina.",
        ),
    ),
)


def load(*, by: Any) -> Mapping[str, int]:
    """Write comments, themes and answers; nothing when they are there already."""
    if Theme.objects.filter(is_sample=True).exists():
        return {"comments": 0}
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    at = int(installation().default_language == "es")
    now = timezone.now()
    today = timezone.localdate(now)
    with transaction.atomic(), arriving_by("sample"):
        themes = [_theme(names[at], by) for names in THEMES]
        given = []
        for number, theme in enumerate(themes):
            vocabulary = OPEN[number][at].split()
            for _one in range(EACH):
                text = dice.choice(WORDS)[at].format(*dice.sample(vocabulary, 3))
                day = today - timedelta(days=dice.randrange(3, 700))
                marked = [theme.pk] if dice.random() < 0.25 else []
                given.append(
                    services.New(text=text, said_on=day, language="es" if at else "en", themes=marked)
                )
        rows = services.write(given, at=now, is_sample=True)
        _answer(rows, at, by)
        record(by=by, verb="feedback.sample_added", about=[], details={"count": len(rows)})
    return {"comments": len(rows)}


def _theme(name: str, by: Any) -> Theme:
    held = Theme.objects.filter(name=name).first()
    return held or services.add_theme(by=by, name=name, is_sample=True)


def _answer(rows: list[Comment], at: int, by: Any) -> None:
    project = Project.objects.filter(is_sample=True).order_by("pk").first()
    for number, (said, did) in enumerate(ANSWERS):
        some = rows[number * EACH : number * EACH + EACH - 9]
        cites = str(Ref.to(project)) if project is not None and number == 1 else ""
        made = services.write_answer(by=by, you_said=said[at], we_did=did[at], cites=cites, comments=some)
        Answer.objects.filter(pk=made.pk).update(is_sample=True)
        services.publish(made, by=by if getattr(by, "pk", None) else None)
    twice = ("Said twice", "Dicho dos veces")[at]
    Comment.objects.filter(pk=rows[-1].pk).update(state=Comment.State.ASIDE, aside_reason=twice)


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's feedback away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"comments": services.remove_sample(by=by)}
