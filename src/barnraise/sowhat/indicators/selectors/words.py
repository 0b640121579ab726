"""What search finds of numbers: only those about which somebody wrote words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q

from ..models import Report, Restatement

WITH_WORDS = ~Q(note="")


def notes_of(keys: Sequence[int]) -> Mapping[int, str]:
    """Notes of reported numbers by key; those without one are left out."""
    rows = Report.objects.filter(WITH_WORDS, pk__in=list(keys))
    return dict(rows.values_list("pk", "note"))


def noted_after(key: int, most: int) -> list[int]:
    """Keys of the next reported numbers that have a note."""
    rows = Report.objects.filter(WITH_WORDS, pk__gt=key).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def noted_many() -> int:
    """How many reported numbers have a note."""
    return Report.objects.filter(WITH_WORDS).count()


def restated_words(keys: Sequence[int]) -> Mapping[int, list[str]]:
    """Why observations were restated, the newest first, by key of the observation; those of which nobody said why are left out."""
    found: dict[int, list[str]] = {}
    rows = Restatement.objects.filter(WITH_WORDS, observation__in=list(keys)).order_by("-pk")
    for key, note in rows.values_list("observation_id", "note"):
        found.setdefault(key, []).append(note)
    return found


def restated_after(key: int, most: int) -> list[int]:
    """Keys of the next observations of which somebody said why they were restated."""
    rows = Restatement.objects.filter(WITH_WORDS, observation__gt=key).order_by("observation_id")
    return list(rows.values_list("observation_id", flat=True).distinct()[:most])


def restated_many() -> int:
    """How many observations those are."""
    rows = Restatement.objects.filter(WITH_WORDS).order_by()
    return rows.values("observation_id").distinct().count()
