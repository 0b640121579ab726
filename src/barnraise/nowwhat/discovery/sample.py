"""The candidates of the sample town: some kept in view, some put off, and those that are proposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from barnraise.plumbing.journal.services import arriving_by, record
from barnraise.plumbing.profile.selectors import installation

from . import score_words, selectors
from .models import Candidate
from .selectors.rows import deciders
from .services import New, propose, remove_sample, write

DECIDED: tuple[tuple[str, int, int, str, str], ...] = (
    # decision, decided so many days ago, not before so many days from today, why in English, in Spanish
    ("watch", 12, 0, "Their new director knows our schools.", "Su nueva directora conoce nuestras escuelas."),
    ("not_now", 60, 120, "Their board is being elected.", "Están eligiendo su junta directiva."),
    ("not_now", 200, -3, "They move house until the summer.", "Se mudan de sede hasta el verano."),
    ("watch", 30, 0, "The library speaks to them first.", "La biblioteca habla primero con ellos."),
)  # fmt: skip


def load(*, by: Any) -> Mapping[str, int]:
    """Decide about some of the best, and propose others; nothing when that was done."""
    if Candidate.objects.filter(is_sample=True).exists():
        return {"candidates": 0}
    now = timezone.now()
    today = timezone.localdate(now)
    language = installation().default_language
    found = selectors.look(selectors.Wanted(), today)
    keepers: list[Any] = [one.pk for one in deciders()] or [None]
    wishes, asks = selectors.titles_of_wishes(found), selectors.titles_of_asks(found)
    with transaction.atomic(), arriving_by("sample"), translation.override(language):
        news = []
        for at, (one, said) in enumerate(zip(found.ranked[1::2], DECIDED, strict=False)):
            verdict, ago, ahead, english, spanish = said
            words = score_words.shown(one, wishes, asks)
            news.append(
                New(
                    one.key,
                    verdict,
                    spanish if language == "es" else english,
                    today + timedelta(days=ahead) if ahead else None,
                    judged_on=today - timedelta(days=ago),
                    judged_by=keepers[at % len(keepers)],
                    score=words["score"],
                    terms=words["terms"],
                )
            )
        rows = write(news, at=now, is_sample=True)
        proposed = propose(now=now, is_sample=True)
        count = len(rows) + proposed
        if count:
            record(by=by, verb="discovery.sample_added", about=[], details={"count": count})
    return {"candidates": count}


def remove(*, by: Any) -> Mapping[str, int]:
    """Take exactly the sample's candidates away."""
    with transaction.atomic(), arriving_by("sample"):
        return {"candidates": remove_sample(by=by)}
