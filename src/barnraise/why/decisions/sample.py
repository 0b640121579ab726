"""The sample town's decisions: what to do with the old school, settled; where a bench goes, still being voted on."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from barnraise.plumbing.journal.services import record
from barnraise.plumbing.journal.services.record import arriving_by
from barnraise.plumbing.profile.selectors import installation
from barnraise.why.needs.models import Need

from .models import Comment, Decision, Proposal, Voice, Vote
from .models.proposal import State
from .services import add_decision, follow_up, open_proposals, open_vote, propose, remove_sample, settle

SEED = 46
RULES = (
    "Speak about proposals, not about people. No advertising. One voice each.",
    "Hable de propuestas, no de personas. Sin publicidad. Una voz por persona.",
)
SCHOOL = (
    ("A kitchen where neighbours cook and sell", "Una cocina donde el vecindario cocina y vende"),
    ("Childcare until eight in the evening", "Guardería hasta las ocho de la noche"),
    ("A stop and waiting room for evening buses", "Una parada con sala de espera para autobuses nocturnos"),
)
BENCHES = (
    ("By the clinic", "Junto a la clínica"),
    ("At the footbridge", "En el puente peatonal"),
    ("In front of the library", "Frente a la biblioteca"),
)
WORDS = (
    ("My mother waits there in the rain.", "Mi mamá espera allí bajo la lluvia."),
    ("Who will clean it?", "¿Quién lo va a limpiar?"),
)


def load(*, by: Any) -> Mapping[str, int]:
    """Write two decisions with proposals, words and votes; nothing when they are there already."""
    if Decision.objects.filter(is_sample=True).exists():
        return {"decisions": 0, "proposals": 0}
    at = 1 if installation().default_language == "es" else 0
    today = timezone.localdate()
    dice = random.Random(SEED)  # noqa: S311 - the same town every time
    need = Need.objects.filter(is_sample=True).order_by("pk").first()
    with transaction.atomic(), arriving_by("sample"):
        school = add_decision(
            title=("What do we do with the old school?", "¿Qué hacemos con la escuela vieja?")[at],
            about=("The town lends it for five years.", "La ciudad la presta por cinco años.")[at],
            rules=RULES[at],
            need=need,
            method=Decision.Method.RANK,
            most=3,
            by=by,
            is_sample=True,
        )
        _voted(school, SCHOOL, 64, at, dice, by, timezone.now() - timedelta(days=330))
        settle(
            school,
            outcome=(
                "The stop with its waiting room comes first; the kitchen follows when there is money for a stove.",
                "Primero la parada con sala de espera; la cocina sigue cuando haya dinero para la estufa.",
            )[at],
            decided_on=today - timedelta(days=300),
            by=by,
        )
        follow_up(
            school,
            became=(
                "The waiting room opened; the last bus leaves from it at ten.",
                "La sala de espera abrió; de allí sale el último autobús a las diez.",
            )[at],
            became_on=today - timedelta(days=90),
            by=by,
        )
        bench = add_decision(
            title=("Where does the new bench go?", "¿Dónde va la banca nueva?")[at],
            rules=RULES[at],
            closes_on=today + timedelta(days=6),
            by=by,
            is_sample=True,
        )
        _voted(bench, BENCHES, 21, at, dice, by, timezone.now() - timedelta(days=8))
        record(by=by, verb="decisions.sample_added", about=[], details={"count": 2})
    return {"decisions": 2, "proposals": len(SCHOOL) + len(BENCHES)}


def _voted(
    row: Decision, titles: Any, voices: int, at: int, dice: random.Random, by: Any, when: datetime
) -> None:
    row = open_proposals(row, by=by)
    proposals = [propose(row, title=title[at], by=by) for title in titles]
    # On a server without an admin yet nobody of the team wrote them down, and they would wait for a moderator.
    Proposal.objects.filter(decision=row).update(state=State.SHOWN, created_at=when)
    now = when + timedelta(days=2)
    Comment.objects.bulk_create(
        [
            Comment(
                proposal=proposal,
                text=words[at],
                author=("A neighbour", "Alguien del barrio")[at],
                state=State.SHOWN,
                created_at=now,
                updated_at=now,
            )
            for proposal, words in zip(proposals, WORDS, strict=False)
        ]
    )
    row = open_vote(row, by=by)
    said = Voice.objects.bulk_create(
        [
            Voice(decision=row, key=f"sample-{row.pk}-{number}", created_at=now, updated_at=now)
            for number in range(voices)
        ]
    )
    Vote.objects.bulk_create([vote for voice in said for vote in _ballot(row, voice, proposals, dice)])


def _ballot(row: Decision, voice: Voice, proposals: list[Proposal], dice: random.Random) -> list[Vote]:
    liked = sorted(proposals, key=lambda one: dice.random() - 0.25 * (one is proposals[-1]))
    if row.method == Decision.Method.RANK:
        return [Vote(voice=voice, proposal=one, rank=rank) for rank, one in enumerate(liked, start=1)]
    return [Vote(voice=voice, proposal=one) for one in liked[: dice.randrange(1, 3)]]


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's decisions away."""
    with arriving_by("sample"):
        return {"decisions": remove_sample(by=by)}
