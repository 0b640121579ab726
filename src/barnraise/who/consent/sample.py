"""The sample town's consents: three purposes, and what its people said about them over two years."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.foundation.text import fold
from barnraise.plumbing.journal.services import record
from barnraise.plumbing.journal.services.record import arriving_by
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.people.models import Person

from .faults import Said
from .models import Consent, Purpose
from .selectors import current_wordings
from .services import add_purpose, remove_sample, write

SEED = 44
DAYS = 700
PURPOSES: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    (
        "Riverbend newsletter",
        "Boletín de Riverbend",
        "Once a month we write what neighbours and partners have done and what comes next. You can stop at any time.",
        "Una vez al mes contamos lo que han hecho vecinos y aliados y lo que viene. Puede dejar de recibirlo cuando quiera.",
        ("email",),
    ),
    (
        "Invitations to events",
        "Invitaciones a actividades",
        "We invite you to workshops and meetings near you, at most twice a month.",
        "Le invitamos a talleres y reuniones cerca de usted, dos veces al mes como máximo.",
        ("email", "text"),
    ),
    (
        "Surveys about the neighbourhood",
        "Encuestas sobre el barrio",
        "A few times a year we ask what your neighbourhood needs. Answers are told without names.",
        "Unas pocas veces al año preguntamos qué necesita su barrio. Las respuestas se cuentan sin nombres.",
        ("email", "phone", "post"),
    ),
)


def load(*, by: Any) -> Mapping[str, int]:
    """Write purposes and consents; nothing when they are there already."""
    if Purpose.objects.filter(is_sample=True).exists():
        return {"purposes": 0, "consents": 0}
    now = timezone.now()
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    is_spanish = installation().default_language == "es"
    with transaction.atomic(), arriving_by("sample"):
        purposes = [_purpose(one, is_spanish, by) for one in PURPOSES]
        wordings = current_wordings(purposes)
        said: list[Said] = []
        people = Person.objects.filter(is_sample=True).order_by("pk")
        for key, has_email, has_phone in people.values_list("pk", "has_email", "has_phone"):
            for purpose in purposes:
                for channel in purpose.channels:
                    has = {"email": has_email, "post": True}.get(channel, has_phone)
                    if has and dice.random() < 0.45:
                        said += _lines(dice, key, purpose, wordings[purpose.pk].pk, channel, now)
        rows = write(sorted(said, key=lambda one: one.happened_at), at=now, is_sample=True)
        record(by=by, verb="consent.sample_added", about=[], details={"count": len(rows)})
    return {"purposes": len(purposes), "consents": len(rows)}


def _purpose(one: tuple[str, str, str, str, tuple[str, ...]], is_spanish: bool, by: Any) -> Purpose:
    english, spanish, words, palabras, channels = one
    name = spanish if is_spanish else english
    if Purpose.objects.filter(name_folded=fold(name)[:120]).exists():
        name = f"{name} (Riverbend)"
    texts = {"en": words, "es": palabras}
    return add_purpose(name=name, channels=channels, texts=texts, by=by, is_sample=True)


def _lines(
    dice: random.Random, person: int, purpose: Purpose, wording: int, channel: str, now: Any
) -> list[Said]:
    ago = dice.randrange(20, DAYS)
    source = dice.choice(
        [Consent.Source.PAPER, Consent.Source.FORM, Consent.Source.SPOKEN, Consent.Source.PHONE]
    )
    at = now - timedelta(days=ago, minutes=dice.randrange(600))
    until = None
    if dice.random() < 0.3:
        until = timezone.localdate(at) + timedelta(days=730)
    first = Said(
        person=person,
        purpose=purpose.pk,
        channel=channel,
        is_given=True,
        source=source.value,
        happened_at=at,
        expires_on=until,
        wording=wording,
    )
    if dice.random() > 0.12:
        return [first]
    later = now - timedelta(days=dice.randrange(1, ago))
    return [
        first,
        Said(
            person=person,
            purpose=purpose.pk,
            channel=channel,
            is_given=False,
            source=Consent.Source.LINK.value,
            happened_at=later,
        ),
    ]


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's purposes and consents away."""
    with transaction.atomic(), arriving_by("sample"):
        lines, purposes = remove_sample(by=by)
    return {"purposes": purposes, "consents": lines}
