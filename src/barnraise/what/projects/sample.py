"""The sample town's projects: what Riverbend builds, who gives, who takes part."""

from __future__ import annotations

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
from barnraise.who.people.models import Person
from barnraise.why.goals.models import Objective

from . import services
from .models import Contribution, Placement, Project
from .selectors import project_named

PROJECTS = (
    (
        ("Kitchens for breakfast", "Cocinas para el desayuno"),
        (
            "Four school kitchens are fitted out and staffed.",
            "Se equipan cuatro cocinas escolares y se busca personal.",
        ),
        "infrastructure",
        ("Stoves and pans", "Cocinas y ollas"),
        ("Kitchen helper", "Ayudante de cocina"),
        "volunteer",
    ),
    (
        ("First job", "Primer empleo"),
        (
            "Young people meet a mentor and learn a trade.",
            "Jóvenes conocen a una persona mentora y aprenden un oficio.",
        ),
        "skills",
        ("Tools and work clothes", "Herramientas y ropa de trabajo"),
        ("Mentor pair", "Pareja de mentoría"),
        "mentor",
    ),
    (
        ("Shade along the river", "Sombra junto al río"),
        ("Two hundred trees on the river walk.", "Doscientos árboles en el paseo del río."),
        "environment",
        ("Trees and stakes", "Árboles y estacas"),
        ("Tree keeper", "Cuidado de árboles"),
        "volunteer",
    ),
)
STEPS = (
    (("Stoves and pans are bought", "Se compraron cocinas y ollas"), ("The fourth kitchen opens", "Abre la cuarta cocina")),
    (("Ten mentors are trained", "Hay diez personas mentoras formadas"), ("The first contracts are signed", "Se firman los primeros contratos")),
    (("The trees are ordered", "Los árboles están encargados"), ("Planting day", "Día de plantación")),
)  # fmt: skip
"""Of each project the milestone that is done and the one that is to come."""
MONEY = (
    (1_800_000, 2_000_000, 1_500_000, (420_000, 615_050)),
    (1_240_000, 1_400_000, 900_000, (310_000, 287_500)),
    (2_600_000, 2_750_000, 2_000_000, (980_000, 455_075)),
)
"""Of each project, in cents: costs and income as planned, what came in, what was spent."""
GOODS = (
    (("Bread for helpers", "Pan para quienes ayudan"), 80, ("loaves", "panes"), 350),
    (("Work boots", "Botas de trabajo"), 24, ("pairs", "pares"), 4_500),
    (("Compost", "Compost"), 60, ("bags", "sacos"), 800),
)
SERVICES = (
    (("Drawings of the kitchens", "Planos de las cocinas"), 3, 40_000),
    (("Evening course for mentors", "Curso nocturno para personas mentoras"), 4, 35_000),
    (("Survey of the soil", "Estudio del suelo"), 2, 42_000),
)
"""What was given to each project: what, how many, in which unit, what one is worth; of services days of eight hours."""
WORDS = {
    "grant": ("Grant", "Subvención"),
    "days": ("days", "días"),
    "work": ("Found work", "Encontró trabajo"),
}


def load(*, by: Any) -> Mapping[str, int]:
    """Write projects with their parts; nothing when they are there already."""
    if Project.objects.filter(is_sample=True).exists():
        return {"projects": 0, "contributions": 0, "placements": 0}
    at = 1 if installation().default_language == "es" else 0
    today = timezone.localdate()
    bodies = list(Organisation.objects.filter(is_sample=True, is_own=False).order_by("pk")[:9])
    people = list(Person.objects.filter(is_sample=True).order_by("pk")[:12])
    objectives = list(Objective.objects.filter(is_sample=True).order_by("pk")[::2])
    with transaction.atomic(), arriving_by("sample"):
        for number, words in enumerate(PROJECTS):
            row = _project(words, number, at, today, objectives, by)
            _money(row, words, number, at, today, bodies[number * 3 : number * 3 + 3], by)
            _places(row, words, number, at, today, people[number * 4 : number * 4 + 4], by)
        record(by=by, verb="projects.sample_added", about=[], details={"count": len(PROJECTS)})
    return {
        "projects": len(PROJECTS),
        "contributions": Contribution.objects.filter(is_sample=True).count(),
        "placements": Placement.objects.filter(is_sample=True).count(),
    }


def _project(words: Any, number: int, at: int, today: date, objectives: list[Objective], by: Any) -> Project:
    name = words[0][at]
    if project_named(name) is not None:
        name = f"{name} (Riverbend)"
    row = services.add_project(
        name=name,
        about=words[1][at],
        kind=words[2],
        objective=objectives[number] if number < min(len(objectives), 2) else None,
        starts_on=date(today.year - 1, 3, 1),
        ends_on=date(today.year + 1, 10, 31),
        owner=by if getattr(by, "pk", None) else None,
        by=by,
        is_sample=True,
    )
    services.set_state(row, state="running", by=by)
    for place, name_of in enumerate(STEPS[number]):
        due = today + timedelta(days=60 * place - 40 + number * 5)
        done = None if place else due + timedelta(days=4 * number - 6)
        services.add_part(row, "milestones", name=name_of[at], due_on=due, done_on=done, by=by)
    return row


def _money(
    row: Project, words: Any, number: int, at: int, today: date, bodies: list[Organisation], by: Any
) -> None:
    planned, expected, granted, spent = MONEY[number]
    cost = services.add_part(row, "budget", name=words[3][at], is_income=False, planned=planned, by=by)
    income = services.add_part(
        row, "budget", name=WORDS["grant"][at], is_income=True, planned=expected, by=by
    )
    begun = row.starts_on or today
    for on, amount in zip((begun + timedelta(days=45), today - timedelta(days=90)), spent, strict=True):
        services.add_part(row, "amounts", line=cost, on=on, amount=amount, by=by)
    services.add_part(row, "amounts", line=income, on=begun + timedelta(days=20), amount=granted, by=by)
    for body, role in zip(bodies, ("leads", "funds", "hosts"), strict=False):
        services.add_part(row, "partners", organisation=body, role=role, by=by)
    (goods, many, unit, price), (service, days, wage) = GOODS[number], SERVICES[number]
    gifts: list[dict[str, Any]] = [
        {"kind": "money", "unit_value": granted},
        {
            "kind": "goods",
            "what": goods[at],
            "quantity": Decimal(many),
            "unit": unit[at],
            "unit_value": price,
            "technique": "price",
        },
        {
            "kind": "service",
            "what": service[at],
            "quantity": Decimal(days),
            "unit": WORDS["days"][at],
            "unit_value": wage,
            "technique": "wage",
            "recognised": "skill",
            "hours": Decimal(8 * days),
        },
    ]
    for place, (body, gift) in enumerate(zip(bodies, gifts, strict=False)):
        on = today - timedelta(days=200 - place * 60) if place else begun + timedelta(days=30)
        services.add_contribution(row, organisation=body, on=on, by=by, is_sample=True, **gift)


def _places(
    row: Project, words: Any, number: int, at: int, today: date, people: list[Person], by: Any
) -> None:
    opening = services.add_part(
        row,
        "openings",
        kind=words[5],
        name=words[4][at],
        about="",
        places=4,
        closes_on=None,
        is_closed=False,
        is_public=True,
        by=by,
    )
    ways = (("matched", "started", "finished"), ("matched", "started"), ("matched",), ())
    for place, (person, way) in enumerate(zip(people, ways, strict=False)):
        applied = today - timedelta(days=150 - place * 30)
        made = services.apply(opening, person=person, on=applied, by=by, is_sample=True)
        for step, state in enumerate(way):
            made = services.move_placement(
                made, state=state, on=applied + timedelta(days=7 * (step + 1)), by=by
            )
        if way[-1:] == ("finished",):
            services.follow_up(made, outcome=WORDS["work"][at], by=by)
        if place < 2:
            services.add_contribution(
                row,
                person=person,
                kind="hours",
                hours=Decimal(6 + place),
                on=applied + timedelta(days=20),
                by=by,
                is_sample=True,
            )


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's projects away."""
    with transaction.atomic(), arriving_by("sample"):
        projects, gifts, placements = services.remove_sample(by=by)
    return {"projects": projects, "contributions": gifts, "placements": placements}
