"""Who fits our asks, for programs."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.communities import selectors as communities

from .. import policies
from ..fit import WEIGHTS, Fit
from ..models import Organisation
from ..selectors import fitting
from ..selectors.fitting import OurAsks, Wanted

router = rest.router(tags=["Gives and seeks"])


class FitTermOut(Schema):
    """One term of a score."""

    name: str = Field(description=f"One of {', '.join(WEIGHTS)}.")
    weight: int = Field(description="What it weighs of 100 when every term is known.")
    value: float | None = Field(description="0 to 1; null when nobody knows it, and it is left out.")
    points: float = Field(description="What it adds to the score.")
    why: str = Field(description='Which side lacks it when it is left out: "ask" or "giver"; else empty.')


class FitOut(Schema):
    """How well an organisation fits one ask."""

    ask: UUID = Field(description="The ask, one of our own organisation's seeks.")
    what: str = Field(description="What is asked for.")
    score: float = Field(description="0 to 100, the sum of the points.")
    gives: list[str] = Field(description="What it gives that counts for this ask.")
    terms: list[FitTermOut] = Field(description="How the score comes about.")


class StandingOut(Schema):
    """An organisation that fits at least one ask."""

    organisation: UUID = Field(description="Its id.")
    name: str = Field(description="Its name.")
    kind: str = Field(description=f"One of {', '.join(Organisation.Kind.values)}.")
    score: float = Field(description="The score of the ask it fits best.")
    fits: list[FitOut] = Field(description="The asks it fits, the best first.")


class RankingOut(Schema):
    """Who fits our asks today, best first."""

    items: list[StandingOut] = Field(description="Organisations, best first.")
    weighed: int = Field(description="How many gives were weighed.")
    radius_km: int | None = Field(
        description="Gives were looked for within so many kilometres; null is everywhere."
    )
    placeless: int = Field(
        description="Gives left out of a wanted distance since nobody knows where they are."
    )


@router.get("/fit", response=RankingOut, operation_id="rank_fit")
@rest.asks(policies.may_see)
def rank_fit(
    request: HttpRequest,
    ask: Annotated[UUID | None, Query(description="Only this ask of ours.")] = None,
    kind: Annotated[str | None, Query(description="Only organisations of this kind.")] = None,
    community: Annotated[
        UUID | None, Query(description="Only those that serve this community or a part of it.")
    ] = None,
    within_km: Annotated[
        int | None, Query(ge=1, le=20_000, description="Only those at most so far away.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="Organisations in the answer.")] = 100,
) -> Any:
    """Who gives what our own organisation asks for today, ranked, each score with its terms."""
    today = timezone.localdate()
    ours = fitting.our_asks(today)
    wanted = Wanted(_ask(ours, ask), (kind,) if kind else (), _below(community), within_km)
    found = fitting.weighed(ours, wanted, today)
    items = []
    organisations = fitting.organisations_of(found.standings[:limit])
    for one in found.standings[:limit]:
        row = organisations[one.giver]
        fits = [_shape(fit, ours, found) for fit in one.fits]
        items.append(
            {
                "organisation": row.uuid,
                "name": row.name,
                "kind": row.kind,
                "score": fits[0]["score"],
                "fits": fits,
            }
        )
    return {
        "items": items,
        "weighed": found.gives,
        "radius_km": found.radius_km,
        "placeless": found.placeless,
    }


def _ask(ours: OurAsks, uuid: UUID | None) -> int | None:
    if uuid is None:
        return None
    key = next((row.pk for row in ours.rows.values() if row.uuid == uuid), None)
    if key is None:
        raise rest.Problem(404, "That is none of our open asks.")
    return key


def _below(uuid: UUID | None) -> frozenset[int]:
    if uuid is None:
        return frozenset()
    row = communities.by_uuids([uuid]).get(uuid)
    if row is None:
        raise rest.Problem(404, "There is no community with this id.")
    return frozenset({row.pk, *communities.descendant_keys(row.pk)})


def _shape(fit: Fit, ours: OurAsks, found: fitting.Weighed) -> dict[str, Any]:
    ask = ours.rows[fit.ask]
    return {
        "ask": ask.uuid,
        "what": ask.what,
        "score": round(fit.score, 2),
        "gives": [found.gifts[key].what for key in fit.gifts],
        "terms": [
            {
                "name": term.name,
                "weight": term.weight,
                "value": None if term.value is None else round(term.value, 4),
                "points": round(fit.points(term), 3),
                "why": term.why,
            }
            for term in fit.terms
        ],
    }
