"""Three waves of the sample town, a year apart: the network has grown together, and a few stand aside."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation
from barnraise.who.organisations.models import Organisation

from . import services
from .items import NAMES
from .models import Wave

SEED, PARTNERS, ASIDE = 83, 18, 2
WAVES: tuple[tuple[tuple[str, str], int, int, float], ...] = (
    # name, days ago, how many ties each, mean of answers
    (("First wave", "Primera ronda"), 715, 1, 2.1),
    (("Second wave", "Segunda ronda"), 375, 2, 2.4),
    (("Third wave", "Tercera ronda"), 35, 4, 3.0),
)


def load(*, by: Any) -> Mapping[str, int]:
    """Write waves; nothing when they are there already."""
    if Wave.objects.filter(is_sample=True).exists():
        return {"waves": 0}
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    at = int(installation().default_language == "es")
    now = timezone.now()
    today = timezone.localdate(now)
    bodies = list(
        Organisation.objects.filter(is_sample=True, is_own=False, parent__isnull=True).order_by("pk")[
            :PARTNERS
        ]
    )
    if len(bodies) < 6:
        return {"waves": 0}
    with transaction.atomic(), arriving_by("sample"):
        for names, ago, many, mean in WAVES:
            # The first has dice of its own: what it says changes nothing about the later ones.
            thrown = random.Random(SEED + 1) if ago == WAVES[0][1] else dice  # noqa: S311 - see above
            begins = today - timedelta(days=ago)
            wave = services.begin_wave(
                by=by, name=_name(names[at]), begins_on=begins, due_on=begins + timedelta(days=60), organisations=bodies, is_sample=True
            )  # fmt: skip
            services.write_ties(_ties(thrown, wave, bodies, many, mean), at=now - timedelta(days=ago - 20))
            if ago > 100:
                Wave.objects.filter(pk=wave.pk).update(ended_on=timezone.localdate(now), updated_at=now)
        record(by=by, verb="network.sample_added", about=[], details={"count": len(WAVES)})
    return {"waves": len(WAVES)}


def _name(name: str) -> str:
    return f"{name} (Riverbend)" if Wave.objects.filter(name=name).exists() else name


def _ties(
    dice: random.Random, wave: Wave, bodies: list[Organisation], many: int, mean: float
) -> list[services.NewTie]:
    """Neighbours know each other, all know the first; the last ones say nothing and nobody says anything of them."""
    inside = bodies[:-ASIDE]
    found: dict[tuple[int, int], services.NewTie] = {}
    for place, giver in enumerate(inside):
        near = [inside[(place + step) % len(inside)] for step in range(1, many + 1)]
        others = [inside[0], *near, dice.choice(inside)]
        for taker in others:
            if taker.pk != giver.pk and dice.random() < 0.85:
                answers = {name: min(4, max(1, round(dice.gauss(mean, 0.8)))) for name in NAMES}
                found[giver.pk, taker.pk] = services.NewTie(wave.pk, giver.pk, taker.pk, answers)
    return list(found.values())


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's waves away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"waves": services.remove_sample(by=by)}
