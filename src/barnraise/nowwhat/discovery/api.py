"""Candidates for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation

from . import facing, policies, score_words, scoring, selectors, services
from .faults import DECIDED
from .models import Candidate
from .selectors import Wanted

router = rest.router(tags=["Candidates"])
_STATES = ", ".join(name for name, _label in facing.STATES)
_DECIDED = ", ".join(DECIDED)
_TERMS = ", ".join(scoring.WEIGHTS)
MOST = 200


class CandidateTerm(Schema):
    """One term of a score."""

    name: str = Field(description=f"One of {_TERMS}.")
    weight: int = Field(description="Its weight.")
    value: int = Field(description="0 to 100.")
    points: float = Field(description="What it adds to the score.")
    reason: str = Field(description="What it says, in words.")


class CandidateLeftOut(Schema):
    """A term nobody can compute."""

    name: str = Field(description=f"One of {_TERMS}.")
    why: str = Field(description="What is not known.")


class RankedCandidateOut(Schema):
    """An organisation that is no partner yet, with its score."""

    organisation: UUID = Field(description="The organisation.")
    name: str = Field(description="Its name.")
    source: str = Field(description="The register or import it comes from.")
    score: int = Field(description="0 to 100.")
    terms: list[CandidateTerm] = Field(description="What the score is made of.")
    left_out: list[CandidateLeftOut] = Field(description="Terms that nobody knows.")


class CandidatePatch(Schema):
    """What to decide otherwise; what is left out stays."""

    verdict: str | None = Field(None, max_length=10, description=f"One of {_DECIDED}.")
    reason: str | None = Field(None, max_length=300, description="Why; needed for not_now.")
    until: rest.Day | None = Field(None, description="Not before; needed for not_now, and only then.")
    cites: str | None = Field(
        None, max_length=80, description="Typed reference of what it is looked at for, like needs.need:3."
    )


class CandidateIn(CandidatePatch):
    """A decision about an organisation that is no partner."""

    organisation: UUID = Field(description="The organisation.")


class CandidateApproachIn(Schema):
    """Whom to approach."""

    organisation: UUID = Field(description="The organisation.")
    cites: str = Field("", max_length=80, description="Typed reference of what it is looked at for.")


class CandidateOut(Schema):
    """A candidate and what was decided."""

    id: UUID = Field(description="Its id.")
    organisation: UUID = Field(description="The organisation.")
    verdict: str = Field(description="proposed, watch, not_now or approached.")
    state: str = Field(description=f"How it stands today: one of {_STATES}.")
    reason: str = Field(description="Why.")
    until: date | None = Field(description="Not before.")
    cites: str = Field(description="Typed reference of what it was looked at for.")
    score: int | None = Field(description="The score it was shown with.")
    terms: list[CandidateTerm] = Field(description="The terms of that score.")
    judged_on: date = Field(description="On which day.")
    judged_by: str | None = Field(description="E-mail of who decided; null for those proposed.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


_PLAIN = ("verdict", "reason", "until", "cites", "score", "terms", "judged_on", "created_at", "updated_at")


def _shape(row: Candidate) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "organisation": row.organisation.uuid,
        "state": facing.state(row, timezone.localdate()),
        "judged_by": row.judged_by.email if row.judged_by else None,
        **{name: getattr(row, name) for name in _PLAIN},
    }


def _body(uuid: UUID) -> Organisation:
    row = Organisation.objects.filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({"organisation": "There is no organisation with this id."})
    return row


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    for name in ("reason", "cites"):
        if name in given and given[name] is None:
            given[name] = ""
    return given


@router.get("/candidate-ranking", response=list[RankedCandidateOut], operation_id="rank_candidates")
@rest.asks(policies.may_see)
def rank_candidates(
    request: HttpRequest,
    cites: Annotated[
        str, Query(max_length=80, description="Only looked for this thing: a typed reference.")
    ] = "",
    kind: Annotated[str, Query(max_length=12, description="Only organisations of this kind.")] = "",
    sector: Annotated[str, Query(max_length=70, description="Only of this field, as NTEE:K30.")] = "",
    within_km: Annotated[int | None, Query(ge=1, le=20_000, description="Only so near.")] = None,
    most: Annotated[int, Query(ge=1, le=MOST, description="At most so many.")] = 25,
) -> Any:
    """Organisations that are no partners yet, best first, each score with its terms."""
    if sector and ":" not in sector:
        raise ValidationError({"sector": "Write scheme and code, like NTEE:K30."})
    found = selectors.look(Wanted(cites, (kind,) if kind else (), sector, within_km), timezone.localdate())
    ranked = found.ranked[:most]
    bodies = selectors.organisations_shown(ranked)
    titles, asks = selectors.titles_of_wishes(found), selectors.titles_of_asks(found)
    out = []
    for one in ranked:
        body, words = bodies[one.key], score_words.shown(one, titles, asks)
        left = [{"name": name, "why": why} for name, why in words["left_out"]]
        said = {"organisation": body.uuid, "name": body.name, "source": body.source.name}
        out.append({**said, "score": words["score"], "terms": words["terms"], "left_out": left})
    return out


@router.get("/candidates", response=rest.Page[CandidateOut], operation_id="list_candidates")
@rest.asks(policies.may_see)
def list_candidates(
    request: HttpRequest,
    paging: rest.PageQuery,
    verdict: Annotated[str, Query(max_length=10, description="Only those decided so.")] = "",
    organisation: Annotated[UUID | None, Query(description="Only about this organisation.")] = None,
) -> Any:
    """All candidates somebody decided about, and those proposed."""
    rows = selectors.listed(request.user)
    if verdict:
        if verdict not in Candidate.Verdict.values:
            raise ValidationError({"verdict": f"Write one of {', '.join(Candidate.Verdict.values)}."})
        rows = rows.filter(verdict=verdict)
    if organisation:
        rows = rows.filter(organisation__uuid=organisation)
    return rest.page_of(rows, paging, _shape)


@router.post("/candidates", response={201: CandidateOut}, operation_id="create_candidate")
@rest.asks(policies.may_judge)
def create_candidate(request: HttpRequest, given: CandidateIn) -> Any:
    """Decide about an organisation: keep it in view, or put it off. A second decision replaces the first."""
    said = _clean(given.model_dump(exclude_unset=True))
    body = _body(said.pop("organisation"))
    services.judge(body, by=request.user, **{"verdict": "", **said})
    return 201, _shape(rest.one(selectors.listed(request.user), organisation=body))


@router.get("/candidates/{uuid}", response=CandidateOut, operation_id="read_candidate")
@rest.asks(policies.may_see)
def read_candidate(request: HttpRequest, uuid: UUID) -> Any:
    """One candidate."""
    return _shape(rest.one(selectors.listed(request.user), uuid=uuid))


@router.patch("/candidates/{uuid}", response=CandidateOut, operation_id="change_candidate")
@rest.asks(policies.may_judge)
def change_candidate(request: HttpRequest, uuid: UUID, given: CandidatePatch) -> Any:
    """Decide otherwise."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    services.change_decision(row, by=request.user, **_clean(given.model_dump(exclude_unset=True)))
    return _shape(rest.one(selectors.listed(request.user), uuid=uuid))


@router.delete("/candidates/{uuid}", operation_id="forget_candidate")
@rest.asks(policies.may_judge)
def forget_candidate(request: HttpRequest, uuid: UUID) -> Any:
    """As if nobody had decided."""
    services.forget_decision(rest.one(selectors.listed(request.user), uuid=uuid), by=request.user)
    return 204, None


@router.post("/candidate-approaches", response={201: CandidateOut}, operation_id="approach_candidate")
@rest.asks(policies.may_judge)
def approach_candidate(request: HttpRequest, given: CandidateApproachIn) -> Any:
    """Begin a partnership with it, as a prospect."""
    said = _clean(given.model_dump())
    body = _body(said.pop("organisation"))
    services.approach(body, by=request.user, **said)
    return 201, _shape(rest.one(selectors.listed(request.user), organisation=body))
