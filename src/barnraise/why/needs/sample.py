"""The sample town's needs: an assessment two years ago, what was heard, and what three raters put first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.journal.services.record import arriving_by
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.questionnaires.models import Questionnaire
from barnraise.who.communities.models import Community

from .hanlon import PEARL
from .models import Cycle, Need, Score, Session
from .services import add_cycle, add_evidence, add_need, add_session, remove_sample

RATERS = (
    ("Ada", "Ada"),
    ("Mercy Hospital", "Hospital de la Merced"),
    ("Riverbend Library", "Biblioteca de Riverbend"),
)
NEEDS: tuple[tuple[tuple[str, str], tuple[str, str], tuple[str, str, tuple[str, str]] | None, tuple[str, str], str, tuple[Any, ...]], ...] = (
    (
        ("Buses in the evening", "Autobuses por la noche"),
        ("Shift workers without a car", "Personas que trabajan por turnos y no tienen carro"),
        ("2", "6", ("buses after 7 pm on weekdays", "autobuses después de las 19 h entre semana")),
        ("The contract of the line ends at seven.", "El contrato de la línea termina a las siete."),
        "bus",
        ((8, 14, 7), (7, 12, 6), (8, 13, 8)),
    ),
    (
        ("Fresh food within a walk", "Alimentos frescos a pie"),
        ("Households on the east bank", "Hogares de la ribera este"),
        ("31", "80", ("percent of households", "por ciento de los hogares")),
        ("The last grocer closed in 2021.", "La última tienda cerró en 2021."),
        "food",
        ((9, 15, 6), (8, 14, 7), (9, 16, 7)),
    ),
    (
        ("A doctor who has time", "Atención médica con tiempo"),
        ("Adults without insurance", "Personas adultas sin seguro"),
        None,
        ("Two practices for 9,000 people.", "Dos consultorios para 9,000 personas."),
        "clinic",
        ((7, 17, 4), (8, 18, 5), (6, 15, 4)),
    ),
    (
        ("A first job in town", "Un primer empleo en el pueblo"),
        ("People of 16 to 24 out of school", "Personas de 16 a 24 años fuera de la escuela"),
        ("38", "60", ("percent with work", "por ciento con empleo")),
        ("Employers ask for experience that nobody gives.", "Piden una experiencia que nadie da."),
        "jobs",
        ((6, 12, 6), (7, 13, 7), (6, 12, 7)),
    ),
    (
        ("A cool, clean place to meet by the river", "Un lugar fresco y limpio junto al río"),
        ("Everybody without a garden", "Quienes no tienen jardín"),
        ("240", "60", ("pieces of litter per hundred metres", "piezas de basura por cada cien metros")),
        ("No tree stands on the walk, and no bin.", "En el paseo no hay árboles ni papeleras."),
        "meeting",
        ((6, 9, 8), (5, 8, 7), (6, 9, 8)),
    ),
    (
        ("A second bridge", "Un segundo puente"),
        ("Everybody", "Todas las personas"),
        None,
        ("The county decides about bridges.", "El condado decide sobre los puentes."),
        "",
        ((5, 8, 3), (6, 9, 2), (4, 7, 3)),
    ),
)  # fmt: skip


def load(*, by: Any) -> Mapping[str, int]:
    """Write the assessment with sessions, needs, evidence and scores; nothing when it is there already."""
    if Cycle.objects.filter(is_sample=True).exists():
        return {"assessments": 0, "sessions": 0, "needs": 0}
    at = 1 if installation().default_language == "es" else 0
    today = timezone.localdate()
    town = Community.objects.filter(is_sample=True, kind=Community.Kind.TOWN).order_by("pk").first()
    survey = Questionnaire.objects.filter(is_sample=True).first()
    with transaction.atomic(), arriving_by("sample"):
        cycle = add_cycle(
            name=("Needs of Riverbend", "Necesidades de Riverbend")[at],
            community=town,
            starts_on=today - timedelta(days=720),
            ends_on=today - timedelta(days=560),
            next_due_on=today + timedelta(days=120),
            by=by,
            is_sample=True,
        )
        sessions = [_session(one, cycle, town, at, today, by) for one in SESSIONS]
        for need in NEEDS:
            _need(need, cycle, town, survey, sessions[0], at, by)
        record(by=by, verb="needs.sample_added", about=[], details={"count": len(NEEDS)})
    return {"assessments": 1, "sessions": len(sessions), "needs": len(NEEDS)}


SESSIONS: tuple[tuple[str, tuple[str, str], int, tuple[tuple[str, str, int], ...], tuple[tuple[str, str], ...], tuple[str, str]], ...] = (
    (
        "focus_group",
        ("Seniors at the library", "Personas mayores en la biblioteca"),
        700,
        (("Seniors", "Personas mayores", 11), ("Caregivers", "Quienes cuidan", 3)),
        (("The last bus leaves too early", "El último autobús sale muy temprano"), ("Groceries are far", "La comida queda lejos")),
        ("I leave church before the end to get my bus.", "Salgo de misa antes del final para alcanzar el autobús."),
    ),
    (
        "interview",
        ("Night shift at the mill", "Turno de noche en el molino"),
        660,
        (("Shift workers", "Personas que trabajan por turnos", 2),),
        (("Walking home along Mill Lane", "Volver a pie por Mill Lane"),),
        ("After ten I walk, there is nothing else.", "Después de las diez camino, no hay otra cosa."),
    ),
)  # fmt: skip


COUNTED: Mapping[str, tuple[int, tuple[str, str], tuple[str, str]]] = {
    # by what is lacking: days ago, what somebody found, and who
    "bus": (
        540,
        ("Eleven people waited after the last bus on one evening.", "Once personas esperaban después del último autobús en una noche."),
        ("Count at the stop", "Conteo en la parada"),
    ),
    "clinic": (
        420,
        ("Nine weeks from the call to the first visit.", "Nueve semanas desde la llamada hasta la primera consulta."),
        ("Mercy Hospital, by phone", "Hospital de la Merced, por teléfono"),
    ),
    "jobs": (
        260,
        ("Of forty vacancies two ask for no experience.", "De cuarenta vacantes, dos no piden experiencia."),
        ("Vacancies on the notice board", "Vacantes del tablón de anuncios"),
    ),
    "meeting": (
        150,
        ("Ninety-five degrees on the walk at noon.", "Noventa y cinco grados en el paseo a mediodía."),
        ("Thermometer of the library", "Termómetro de la biblioteca"),
    ),
}  # fmt: skip


def _session(one: Any, cycle: Cycle, town: Community | None, at: int, today: Any, by: Any) -> Session:
    kind, title, ago, groups, themes, quote = one
    return add_session(
        title=title[at],
        kind=kind,
        held_on=today - timedelta(days=ago),
        cycle=cycle,
        community=town,
        groups=[{"group": group[at], "count": group[2]} for group in groups],
        themes=[theme[at] for theme in themes],
        quotes=[{"text": quote[at], "may_repeat": True}],
        by=by,
        is_sample=True,
    )


def _need(
    one: Any, cycle: Cycle, town: Community | None, survey: Any, heard: Session, at: int, by: Any
) -> None:
    title, population, gap, causes, lacks, scores = one
    numbers = {"present": Decimal(gap[0]), "wanted": Decimal(gap[1]), "unit": gap[2][at]} if gap else {}
    need = add_need(
        title=title[at],
        population=population[at],
        causes=causes[at],
        cycle=cycle,
        community=town,
        by=by,
        is_sample=True,
        **numbers,
    )
    if lacks and survey is not None:
        add_evidence(
            need,
            said=(
                "Named among what is lacking most by those who answered.",
                "Está entre lo que más falta, según quienes respondieron.",
            )[at],
            source=("Neighbourhood survey", "Encuesta del barrio")[at],
            dated_on=timezone.localdate() - timedelta(days=30),
            cites=Ref.to(survey),
            by=by,
            is_quiet=True,
        )
    if lacks in {"bus", "food"}:
        add_evidence(
            need,
            said=heard.themes[0 if lacks == "bus" else 1],
            source=heard.title,
            dated_on=heard.held_on,
            cites=Ref.to(heard),
            by=by,
            is_quiet=True,
        )
    if lacks in COUNTED:
        ago, said, source = COUNTED[lacks]
        day = timezone.localdate() - timedelta(days=ago)
        add_evidence(need, said=said[at], source=source[at], dated_on=day, by=by, is_quiet=True)
    _scores(need, scores, lacks, at)


def _scores(need: Need, scores: Any, lacks: str, at: int) -> None:
    now = timezone.now()
    no = ("Not ours to decide.", "No nos toca decidirlo.")[at]
    Score.objects.bulk_create(
        [
            Score(
                need=need,
                rater=names[at],
                rater_folded=names[at].casefold(),
                size=Decimal(size),
                seriousness=Decimal(seriousness),
                effectiveness=Decimal(effectiveness),
                **{letter: bool(lacks) or letter != "propriety" for letter in PEARL},
                reason="" if lacks else no,
                created_at=now,
                updated_at=now,
            )
            for names, (size, seriousness, effectiveness) in zip(RATERS, scores, strict=True)
        ]
    )


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's needs away."""
    with arriving_by("sample"):
        return remove_sample(by=by)
