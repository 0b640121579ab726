"""The events of the sample town: two years of workshops, booths, volunteer days and gatherings, and three to come."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.plumbing.search import services as search
from barnraise.what.projects.models import Project
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from .choosing import team
from .models import CoHost, Cost, Event, Output, Registration
from .selectors import KIND, minutes_of
from .services import remove_sample

SEED = 46
TITLES: dict[str, tuple[tuple[str, str], ...]] = {
    "workshop": (("Cooking for a week", "Cocinar para una semana"), ("First aid at home", "Primeros auxilios en casa")),
    "booth": (("Booth at the farmers' market", "Puesto en el mercado"), ("Booth at the school fair", "Puesto en la feria escolar")),
    "volunteer": (("River clean-up", "Limpieza del río"), ("Community garden day", "Día del huerto comunitario")),
    "gathering": (("Neighbours' supper", "Cena de vecinos"), ("Open evening with partners", "Tarde abierta con aliados")),
}  # fmt: skip
PLACES = (
    ("Riverbend Library, large room", "Biblioteca de Riverbend, sala grande"),
    ("Elm Street Park", "Parque de la calle Elm"),
)
UNITS: dict[str, tuple[tuple[str, str], ...]] = {
    "workshop": (("recipes handed out", "recetas entregadas"), ("first-aid kits handed out", "botiquines entregados")),
    "booth": (("conversations", "conversaciones"), ("conversations", "conversaciones")),
    "volunteer": (("bags of litter", "bolsas de basura"), ("plants set", "plantas puestas")),
    "gathering": (("meals", "comidas"), ("meals", "comidas")),
}  # fmt: skip
"""What came of each of TITLES."""
COSTS = {
    "workshop": ("Material and handouts", "Material y hojas"),
    "booth": ("Fee for the stand", "Cuota del puesto"),
    "volunteer": ("Gloves and bags", "Guantes y bolsas"),
    "gathering": ("Groceries", "Compras de comida"),
}
ABOUT = ("Everybody is welcome. Bring a friend.", "Todas las personas son bienvenidas. Traiga a alguien.")
OUTCOME = ("Well attended; people asked for another one.", "Mucha asistencia; pidieron repetirlo.")
EVERY, PAST = 24, 30


def load(*, by: Any) -> Mapping[str, int]:
    """Write events with registrations and attendances; nothing when they are there already."""
    if Event.objects.filter(is_sample=True).exists():
        return {"events": 0, "registrations": 0}
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    spanish = int(installation().default_language == "es")
    now = timezone.now()
    people = list(
        Person.objects.filter(is_sample=True, status=Person.Status.ACTIVE)
        .order_by("pk")
        .only("pk", "display_name", "name_folded")
    )
    bodies = list(
        Organisation.objects.filter(is_sample=True, is_own=False)
        .order_by("pk")
        .values_list("pk", flat=True)[:40]
    )
    keepers: list[Any] = [one.pk for one in team()] or [None]
    with transaction.atomic(), arriving_by("sample"):
        planned = [_event(dice, at, now, keepers, spanish) for at in range(PAST + 3)]
        _serving(planned)
        events = Event.objects.bulk_create(planned)
        seats = [seat for event in events for seat in _seats(dice, event, people, now)]
        Registration.objects.bulk_create(seats)
        _made(dice, events, bodies, now, spanish)
        search.index(KIND, [event.pk for event in events])
        record(by=by, verb="events.sample_added", about=[], details={"count": len(events)})
    return {"events": len(events), "registrations": len(seats)}


def _event(dice: random.Random, at: int, now: datetime, keepers: list[Any], spanish: int) -> Event:
    kind = dice.choice(list(TITLES))
    title = dice.choice(TITLES[kind])[spanish]
    day = timezone.localtime(now) + timedelta(days=(at - PAST + 1) * EVERY - dice.randrange(6))
    if at == PAST - 1:
        day = timezone.localtime(now) - timedelta(days=2)
    starts_at = day.replace(hour=dice.choice((10, 14, 17)), minute=0, second=0, microsecond=0)
    is_past = starts_at + timedelta(hours=3) < now
    is_counted = is_past and at < PAST - 1
    return Event(
        title=title,
        title_folded=fold(title)[:160],
        kind=kind,
        about=ABOUT[spanish],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        place=dice.choice(PLACES)[spanish],
        owner_id=dice.choice(keepers),
        is_public=True,
        capacity=None if kind == "booth" else dice.choice((12, 20, 30)),
        closed_at=starts_at + timedelta(days=1) if is_counted else None,
        outcome=OUTCOME[spanish] if is_counted else "",
        is_sample=True,
        created_at=now,
        updated_at=now,
    )


def _serving(events: list[Event]) -> None:
    """Two of three serve a project of the town, where its projects are there."""
    projects = [str(Ref.to(one)) for one in Project.objects.filter(is_sample=True).order_by("pk")]
    for at, event in enumerate(events if projects else []):
        if at % 3:
            event.cites = projects[at % len(projects)]


def _seats(dice: random.Random, event: Event, people: list[Any], now: datetime) -> list[Registration]:
    is_past = event.ends_at < now
    wanted = dice.sample(people, min(len(people), dice.randrange(8, 34)))
    found = []
    for at, person in enumerate(wanted):
        has_place = event.capacity is None or at < event.capacity
        came = is_past and has_place and dice.random() < 0.75
        found.append(
            Registration(
                event=event,
                person=person,
                name=person.display_name,
                name_folded=person.name_folded,
                state="place" if has_place else "waiting",
                way="page",
                came_at=event.starts_at + timedelta(minutes=dice.randrange(30)) if came else None,
                minutes=minutes_of(event) if came and event.kind == "volunteer" else None,
                is_sample=True,
                created_at=min(now, event.starts_at) - timedelta(days=dice.randrange(1, 20), minutes=-at),
                updated_at=now,
            )
        )
    return found


def _unit(event: Event, spanish: int) -> str:
    titles = [title[spanish] for title in TITLES[event.kind]]
    return UNITS[event.kind][titles.index(event.title)][spanish]


def _made(dice: random.Random, events: list[Event], bodies: list[int], now: datetime, spanish: int) -> None:
    past = [event for event in events if event.closed_at]
    currency = installation().currency
    Output.objects.bulk_create(
        [
            Output(event=one, quantity=Decimal(dice.randrange(10, 90)), unit=_unit(one, spanish))
            for one in past
        ]
    )
    Cost.objects.bulk_create(
        [
            Cost(
                event=one,
                what=COSTS[one.kind][spanish],
                amount=dice.randrange(20, 400) * 100,
                currency=currency,
            )
            for one in past
        ]
    )
    hosts = []
    for one in past if len(bodies) > 1 else []:
        first, second = dice.sample(bodies, 2)
        share = dice.choice((50, 60, 70))
        hosts += [
            CoHost(event=one, organisation_id=first, share=share),
            CoHost(event=one, organisation_id=second, share=100 - share),
        ]
    CoHost.objects.bulk_create(hosts)


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's events away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"events": remove_sample(by=by)}
