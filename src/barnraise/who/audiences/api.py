"""Audiences and their people for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.consent import selectors as consents
from barnraise.who.consent.models import Purpose
from barnraise.who.consent.models.purpose import Channel

from . import policies, selectors, services
from .models import Audience
from .sockets import criteria

router = rest.router(tags=["Audiences"])
_MODES = ", ".join(Audience.Mode.values)
_CHANNELS = ", ".join(Channel.values)


class AudienceRule(Schema):
    """People for whom any of the values of a criterion holds, or none of them."""

    criterion: str = Field(max_length=60, description="Name of the criterion; see /audience-criteria.")
    values: list[str] = Field(max_length=200, description="Its values, as /audience-criteria tells them.")
    is_not: bool = Field(False, description="true: people for whom none of the values holds.")


class AudiencePatch(Schema):
    """What to change; what is left out stays. `rules` stand instead of those that stood."""

    name: str | None = Field(None, min_length=1, max_length=120, description="Name.")
    about: str | None = Field(None, max_length=300, description="What it is for.")
    mode: str | None = Field(None, max_length=3, description=f"Which of the rules have to hold: {_MODES}.")
    purpose: UUID | None = Field(None, description="What its people are usually written to for.")
    channel: str | None = Field(None, max_length=8, description=f"By which channel: {_CHANNELS}, or empty.")
    rules: list[AudienceRule] | None = Field(None, max_length=30, description="The rules, in order.")
    is_ended: bool | None = Field(None, strict=True, description="true ends it, false uses it again.")


class AudienceIn(Schema):
    """An audience to make."""

    name: str = Field(min_length=1, max_length=120, description="Name; case and accents do not count.")
    about: str = Field("", max_length=300, description="What it is for.")
    mode: str = Field("all", max_length=3, description=f"Which of the rules have to hold: {_MODES}.")
    purpose: UUID | None = Field(None, description="What its people are usually written to for.")
    channel: str = Field("", max_length=8, description=f"By which channel: {_CHANNELS}.")
    rules: list[AudienceRule] = Field([], max_length=30, description="The rules, in order.")


class AudienceOut(Schema):
    """A saved description of a set of people."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Name.")
    about: str = Field(description="What it is for.")
    mode: str = Field(description=f"Which of the rules have to hold: {_MODES}.")
    purpose: UUID | None = Field(description="What its people are usually written to for.")
    channel: str = Field(description="By which channel.")
    rules: list[AudienceRule] = Field(description="The rules, in order.")
    ended_at: datetime | None = Field(description="Since when it is offered to nobody any more.")
    created_at: datetime = Field(description="When it was made.")
    updated_at: datetime = Field(description="When it changed last.")


class AudienceValue(Schema):
    """A value of a criterion."""

    value: str = Field(description="As rules say it.")
    label: str = Field(description="As people read it.")


class AudienceCriterion(Schema):
    """A way to tell people apart."""

    name: str = Field(description="As rules say it.")
    title: str = Field(description="As people read it.")
    values: list[AudienceValue] = Field(description="The values it offers.")


class AudienceMember(Schema):
    """Somebody who belongs to an audience now."""

    id: UUID = Field(description="The person.")
    name: str = Field(description="Their name.")
    updated_at: datetime = Field(description="When the person changed last.")


class AudienceReach(Schema):
    """Who of an audience may be contacted now."""

    audience: UUID = Field(description="The audience.")
    people: int = Field(description="How many people belong to it.")
    reachable: int = Field(description="How many of them may be contacted.")
    reasons: dict[str, int] = Field(
        description=f"How many are not, by the first reason that holds: {', '.join(consents.NOT_REACHED)}."
    )


_PLAIN = ("name", "about", "mode", "channel", "ended_at", "created_at", "updated_at")


def _shape(row: Audience) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "purpose": row.purpose.uuid if row.purpose else None,
        "rules": [
            {"criterion": one.criterion, "values": one.values, "is_not": one.is_not}
            for one in selectors.rules_of(row)
        ],
        **{name: getattr(row, name) for name in _PLAIN},
    }


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    if given.get("purpose") is not None:
        given["purpose"] = _purpose(given["purpose"])
    if given.get("rules") is not None:
        given["rules"] = [services.Given(**one) for one in given["rules"]]
    return given


def _purpose(uuid: UUID) -> Purpose:
    row = Purpose.objects.filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({"purpose": "There is no purpose with this id."})
    return row


@router.get("/audience-criteria", response=list[AudienceCriterion], operation_id="list_audience_criteria")
@rest.asks(policies.may_see)
def list_criteria(request: HttpRequest) -> Any:
    """The ways to tell people apart, with the values they offer."""
    return [
        {
            "name": name,
            "title": str(plug.title),
            "values": [{"value": value, "label": str(label)} for value, label in selectors.options_of(name)],
        }
        for name, plug in criteria.items()
    ]


@router.get("/audiences", response=rest.Page[AudienceOut], operation_id="list_audiences")
@rest.asks(policies.may_see)
def list_audiences(
    request: HttpRequest,
    paging: rest.PageQuery,
    is_ended: Annotated[bool | None, Query(description="Only ended ones, or only those in use.")] = None,
) -> Any:
    """All audiences, ended ones too."""
    rows = selectors.listed(request.user)
    if is_ended is not None:
        rows = rows.filter(ended_at__isnull=not is_ended)
    return rest.page_of(rows, paging, _shape)


@router.post("/audiences", response={201: AudienceOut}, operation_id="create_audience")
@rest.asks(policies.may_edit)
def create_audience(request: HttpRequest, given: AudienceIn) -> Any:
    """Make an audience with its rules."""
    row = services.make_audience(by=request.user, **_clean(given.model_dump()))
    return 201, _shape(selectors.one(row.uuid))


@router.get("/audiences/{uuid}", response=AudienceOut, operation_id="read_audience")
@rest.asks(policies.may_see)
def read_audience(request: HttpRequest, uuid: UUID) -> Any:
    """One audience."""
    return _shape(rest.one(selectors.listed(request.user), uuid=uuid))


@router.patch("/audiences/{uuid}", response=AudienceOut, operation_id="change_audience")
@rest.asks(policies.may_edit)
def change_audience(request: HttpRequest, uuid: UUID, given: AudiencePatch) -> Any:
    """Change, end or use again an audience."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    said = _clean(given.model_dump(exclude_unset=True))
    said = {name: value for name, value in said.items() if value is not None or name == "purpose"}
    rules, is_ended = said.pop("rules", None), said.pop("is_ended", None)
    if said:
        services.change_audience(row, by=request.user, **said)
    if rules is not None:
        services.set_rules(row, rules, by=request.user)
    if is_ended is not None:
        (services.end_audience if is_ended else services.reopen_audience)(row, by=request.user)
    return _shape(selectors.one(uuid))


@router.delete("/audiences/{uuid}", operation_id="remove_audience")
@rest.asks(policies.may_remove)
def remove_audience(request: HttpRequest, uuid: UUID) -> Any:
    """Take an audience away; its people stay. One that something was sent to is a 409: end it instead."""
    try:
        services.remove_audience(rest.one(selectors.listed(request.user), uuid=uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None


@router.get(
    "/audiences/{uuid}/people", response=rest.Page[AudienceMember], operation_id="list_audience_people"
)
@rest.asks(policies.may_see)
def list_people(request: HttpRequest, uuid: UUID, paging: rest.PageQuery) -> Any:
    """Who belongs to it now."""
    rows = selectors.members(rest.one(selectors.listed(request.user), uuid=uuid))
    return rest.page_of(
        rows,
        paging,
        lambda row: {"id": row.uuid, "name": row.display_name, "updated_at": row.updated_at},
    )


@router.get("/audiences/{uuid}/reach", response=AudienceReach, operation_id="read_audience_reach")
@rest.asks(policies.may_see)
def read_reach(
    request: HttpRequest,
    uuid: UUID,
    purpose: Annotated[UUID, Query(description="For what.")],
    channel: Annotated[str, Query(max_length=8, description=f"By which channel: one of {_CHANNELS}.")],
) -> Any:
    """How many of its people may be contacted now, and why the others may not."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    if channel not in Channel.values:
        raise ValidationError({"channel": f"Write one of {_CHANNELS}."})
    reach = selectors.reach_of(row, purpose=_purpose(purpose), channel=channel, at=timezone.now())
    counts = reach.counts()
    reached = counts.pop("", 0)
    return {
        "audience": row.uuid,
        "people": reached + sum(counts.values()),
        "reachable": reached,
        "reasons": counts,
    }
