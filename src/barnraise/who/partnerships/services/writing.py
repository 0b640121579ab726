"""Write many new partnerships at once, and let a partnership follow its histories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from barnraise.plumbing.search import services as search

from ..models import Partnership, Rating, StageChange
from ..selectors import KIND
from .reckon import reckon


@dataclass(frozen=True, slots=True)
class New:
    """A partnership to write, checked already: with one of `organisation` and `person` (keys)."""

    stage: str
    since_on: date
    organisation: int | None = None
    person: int | None = None
    reason: str = ""
    about: str = ""
    owner: int | None = None
    cadence_days: int | None = None
    agreement: str = ""
    agreed_on: date | None = None
    agreement_ends_on: date | None = None
    rating: tuple[int, int, date] | None = None


def write(given: Sequence[New], *, by: Any, at: datetime, is_sample: bool = False) -> list[Partnership]:
    """Add these with the first line of each history, without a sentence, in the caller's transaction."""
    key = getattr(by, "pk", None)
    rows = Partnership.objects.bulk_create([_row(one, at, is_sample) for one in given])
    StageChange.objects.bulk_create(
        [
            StageChange(
                partnership=row,
                stage=one.stage,
                since_on=one.since_on,
                reason=one.reason,
                by_id=key,
                created_at=at,
                updated_at=at,
            )
            for row, one in zip(rows, given, strict=True)
        ]
    )
    Rating.objects.bulk_create(
        [
            Rating(
                partnership=row,
                influence=one.rating[0],
                interest=one.rating[1],
                rated_on=one.rating[2],
                by_id=key,
                created_at=at,
                updated_at=at,
            )
            for row, one in zip(rows, given, strict=True)
            if one.rating
        ]
    )
    keys = [row.pk for row in rows]
    reckon(keys)
    search.index(KIND, keys)
    return rows


def _row(one: New, at: datetime, is_sample: bool) -> Partnership:
    influence, interest, rated_on = one.rating or (None, None, None)
    return Partnership(
        organisation_id=one.organisation,
        person_id=one.person,
        about=one.about,
        owner_id=one.owner,
        stage=one.stage,
        stage_since_on=one.since_on,
        begun_on=one.since_on,
        cadence_days=one.cadence_days,
        agreement=one.agreement,
        agreed_on=one.agreed_on,
        agreement_ends_on=one.agreement_ends_on,
        influence=influence,
        interest=interest,
        rated_on=rated_on,
        is_sample=is_sample,
        created_at=at,
        updated_at=at,
    )


def follow(keys: Iterable[int], *, at: datetime) -> None:
    """Let stage and rating of these partnerships be what their histories say last, in the caller's transaction.

    Of two lines of the same day the one noted later counts.
    """
    wanted = set(keys)
    for row in Partnership.objects.select_for_update().filter(pk__in=wanted):
        stages = list(row.stages.order_by("since_on", "pk"))
        if not stages:
            continue
        rating = row.ratings.order_by("rated_on", "pk").last()
        row.stage, row.stage_since_on, row.begun_on = (
            stages[-1].stage,
            stages[-1].since_on,
            stages[0].since_on,
        )
        row.influence = rating.influence if rating else None
        row.interest = rating.interest if rating else None
        row.rated_on = rating.rated_on if rating else None
        row.updated_at = at
        row.save(
            update_fields=[
                "stage",
                "stage_since_on",
                "begun_on",
                "influence",
                "interest",
                "rated_on",
                "updated_at",
            ]
        )
    reckon(wanted)
