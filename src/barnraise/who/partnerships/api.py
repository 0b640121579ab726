"""Partnerships, their stages and ratings for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.foundation.refs import Ref
from barnraise.plumbing.snoozes import selectors as snoozes
from barnraise.plumbing.snoozes import services as snoozing
from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from . import facing, policies, selectors, services
from .models import Rating, Stage, StageChange

router = rest.router(tags=["Partnerships"])
_STAGES = ", ".join(Stage.values)
_SILENCES = ", ".join(name for name, _label in facing.SILENCES)


class PartnershipPatch(Schema):
    """What to change; what is left out stays. Stages and ratings are added, never changed."""

    about: str | None = Field(None, max_length=2000, description="What it is about.")
    owner: str | None = Field(
        None, max_length=254, description="E-mail of the account that keeps the relation; null is nobody."
    )
    cadence_days: int | None = Field(
        None, ge=1, le=1000, description="At most so many days between two contacts; null for no reminder."
    )
    agreement: str | None = Field(None, max_length=5000, description="What was agreed.")
    agreed_on: rest.Day | None = Field(None, description="When it was agreed.")
    agreement_ends_on: rest.Day | None = Field(None, description="When the agreement ends.")


class PartnershipIn(PartnershipPatch):
    """A partnership to begin, with one of `organisation` and `person`."""

    organisation: UUID | None = Field(None, description="The organisation it is with.")
    person: UUID | None = Field(None, description="The person it is with, where there is no organisation.")
    stage: str = Field("prospect", max_length=8, description=f"The first stage: one of {_STAGES}.")
    since_on: rest.Day | None = Field(None, description="Since when; today where it is left out.")
    reason: str = Field("", max_length=300, description="Why; needed when it has ended.")


class PartnershipOut(Schema):
    """A partnership."""

    id: UUID = Field(description="Its id.")
    organisation: UUID | None = Field(description="The organisation it is with.")
    person: UUID | None = Field(description="The person it is with, where there is no organisation.")
    about: str = Field(description="What it is about.")
    owner: str | None = Field(description="E-mail of the account that keeps the relation.")
    stage: str = Field(description=f"The stage now: one of {_STAGES}.")
    stage_since_on: date = Field(description="Since when it is in this stage.")
    begun_on: date = Field(description="The day of its first stage.")
    cadence_days: int | None = Field(description="At most so many days between two contacts.")
    last_at: datetime | None = Field(description="The last contact that the caller may know of.")
    due_on: date | None = Field(
        description="The last day (in the time zone of the installation) on which a contact keeps what was agreed; null where nothing is expected."
    )
    snoozed_until: date | None = Field(description="Until when nobody is reminded.")
    snooze_reason: str = Field(description="Why nobody is reminded.")
    influence: int | None = Field(description="Influence, from 1 to 5, as rated last.")
    interest: int | None = Field(description="Interest, from 1 to 5, as rated last.")
    agreement: str = Field(description="What was agreed.")
    agreed_on: date | None = Field(description="When it was agreed.")
    agreement_ends_on: date | None = Field(description="When the agreement ends.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class PartnershipStageIn(Schema):
    """Another stage. `ended` needs a reason."""

    stage: str = Field(max_length=8, description=f"One of {_STAGES}.")
    since_on: rest.Day | None = Field(None, description="Since when; today where it is left out.")
    reason: str = Field("", max_length=300, description="Why.")


class PartnershipStageOut(Schema):
    """A line of the history of stages."""

    id: UUID = Field(description="Its id.")
    partnership: UUID = Field(description="Of which partnership.")
    stage: str = Field(description=f"One of {_STAGES}.")
    since_on: date = Field(description="Since when.")
    reason: str = Field(description="Why.")
    by: str | None = Field(description="E-mail of the account that noted it.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it was noted, or followed its partner in a merge.")


class PartnershipRatingIn(Schema):
    """What somebody thinks, each from 1 (very little) to 5 (very much)."""

    influence: int = Field(ge=1, le=5, description="How much depends on them.")
    interest: int = Field(ge=1, le=5, description="How much it matters to them.")
    rated_on: rest.Day | None = Field(None, description="On which day; today where it is left out.")
    note: str = Field("", max_length=300, description="What makes one think so.")


class PartnershipRatingOut(Schema):
    """A rating."""

    id: UUID = Field(description="Its id.")
    partnership: UUID = Field(description="Of which partnership.")
    influence: int = Field(description="How much depends on them, from 1 to 5.")
    interest: int = Field(description="How much it matters to them, from 1 to 5.")
    rated_on: date = Field(description="On which day.")
    note: str = Field(description="What makes one think so.")
    by: str | None = Field(description="E-mail of the account that rated.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it was noted, or followed its partner in a merge.")


class PartnershipSnoozeIn(Schema):
    """Let a silence be."""

    until: rest.Day | None = Field(description="Until which day nobody is reminded; null reminds again.")
    reason: str = Field("", max_length=200, description="Why it may be quiet.")


_PLAIN = (
    "about",
    "stage",
    "stage_since_on",
    "begun_on",
    "cadence_days",
    "last_at",
    "due_on",
    "snoozed_until",
    "snooze_reason",
    "influence",
    "interest",
    "agreement",
    "agreed_on",
    "agreement_ends_on",
    "created_at",
    "updated_at",
)


def _shape(row: Any) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "organisation": row.organisation.uuid if row.organisation else None,
        "person": row.person.uuid if row.person else None,
        "owner": row.owner.email if row.owner else None,
        **{name: getattr(row, name) for name in _PLAIN},
    }


def _line(row: StageChange | Rating, *names: str) -> dict[str, Any]:
    shared = {name: getattr(row, name) for name in (*names, "created_at", "updated_at")}
    by = row.by.email if row.by else None
    return {"id": row.uuid, "partnership": row.partnership.uuid, "by": by, **shared}


def _stage(row: StageChange) -> dict[str, Any]:
    return _line(row, "stage", "since_on", "reason")


def _rating(row: Rating) -> dict[str, Any]:
    return _line(row, "influence", "interest", "rated_on", "note")


def _rows(request: HttpRequest) -> Any:
    return selectors.with_due(selectors.listed(request.user), request.user)


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    if given.get("owner") is not None:
        email = given["owner"].casefold()
        found = next((one for one in selectors.owners() if one.email == email), None)
        if found is None:
            raise ValidationError({"owner": "Nobody of the team has this e-mail."})
        given["owner"] = found
    for name in ("about", "agreement"):
        if name in given and given[name] is None:
            given[name] = ""
    return given


def _partner(organisation: UUID | None, person: UUID | None) -> Organisation | Person:
    if (organisation is None) == (person is None):
        raise ValidationError({"organisation": "Give one of organisation and person."})
    if organisation is not None:
        body = Organisation.objects.filter(uuid=organisation).first()
        if body is None:
            raise ValidationError({"organisation": "There is no organisation with this id."})
        return body
    row = Person.objects.filter(uuid=person).first() if person is not None else None
    if row is None:
        raise ValidationError({"person": "There is no person with this id."})
    return row


@router.get("/partnerships", response=rest.Page[PartnershipOut], operation_id="list_partnerships")
@rest.asks(policies.may_see)
def list_partnerships(
    request: HttpRequest,
    paging: rest.PageQuery,
    organisation: Annotated[UUID | None, Query(description="Only the one with this organisation.")] = None,
    person: Annotated[UUID | None, Query(description="Only the one with this person.")] = None,
    stage: Annotated[str, Query(max_length=8, description=f"Only those in this stage: {_STAGES}.")] = "",
    owner: Annotated[
        str, Query(max_length=254, description="Only those that the account with this e-mail keeps.")
    ] = "",
    silence: Annotated[
        str, Query(max_length=8, description=f"Only those whose silence is one of {_SILENCES}.")
    ] = "",
) -> Any:
    """All partnerships, ended ones too."""
    rows = _rows(request)
    if organisation:
        rows = rows.filter(organisation__uuid=organisation)
    if person:
        rows = rows.filter(person__uuid=person)
    if stage:
        if stage not in Stage.values:
            raise ValidationError({"stage": f"Write one of {_STAGES}."})
        rows = rows.filter(stage=stage)
    if owner:
        rows = rows.filter(owner__email=owner.casefold())
    if silence:
        if silence not in dict(facing.SILENCES):
            raise ValidationError({"silence": f"Write one of {_SILENCES}."})
        state = "" if silence == "none" else silence
        rows = rows.filter(selectors.in_silence(state, timezone.localdate()))
    return rest.page_of(rows, paging, _shape)


@router.post("/partnerships", response={201: PartnershipOut}, operation_id="create_partnership")
@rest.asks(policies.may_edit)
def create_partnership(request: HttpRequest, given: PartnershipIn) -> Any:
    """Begin a partnership."""
    said = _clean(given.model_dump(exclude_unset=True))
    partner = _partner(said.pop("organisation", None), said.pop("person", None))
    row = services.begin_partnership(partner, by=request.user, **said)
    return 201, _shape(rest.one(_rows(request), pk=row.pk))


@router.get("/partnerships/{uuid}", response=PartnershipOut, operation_id="read_partnership")
@rest.asks(policies.may_see)
def read_partnership(request: HttpRequest, uuid: UUID) -> Any:
    """One partnership."""
    return _shape(rest.one(_rows(request), uuid=uuid))


@router.patch("/partnerships/{uuid}", response=PartnershipOut, operation_id="change_partnership")
@rest.asks(policies.may_edit)
def change_partnership(request: HttpRequest, uuid: UUID, given: PartnershipPatch) -> Any:
    """Change owner, cadence, agreement or what it is about."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    services.change_partnership(row, by=request.user, **_clean(given.model_dump(exclude_unset=True)))
    return _shape(rest.one(_rows(request), uuid=uuid))


@router.delete("/partnerships/{uuid}", operation_id="remove_partnership")
@rest.asks(policies.may_remove)
def remove_partnership(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that was begun by mistake, with its histories. One that is over gets the stage `ended`."""
    services.remove_partnership(rest.one(selectors.listed(request.user), uuid=uuid), by=request.user)
    return 204, None


@router.post("/partnerships/{uuid}/snooze", response=PartnershipOut, operation_id="snooze_partnership")
@rest.asks(policies.may_edit)
def snooze_partnership(request: HttpRequest, uuid: UUID, given: PartnershipSnoozeIn) -> Any:
    """Let a silence be for a while, with the reason; or remind again."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    said = _clean(given.model_dump())
    if said["until"] is None:
        waits = snoozes.of_thing(selectors.CARD, Ref.to(row), timezone.localdate())
        if waits is not None:
            snoozing.wake(waits, by=request.user)
    else:
        snoozing.snooze(selectors.CARD, Ref.to(row), by=request.user, **said)
    return _shape(rest.one(_rows(request), uuid=uuid))


@router.get(
    "/partnership-stages", response=rest.Page[PartnershipStageOut], operation_id="list_partnership_stages"
)
@rest.asks(policies.may_see)
def list_stages(
    request: HttpRequest,
    paging: rest.PageQuery,
    partnership: Annotated[UUID | None, Query(description="Only those of this partnership.")] = None,
) -> Any:
    """The history of stages, line by line."""
    rows = selectors.stages_listed(request.user)
    if partnership:
        rows = rows.filter(partnership__uuid=partnership)
    return rest.page_of(rows, paging, _stage)


@router.post(
    "/partnerships/{uuid}/stages", response={201: PartnershipStageOut}, operation_id="move_partnership"
)
@rest.asks(policies.may_edit)
def move_partnership(request: HttpRequest, uuid: UUID, given: PartnershipStageIn) -> Any:
    """Another stage; the latest day counts."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    done = services.move_stage(row, by=request.user, **_clean(given.model_dump()))
    key = done.changes.values_list("key", flat=True).get()
    return 201, _stage(rest.one(selectors.stages_listed(), pk=key))


@router.get(
    "/partnership-ratings", response=rest.Page[PartnershipRatingOut], operation_id="list_partnership_ratings"
)
@rest.asks(policies.may_see)
def list_ratings(
    request: HttpRequest,
    paging: rest.PageQuery,
    partnership: Annotated[UUID | None, Query(description="Only those of this partnership.")] = None,
) -> Any:
    """All ratings, earlier ones too."""
    rows = selectors.ratings_listed(request.user)
    if partnership:
        rows = rows.filter(partnership__uuid=partnership)
    return rest.page_of(rows, paging, _rating)


@router.post(
    "/partnerships/{uuid}/ratings", response={201: PartnershipRatingOut}, operation_id="rate_partnership"
)
@rest.asks(policies.may_edit)
def rate_partnership(request: HttpRequest, uuid: UUID, given: PartnershipRatingIn) -> Any:
    """Add a rating; the latest day counts."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    done = services.rate(row, by=request.user, **_clean(given.model_dump()))
    key = done.changes.values_list("key", flat=True).get()
    return 201, _rating(rest.one(selectors.ratings_listed(), pk=key))


@router.delete("/partnership-ratings/{uuid}", operation_id="remove_partnership_rating")
@rest.asks(policies.may_edit)
def remove_rating(request: HttpRequest, uuid: UUID) -> Any:
    """Take a rating away that was written by mistake; the latest of those that stay counts."""
    services.remove_rating(rest.one(selectors.ratings_listed(request.user), uuid=uuid), by=request.user)
    return 204, None
