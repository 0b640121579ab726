"""The sample town's notebook: two years of calls, visits, mails and talks with its people and organisations."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.journal.services.record import arriving_by
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations.models import Organisation
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person

from . import sample_words as said
from .documents import InteractionDocument, StepDocument
from .models import Interaction
from .selectors import team
from .services import propose, remove_sample, write

COUNT = 1500
DAYS = 730
SEED = 43
_KINDS = ("note", "call", "visit", "mail", "talk")
_WEIGHTS = (22, 32, 12, 24, 10)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who talks to whom: accounts, and for each person their community and where they have a role."""

    authors: Sequence[int]
    people: Sequence[tuple[int, int | None]]
    posts: Mapping[int, Sequence[int]]
    organisations: Sequence[int]
    tongue: int


def load(*, by: Any) -> Mapping[str, int]:
    """Write the interactions; nothing when they are there already or when there is nobody to talk to."""
    if Interaction.objects.filter(is_sample=True).exists():
        return {"interactions": 0}
    cast = _cast(by)
    if not cast.people and not cast.organisations:
        return {"interactions": 0}
    now = timezone.now()
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    documents = sorted(
        (_made(number, dice, cast, now) for number in range(COUNT)), key=lambda one: one.happened_at
    )
    with transaction.atomic(), arriving_by("sample"):
        rows = write(documents, at=now, is_sample=True)
        mails = [row for row in rows if row.kind == "mail" and row.direction == "in"][-len(said.STRANGERS) :]
        for row, (address, name) in zip(mails, said.STRANGERS, strict=False):
            propose(row, unknown=[(address, name, "cc")], by=by)
        record(by=by, verb="interactions.sample_added", about=[], details={"count": len(rows)})
    return {"interactions": len(rows), "next steps": sum(len(one.steps) for one in documents)}


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's interactions and next steps away."""
    with transaction.atomic(), arriving_by("sample"):
        gone, steps = remove_sample(by=by)
    return {"interactions": gone, "next steps": steps}


def _cast(by: Any) -> Cast:
    persons = list(
        Person.objects.filter(is_sample=True, status="active")
        .order_by("pk")
        .values_list("pk", "community_id")
    )
    roles = people.roles_by_person([key for key, _community in persons])
    authors = [account.pk for account in team()[:6]]
    if not authors and by is not None:
        authors = [by.pk]
    bodies = Organisation.objects.filter(is_sample=True, is_own=False).order_by("pk")
    return Cast(
        authors=authors,
        people=persons,
        posts={key: [role.organisation_id for role in found] for key, found in roles.items()},
        organisations=list(bodies.values_list("pk", flat=True)),
        tongue=1 if installation().default_language.startswith("es") else 0,
    )


def _at(number: int, dice: random.Random, now: datetime) -> datetime:
    """Some working hour of the last two years; the last weeks are a little busier."""
    days = dice.randrange(60) if number % 7 == 0 else dice.randrange(1, DAYS)
    moment = now - timedelta(days=days)
    local = timezone.localtime(moment).replace(
        hour=dice.randrange(8, 18), minute=dice.choice((0, 5, 15, 20, 30, 40, 45)), second=0, microsecond=0
    )
    if local.weekday() > 4 and dice.random() < 0.8:
        local -= timedelta(days=2)
    return min(local, now - timedelta(minutes=10))


def _whom(dice: random.Random, cast: Cast) -> tuple[tuple[int, ...], tuple[int, ...], int | None]:
    """People, organisations and community: a few are met often, most now and then."""
    if not cast.people or (cast.organisations and dice.random() < 0.15):
        few = dice.choice(cast.organisations[: max(1, len(cast.organisations) // 3)])
        return (), (few if dice.random() < 0.5 else dice.choice(cast.organisations),), None
    often = cast.people[: max(1, len(cast.people) // 6)]
    key, community = dice.choice(often if dice.random() < 0.6 else cast.people)
    bodies = tuple(cast.posts.get(key, ())[:1]) if dice.random() < 0.8 else ()
    return (key,), bodies, community


def _made(number: int, dice: random.Random, cast: Cast, now: datetime) -> InteractionDocument:
    tongue = cast.tongue
    kind = dice.choices(_KINDS, _WEIGHTS)[0]
    at, (persons, bodies, community) = _at(number, dice, now), _whom(dice, cast)
    topic = dice.choice(said.TOPICS)[tongue]
    text = dice.choice(said.TEXTS[kind])[tongue].format(topic=topic)
    author = dice.choice(cast.authors) if cast.authors else None
    is_private = number % 40 == 7
    if is_private:
        kind, text = "note", said.PRIVATE[number % len(said.PRIVATE)][tongue]
    is_mail = kind == "mail"
    steps: tuple[StepDocument, ...] = ()
    if number % 6 == 0 and not is_private:
        steps = (_step(dice, cast, at, now, persons, bodies),)
    return InteractionDocument(
        text=text,
        happened_at=at,
        kind=kind,
        direction=dice.choice(("in", "out"))
        if is_mail
        else dice.choice(("", "in", "out"))
        if kind == "call"
        else "",
        subject=dice.choice(said.SUBJECTS)[tongue].format(topic=topic) if is_mail else "",
        visibility="coordinators" if is_private else "team",
        by=author,
        community=community,
        people=persons,
        organisations=bodies,
        message_id=f"riverbend-{number}@sample.example.org" if is_mail else "",
        steps=steps,
        created_at=at,
    )


def _step(
    dice: random.Random,
    cast: Cast,
    at: datetime,
    now: datetime,
    persons: tuple[int, ...],
    bodies: tuple[int, ...],
) -> StepDocument:
    """Of the last five weeks mostly open, some of them late; before that done."""
    due = timezone.localdate(at) + timedelta(days=dice.choice((2, 5, 7, 14, 21)))
    owner = dice.choice(cast.authors) if cast.authors else None
    is_open = at > now - timedelta(days=35) and dice.random() < 0.75
    done = (
        None
        if is_open
        else min(at + timedelta(days=dice.randrange(1, 20), hours=3), now - timedelta(minutes=5))
    )
    return StepDocument(
        text=dice.choice(said.STEPS)[cast.tongue],
        owner=owner,
        due_on=due,
        done_at=done,
        done_by=None if done is None else owner,
        person=persons[0] if persons else None,
        organisation=bodies[0] if bodies and not persons else None,
        by=owner,
        created_at=at,
    )
