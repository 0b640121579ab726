"""The meetings of the sample town: three series over two years, with agendas, minutes, decisions and action items."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.refs import Ref
from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.what.commitments.services import New as Promise
from barnraise.what.commitments.services import write as write_promises
from barnraise.what.projects.models import Project
from barnraise.who.organisations.models import Organisation

from .faults import Item
from .models import Meeting, Member, Series
from .selectors import owners
from .services import New, add_series, remove_sample, write

SEED = 71
BACK = 730
Told = tuple[tuple[str, str], int, int, tuple[str, str]]
SERIES: tuple[Told, ...] = (
    (("Riverbend food table", "Mesa de alimentos de Riverbend"), 30, 12, ("Library, upper room", "Biblioteca, sala de arriba")),
    (("Steering group", "Grupo coordinador"), 61, 7, ("Town hall", "Ayuntamiento")),
    (("Youth and schools round", "Mesa de juventud y escuelas"), 91, 9, ("Oak Street School", "Escuela de la calle Oak")),
)  # fmt: skip
POINTS: tuple[tuple[str, str, str, str], ...] = (
    ("What came of the last promises", "Qué resultó de las promesas anteriores", "", ""),
    (
        "Numbers of the month",
        "Cifras del mes",
        "We looked at the numbers together; two were asked about.",
        "Vimos las cifras juntos; dos generaron preguntas.",
    ),
    (
        "Shared kitchen",
        "Cocina compartida",
        "Everybody wants it; nobody has the keys yet.",
        "La quieren todos; aún nadie tiene las llaves.",
    ),
    (
        "Volunteers for the season",
        "Voluntariado de la temporada",
        "Twelve more are needed on Saturdays.",
        "Faltan doce personas los sábados.",
    ),
    (
        "The grant's report",
        "El informe de la subvención",
        "The clinic sends its part by Friday.",
        "La clínica envía su parte antes del viernes.",
    ),
    ("Next round", "La próxima vez", "", ""),
)
DECIDED: tuple[tuple[str, str], ...] = (
    ("The kitchen is shared on Tuesdays and Thursdays.", "La cocina se comparte los martes y jueves."),
    ("The budget line moves to transport.", "La partida pasa a transporte."),
    ("Each brings its numbers two days before.", "Cada una trae sus cifras dos días antes."),
)
ACTIONS: tuple[tuple[str, str], ...] = (
    ("Send the list of families who asked", "Enviar la lista de familias que preguntaron"),
    ("Ask the school for the gym", "Pedir el gimnasio a la escuela"),
    ("Bring the keys of the kitchen", "Traer las llaves de la cocina"),
    ("Write to the funder about the change", "Escribir al financiador sobre el cambio"),
)
WHY = ("Snow: we meet two weeks later.", "Nieve: nos reunimos dos semanas después.")
EVENING = time(17, 30)


@dataclass(frozen=True, slots=True)
class _Town:
    """Who is there to meet."""

    bodies: list[int]
    projects: list[int]
    keepers: list[Any]
    spanish: int
    now: datetime


def load(*, by: Any) -> Mapping[str, int]:
    """Write series, meetings and their action items; nothing when they are there already."""
    if Series.objects.filter(is_sample=True).exists():
        return {"meetings": 0}
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    bodies = Organisation.objects.filter(is_sample=True, is_own=False, parent__isnull=True).order_by("pk")
    town = _Town(
        bodies=list(bodies.values_list("pk", flat=True)[:40]),
        projects=list(Project.objects.filter(is_sample=True).order_by("pk").values_list("pk", flat=True)),
        keepers=list(owners()) or [None],
        spanish=int(installation().default_language == "es"),
        now=timezone.now(),
    )
    if len(town.bodies) < 14:
        return {"meetings": 0}
    with transaction.atomic(), arriving_by("sample"):
        rows = [row for told in SERIES for row in _series(dice, told, town, by)]
        record(by=by, verb="meetings.sample_added", about=[], details={"count": len(rows)})
    return {"meetings": len(rows)}


def _series(dice: random.Random, told: Told, town: _Town, by: Any) -> list[Meeting]:
    """One series, held from two years ago until now, the next one planned."""
    names, days, size, places = told
    members = sorted(dice.sample(town.bodies, size))
    keeper = dice.choice(town.keepers)
    first = timezone.localdate(town.now) - timedelta(days=BACK)
    series = add_series(
        by=by,
        name=names[town.spanish],
        place=places[town.spanish],
        cadence_days=days,
        starts_on=first,
        owner=keeper,
    )
    Series.objects.filter(pk=series.pk).update(is_sample=True)
    Member.objects.bulk_create([Member(series=series, organisation_id=key) for key in members])
    cites = str(Ref("projects", "project", dice.choice(town.projects))) if town.projects else ""
    news, last = [], timezone.localdate(town.now) + timedelta(days=days if days == 30 else 0)
    day = first
    while day <= last:
        news.append(_new(dice, day, series, members, cites, keeper, town))
        day += timedelta(days=days)
    rows = write(news, by=by, at=town.now, is_sample=True)
    promises = [one for row in rows if row.held_at for one in _promises(dice, row, members, town)]
    write_promises(promises, by=by, at=town.now, is_sample=True)
    return rows


def _new(
    dice: random.Random,
    day: date,
    series: Series,
    members: list[int],
    cites: str,
    keeper: Any,
    town: _Town,
) -> New:
    begins = timezone.make_aware(datetime.combine(day, EVENING))
    is_past, is_off = begins < town.now, dice.random() < 0.05
    points = [POINTS[0], *dice.sample(POINTS[1:-1], 3), POINTS[-1]]
    agenda = [_item(dice, one, town.spanish, is_past=is_past and not is_off) for one in points]
    came = [_came(dice, key, is_past=is_past and not is_off) for key in members]
    if is_past and not is_off and not any(state == "came" for _key, state, _people in came):
        came[0] = (members[0], "came", 1)
    return New(
        title=series.name,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=90),
        series=series.pk,
        place=series.place,
        owner=keeper.pk if keeper else None,
        cites=cites,
        held_at=begins + timedelta(days=1)
        if is_past and not is_off and begins + timedelta(days=1) < town.now
        else None,
        cancelled_at=begins - timedelta(days=1) if is_past and is_off else None,
        cancel_reason=WHY[town.spanish] if is_past and is_off else "",
        agenda=agenda,
        came=came,
    )


def _item(dice: random.Random, point: tuple[str, str, str, str], spanish: int, *, is_past: bool) -> Item:
    note = point[2 + spanish] if is_past else ""
    decided = dice.choice(DECIDED)[spanish] if note and dice.random() < 0.4 else ""
    return Item(point[spanish], dice.choice((10, 15, 20)), note, decided)


def _came(dice: random.Random, key: int, *, is_past: bool) -> tuple[int, str, int]:
    if not is_past:
        return key, "invited", 0
    (state,) = dice.choices(("came", "excused", "absent"), (76, 14, 10))
    return key, state, dice.choice((1, 1, 1, 2, 3)) if state == "came" else 0


def _promises(dice: random.Random, row: Meeting, members: list[int], town: _Town) -> list[Promise]:
    """What was promised at a meeting: most of it kept, of the latest some still open."""
    found, today = [], timezone.localdate(town.now)
    for _at in range(dice.randrange(1, 3)):
        due = row.on + timedelta(days=dice.choice((14, 21, 28)))
        is_ours = dice.random() < 0.5
        settled_on = due - timedelta(days=dice.randrange(0, 10))
        is_kept = due < today - timedelta(days=10) and settled_on >= row.on
        keeper = dice.choice(town.keepers)
        found.append(
            Promise(
                direction="ours" if is_ours else "theirs",
                kind="action",
                what=dice.choice(ACTIONS)[town.spanish],
                promised_on=row.on,
                due_on=due,
                organisation=None if is_ours else dice.choice(members),
                owner=keeper.pk if keeper else None,
                cites=row.cites,
                made_at=str(Ref.to(row)),
                settled="kept" if is_kept else "",
                settled_on=settled_on if is_kept else None,
            )
        )
    return found


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's meetings away; their promises go with those of the town."""
    with transaction.atomic(), arriving_by("sample"):
        return {"meetings": remove_sample(by=by)}
