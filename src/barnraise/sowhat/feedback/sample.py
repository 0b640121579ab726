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
from .sample_words import TAILS, TOLD

SEED, EACH = 71, 24
THEMES: tuple[tuple[str, str], ...] = (("Buses", "Autobuses"), ("Breakfast", "Desayuno"), ("Shade", "Sombra"))
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
            for turn in range(EACH):
                round_, place = divmod(turn, len(TOLD[number]))
                tail = TAILS[(place + 1 + 3 * round_) % len(TAILS) if round_ else 0]
                text = TOLD[number][place][at] + tail[at]
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
