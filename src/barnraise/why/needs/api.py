"""Needs, their evidence and their scores for programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.foundation.refs import Ref
from barnraise.foundation.text import fold
from barnraise.plumbing.ui import rest

from . import cycle_api, policies, selectors, services, session_api
from .given import said as read_given
from .models import Evidence, Need, Score
from .services.evidence import CITED
from .services.score import variant_of

router = rest.router(tags=["Needs"])
router.add_router("", session_api.router)
router.add_router("", cycle_api.router)

_CITED = ", ".join(CITED)
_ENDS = ", ".join(Need.End.values)


class EvidenceOut(Schema):
    """What shows a need."""

    id: UUID = Field(description="Its id.")
    cites: str = Field(description="Reference of what is cited; empty for other sources.")
    said: str = Field(description="What it says.")
    source: str = Field(description="Who says so.")
    dated_on: date = Field(description="Of which day it is.")


class EvidenceIn(Schema):
    """Evidence to add."""

    cites: str = Field(
        "", max_length=100, description=f"Reference of one of {_CITED}, such as needs.session:3."
    )
    said: str = Field(min_length=1, max_length=1000, description="What it says.")
    source: str = Field(min_length=1, max_length=300, description="Who says so.")
    dated_on: rest.Day = Field(description="Of which day it is.")


class EvidencePatch(rest.Given):
    """What of evidence is to change; what is left out stays."""

    cites: str | None = Field(None, max_length=100, description="Reference of what is cited; empty for none.")
    said: str | None = Field(None, min_length=1, max_length=1000, description="What it says.")
    source: str | None = Field(None, min_length=1, max_length=300, description="Who says so.")
    dated_on: rest.Day | None = Field(None, description="Of which day it is.")


class EvidenceListed(EvidenceOut):
    """What shows a need, and which."""

    need: UUID = Field(description="Which need.")


class PearlGiven(Schema):
    """The five answers of PEARL."""

    propriety: bool = Field(description="It is ours to do.")
    economics: bool = Field(description="It makes sense to pay for it.")
    acceptability: bool = Field(description="The community wants it.")
    resources: bool = Field(description="There are means for it.")
    legality: bool = Field(description="The law allows it.")


class ScoreGiven(Schema):
    """What one rater gives."""

    rater: str = Field(min_length=1, max_length=120, description="Who gives it; the same name replaces it.")
    size: Decimal = Field(ge=0, le=20, description="Size of the problem.")
    seriousness: Decimal = Field(ge=0, le=20, description="How serious it is.")
    effectiveness: Decimal = Field(ge=0, le=20, description="How effective what can be done is.")
    pearl: PearlGiven = Field(description="May it be done at all?")
    reason: str = Field("", max_length=300, description="Why not, where an answer of PEARL is no.")


class NeedOut(Schema):
    """A need."""

    id: UUID = Field(description="Its id.")
    title: str = Field(description="What is lacking.")
    community: UUID | None = Field(description="Which community it is about.")
    assessment: UUID | None = Field(description="Which assessment found it.")
    population: str = Field(description="Whom it concerns.")
    present: float | None = Field(description="The number as it is.")
    wanted: float | None = Field(description="The number as it should be.")
    unit: str = Field(description="What is counted.")
    causes: str = Field(description="Its causes.")
    about: str = Field(description="More about it.")
    end: str = Field(description=f"How it ended: one of {_ENDS}; empty while it is open.")
    end_reason: str = Field(description="Why.")
    evidence: list[EvidenceOut] = Field(description="What shows it, the newest first.")
    scores: list[ScoreGiven] = Field(description="What each rater gave.")
    priority: float | None = Field(
        description="The basic priority rating of all raters; null without scores."
    )
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class NeedIn(Schema):
    """A need to note."""

    title: str = Field(min_length=1, max_length=200, description="What is lacking.")
    community: UUID | None = Field(None, description="Which community it is about.")
    assessment: UUID | None = Field(None, description="Which assessment found it.")
    population: str = Field("", max_length=200, description="Whom it concerns.")
    present: Decimal | None = Field(None, max_digits=18, decimal_places=4, description="The number as it is.")
    wanted: Decimal | None = Field(
        None, max_digits=18, decimal_places=4, description="The number as it should be."
    )
    unit: str = Field("", max_length=60, description="What is counted.")
    causes: str = Field("", max_length=4000, description="Its causes.")
    about: str = Field("", max_length=4000, description="More about it.")


class NeedPatch(rest.Given):
    """What to change; what is left out stays."""

    title: str | None = Field(None, min_length=1, max_length=200, description="What is lacking.")
    community: UUID | None = Field(None, description="Which community it is about.")
    assessment: UUID | None = Field(None, description="Which assessment found it.")
    population: str | None = Field(None, max_length=200, description="Whom it concerns.")
    present: Decimal | None = Field(None, max_digits=18, decimal_places=4, description="The number as it is.")
    wanted: Decimal | None = Field(
        None, max_digits=18, decimal_places=4, description="The number as it should be."
    )
    unit: str | None = Field(None, max_length=60, description="What is counted.")
    causes: str | None = Field(None, max_length=4000, description="Its causes.")
    about: str | None = Field(None, max_length=4000, description="More about it.")
    end: str | None = Field(
        None, max_length=14, description=f"How it ended: one of {_ENDS}; empty reopens it."
    )
    end_reason: str = Field("", max_length=500, description="Why.")


def _need(row: Need, evidence: dict[int, list[Evidence]], scores: dict[int, list[Score]]) -> dict[str, Any]:
    names = ("title", "population", "present", "wanted", "unit", "causes", "about", "end", "end_reason", "created_at", "updated_at")  # fmt: skip
    priority = selectors.priority_of(scores[row.pk], variant_of(row))
    return {
        "id": row.uuid,
        **{name: getattr(row, name) for name in names},
        "community": row.community.uuid if row.community else None,
        "assessment": row.cycle.uuid if row.cycle else None,
        "evidence": [_evidence(one) for one in evidence[row.pk]],
        "scores": [_score(one) for one in scores[row.pk]],
        "priority": None if priority is None else priority.basic,
    }


def _whole(row: Need) -> dict[str, Any]:
    row = rest.one(selectors.needs_listed(), pk=row.pk)
    return _need(row, selectors.evidence_of([row]), selectors.scores_of([row]))


def _citing(said: dict[str, Any]) -> dict[str, Any]:
    """What was given of evidence, with what it cites as a reference. Raises ValidationError."""
    if "cites" in said:
        try:
            said["cites"] = Ref.parse(said["cites"]) if said["cites"] else None
        except ValueError as no:
            raise ValidationError({"cites": str(no)}) from None
    return said


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "id": one.uuid,
        "cites": one.cites,
        "said": one.said,
        "source": one.source,
        "dated_on": one.dated_on,
    }


def _score(one: Score) -> dict[str, Any]:
    letters = {name: getattr(one, name) for name in PearlGiven.model_fields}
    names = ("rater", "size", "seriousness", "effectiveness", "reason")
    return {**{name: getattr(one, name) for name in names}, "pearl": letters}


@router.get("/needs", response=rest.Page[NeedOut], operation_id="list_needs")
@rest.asks(policies.may_see)
def list_needs(
    request: HttpRequest,
    paging: rest.PageQuery,
    community: Annotated[UUID | None, Query(description="Only those of this community.")] = None,
    is_open: Annotated[bool | None, Query(description="Only open ones, or only ended ones.")] = None,
) -> Any:
    """Needs with evidence and scores."""
    rows = selectors.needs_listed(request.user)
    if community:
        rows = rows.filter(community__uuid=community)
    if is_open is not None:
        rows = rows.filter(end="") if is_open else rows.exclude(end="")
    evidence: dict[int, list[Evidence]] = {}
    scores: dict[int, list[Score]] = {}

    def read(found: list[Need]) -> None:
        evidence.update(selectors.evidence_of(found))
        scores.update(selectors.scores_of(found))

    return rest.page_of(rows, paging, lambda row: _need(row, evidence, scores), prepare=read)


@router.post("/needs", response={201: NeedOut}, operation_id="create_need")
@rest.asks(policies.may_edit)
def create_need(request: HttpRequest, given: NeedIn) -> Any:
    """Note a need."""
    return 201, _whole(services.add_need(by=request.user, **read_given(given)))


@router.get("/needs/{uuid}", response=NeedOut, operation_id="read_need")
@rest.asks(policies.may_see)
def read_need(request: HttpRequest, uuid: UUID) -> Any:
    """One need."""
    return _whole(rest.one(selectors.needs_listed(request.user), uuid=uuid))


@router.patch("/needs/{uuid}", response=NeedOut, operation_id="change_need")
@rest.asks(policies.may_edit)
def change_need(request: HttpRequest, uuid: UUID, given: NeedPatch) -> Any:
    """Change, end or reopen a need; whoever ends it has to lead."""
    row = rest.one(selectors.needs_listed(request.user), uuid=uuid)
    said = read_given(given)
    end, reason = said.pop("end", None), said.pop("end_reason", "")
    if end is not None:
        rest.require(request, policies.may_lead, row)
    if said:
        services.change_need(row, by=request.user, **said)
    if end:
        services.end_need(row, by=request.user, end=end, reason=reason)
    elif end is not None:
        services.reopen_need(row, by=request.user)
    return _whole(row)


@router.delete("/needs/{uuid}", operation_id="remove_need")
@rest.asks(policies.may_lead)
def remove_need(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a need that was noted by mistake, with evidence and scores; one that is over is ended instead."""
    services.remove_need(rest.one(selectors.needs_listed(), uuid=uuid), by=request.user)
    return 204, None


@router.post("/needs/{uuid}/evidence", response={201: EvidenceOut}, operation_id="create_need_evidence")
@rest.asks(policies.may_edit)
def create_evidence(request: HttpRequest, uuid: UUID, given: EvidenceIn) -> Any:
    """Add what shows a need."""
    row = rest.one(selectors.needs_listed(), uuid=uuid)
    said = _citing(given.model_dump())
    return 201, _evidence(services.add_evidence(row, by=request.user, **said))


@router.get("/need-evidence", response=rest.Page[EvidenceListed], operation_id="list_need_evidence")
@rest.asks(policies.may_see)
def list_evidence(
    request: HttpRequest,
    paging: rest.PageQuery,
    need: Annotated[UUID | None, Query(description="Only what shows this need.")] = None,
    cites: Annotated[str, Query(max_length=100, description="Only what cites this thing.")] = "",
) -> Any:
    """What shows the needs: all of it, or what passes."""
    rows = Evidence.objects.select_related("need")
    rows = rows.filter(need__uuid=need) if need else rows
    rows = rows.filter(cites=cites.replace("\x00", "")) if cites else rows
    return rest.page_of(rows, paging, lambda row: {**_evidence(row), "need": row.need.uuid})


@router.patch("/need-evidence/{uuid}", response=EvidenceOut, operation_id="change_need_evidence")
@rest.asks(policies.may_edit)
def change_evidence(request: HttpRequest, uuid: UUID, given: EvidencePatch) -> Any:
    """Correct evidence."""
    row = rest.one(Evidence.objects.select_related("need"), uuid=uuid)
    said = {name: value for name, value in given.model_dump(exclude_unset=True).items() if value is not None}
    return _evidence(services.change_evidence(row, by=request.user, **_citing(said)))


@router.delete("/need-evidence/{uuid}", operation_id="remove_need_evidence")
@rest.asks(policies.may_edit)
def remove_evidence(request: HttpRequest, uuid: UUID) -> Any:
    """Take evidence away."""
    row = rest.one(Evidence.objects.select_related("need"), uuid=uuid)
    services.remove_evidence(row, by=request.user)
    return 204, None


@router.post("/needs/{uuid}/scores", response={201: NeedOut}, operation_id="score_need")
@rest.asks(policies.may_score)
def create_score(request: HttpRequest, uuid: UUID, given: ScoreGiven) -> Any:
    """Keep what a rater gives; the same rater again replaces it."""
    row = rest.one(selectors.needs_listed(), uuid=uuid)
    values = {name: getattr(given, name) for name in ("size", "seriousness", "effectiveness")}
    pearl = given.pearl.model_dump()
    services.score_need(
        row, by=request.user, rater=given.rater, values=values, pearl=pearl, reason=given.reason
    )
    return 201, _whole(row)


@router.delete("/needs/{uuid}/scores", operation_id="remove_need_score")
@rest.asks(policies.may_score)
def remove_score(
    request: HttpRequest,
    uuid: UUID,
    rater: Annotated[str, Query(min_length=1, max_length=120, description="Whose score.")],
) -> Any:
    """Take the score of one rater away; a 409 once the assessment is closed."""
    row = rest.one(selectors.needs_listed(), uuid=uuid)
    folded = fold(rater.replace("\x00", ""))[:120]
    score = rest.one(Score.objects.select_related("need__cycle"), need=row, rater_folded=folded)
    try:
        services.remove_score(score, by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None
