"""Waves for programs. What one partner said of another is not given out: only measures are."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation

from . import policies, selectors, services
from .items import NAMES
from .models import Member, Wave

router = rest.router(tags=["Network"])


class WavePatch(Schema):
    """What to change; what is left out stays."""

    name: str | None = Field(None, max_length=200, description="Its name, of which there is one.")
    about: str | None = Field(None, max_length=2000, description="What for.")
    begins_on: rest.Day | None = Field(None, description="From when.")
    due_on: rest.Day | None = Field(None, description="Until when answers are asked.")


class WaveIn(WavePatch):
    """A wave to begin."""

    name: str = Field(max_length=200, description="Its name, of which there is one.")
    begins_on: rest.Day = Field(description="From when.")
    due_on: rest.Day = Field(description="Until when answers are asked.")
    organisations: list[UUID] = Field([], max_length=1000, description="The partners that are asked.")


class WaveOut(Schema):
    """A wave."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Its name.")
    about: str = Field(description="What for.")
    begins_on: date = Field(description="From when.")
    due_on: date = Field(description="Until when answers are asked.")
    ended_on: date | None = Field(description="When it was closed.")
    member_count: int = Field(description="How many partners are asked.")
    answered_count: int = Field(description="How many have answered.")
    updated_at: datetime = Field(description="When it changed last.")


class WaveMembersIn(Schema):
    """Who is asked too."""

    organisations: list[UUID] = Field(max_length=1000, description="The partners.")


class WaveTieIn(Schema):
    """What a partner says of another: from 1 (not at all) to 4 (fully), null where it says nothing."""

    of: UUID = Field(description="The organisation it is about.")
    t1: int | None = Field(None, description="They do what they said they would do.")
    t2: int | None = Field(None, description="They want the same as we do.")
    t3: int | None = Field(None, description="We can speak openly with them.")
    v1: int | None = Field(None, description="Their voice carries weight.")
    v2: int | None = Field(None, description="They take an active part.")
    v3: int | None = Field(None, description="They bring money, people, space or knowledge.")


class WaveAnswerIn(Schema):
    """What a partner says, in place of what it said before."""

    organisation: UUID = Field(description="Who says it.")
    ties: list[WaveTieIn] = Field(max_length=1000, description="Of whom, and what.")
    signed_by: str = Field("", max_length=200, description="Who answered for it.")


class WaveStandingOut(Schema):
    """A partner in the network of a wave."""

    organisation: UUID = Field(description="The partner.")
    answered_at: datetime | None = Field(description="When it answered.")
    partners: int = Field(description="With how many it works.")
    betweenness: float = Field(
        description="0 to 1: how often it stands on the shortest way between two others."
    )
    trust: float | None = Field(description="0 to 100; null where fewer than three said something of it.")
    value: float | None = Field(description="0 to 100; null where fewer than three said something of it.")


class WaveMeasuresOut(Schema):
    """What a wave says together."""

    members: int = Field(description="How many partners are asked.")
    answered: int = Field(description="How many have answered.")
    pairs: int = Field(description="Pairs that work together, as one of the two said.")
    density: float | None = Field(description="The share of all pairs; null for fewer than two partners.")
    centralisation: float | None = Field(
        description="Degree centralisation; null for fewer than three partners."
    )
    trust: float | None = Field(description="0 to 100 over all; null where it would tell of a hidden one.")
    value: float | None = Field(description="0 to 100 over all; null where it would tell of a hidden one.")
    standings: list[WaveStandingOut] = Field(description="The partners.")


_PLAIN = ("name", "about", "begins_on", "due_on", "ended_on", "member_count", "answered_count", "updated_at")


def _shape(row: Any) -> dict[str, Any]:
    return {"id": row.uuid, **{name: getattr(row, name) for name in _PLAIN}}


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    if "about" in given and given["about"] is None:
        given["about"] = ""
    return {name: value for name, value in given.items() if value is not None}


def _bodies(uuids: list[UUID]) -> list[Organisation]:
    rows = list(Organisation.objects.filter(uuid__in=uuids).order_by("pk"))
    if len(rows) != len(set(uuids)):
        raise ValidationError({"organisations": "There is no organisation with one of these ids."})
    return rows


def _one(request: HttpRequest, uuid: UUID) -> Wave:
    found: Wave = rest.one(selectors.listed(request.user), uuid=uuid)
    return found


@router.get("/waves", response=rest.Page[WaveOut], operation_id="list_waves")
@rest.asks(policies.may_see)
def list_waves(
    request: HttpRequest,
    paging: rest.PageQuery,
    closed: Annotated[bool | None, Query(description="Only closed ones, or only open ones.")] = None,
) -> Any:
    """All waves."""
    rows: Any = selectors.listed(request.user)
    if closed is not None:
        rows = rows.filter(ended_on__isnull=not closed)
    return rest.page_of(rows, paging, _shape)


@router.post("/waves", response={201: WaveOut}, operation_id="create_wave")
@rest.asks(policies.may_edit)
def create_wave(request: HttpRequest, given: WaveIn) -> Any:
    """Begin a wave."""
    said = _clean(given.model_dump(exclude_unset=True))
    bodies = _bodies(said.pop("organisations", []))
    return 201, _shape(services.begin_wave(by=request.user, organisations=bodies, **said))


@router.get("/waves/{uuid}", response=WaveOut, operation_id="read_wave")
@rest.asks(policies.may_see)
def read_wave(request: HttpRequest, uuid: UUID) -> Any:
    """One wave."""
    return _shape(_one(request, uuid))


@router.patch("/waves/{uuid}", response=WaveOut, operation_id="change_wave")
@rest.asks(policies.may_edit)
def change_wave(request: HttpRequest, uuid: UUID, given: WavePatch) -> Any:
    """Change its name, words or days."""
    values = _clean(given.model_dump(exclude_unset=True))
    return _shape(services.change_wave(_one(request, uuid), by=request.user, **values))


@router.delete("/waves/{uuid}", operation_id="remove_wave")
@rest.asks(policies.may_remove)
def remove_wave(request: HttpRequest, uuid: UUID) -> Any:
    """Take away an open wave with all that was said in it."""
    services.remove_wave(_one(request, uuid), by=request.user)
    return 204, None


@router.post("/waves/{uuid}/partners", response=WaveOut, operation_id="add_wave_partners")
@rest.asks(policies.may_edit)
def add_wave_partners(request: HttpRequest, uuid: UUID, given: WaveMembersIn) -> Any:
    """Ask more partners."""
    services.add_members(_one(request, uuid), _bodies(given.organisations), by=request.user)
    return _shape(_one(request, uuid))


@router.post("/waves/{uuid}/answers", response=WaveOut, operation_id="answer_wave")
@rest.asks(policies.may_edit)
def answer_wave(request: HttpRequest, uuid: UUID, given: WaveAnswerIn) -> Any:
    """Keep what a partner of the wave says, from paper or another tool."""
    wave = _one(request, uuid)
    members = {row.organisation.uuid: row for row in selectors.members_of(wave)}
    wanted = [given.organisation, *(one.of for one in given.ties)]
    if any(one not in members for one in wanted):
        raise ValidationError({"organisation": "This organisation is not asked in this wave."})
    if "\x00" in given.signed_by:
        raise ValidationError({"signed_by": "It contains a character that cannot be stored."})
    said = {members[one.of].pk: {name: getattr(one, name) for name in NAMES} for one in given.ties}
    giver: Member = members[given.organisation]
    services.answer(giver, said, signed_by=given.signed_by, by=request.user)
    return _shape(_one(request, uuid))


@router.post("/waves/{uuid}/close", response=WaveOut, operation_id="close_wave")
@rest.asks(policies.may_edit)
def close_wave(request: HttpRequest, uuid: UUID) -> Any:
    """No answer comes in any more."""
    services.close_wave(_one(request, uuid), by=request.user)
    return _shape(_one(request, uuid))


@router.delete("/waves/{uuid}/close", response=WaveOut, operation_id="open_wave")
@rest.asks(policies.may_edit)
def open_wave(request: HttpRequest, uuid: UUID) -> Any:
    """Answers come in again."""
    services.open_again(_one(request, uuid), by=request.user)
    return _shape(_one(request, uuid))


@router.get("/waves/{uuid}/measures", response=WaveMeasuresOut, operation_id="measure_wave")
@rest.asks(policies.may_see)
def measure_wave(request: HttpRequest, uuid: UUID) -> Any:
    """Density, centralisation, betweenness, trust and value."""
    found = selectors.measured(_one(request, uuid))
    return {
        "members": found.shape.members,
        "answered": found.answered,
        "pairs": found.shape.pairs,
        "density": found.shape.density,
        "centralisation": found.shape.centralisation,
        "trust": found.trust,
        "value": found.value,
        "standings": [
            {
                "organisation": one.member.organisation.uuid,
                "answered_at": one.member.answered_at,
                "partners": one.partners,
                "betweenness": one.betweenness,
                "trust": one.trust,
                "value": one.value,
            }
            for one in found.standings
        ],
    }
