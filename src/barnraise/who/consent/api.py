"""Purposes and consents for programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.foundation.text import fold
from barnraise.plumbing.ui import rest
from barnraise.who.people import selectors as people
from barnraise.who.people.models import Person

from . import policies, selectors, services
from .models import Consent, Purpose, Standing, Wording
from .models.purpose import Channel

router = rest.router(tags=["Consents"])

_CHANNELS = ", ".join(Channel.values)
_SOURCES = ", ".join(Consent.Source.values)
_REASONS = ", ".join(selectors.NOT_REACHED)


class PurposeOut(Schema):
    """One thing that people agree to or not."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Name; unique, case and accents do not count.")
    about: str = Field(description="What it is, for the team.")
    channels: list[str] = Field(description=f"Channels that people are offered for it: {_CHANNELS}.")
    texts: dict[str, str] = Field(description="The words in which people are asked now, by language.")
    version: int = Field(description="Which version of the words that is.")
    ended_at: datetime | None = Field(
        description="Since when nobody is asked any more; null while people are."
    )
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


class PurposeIn(Schema):
    """A purpose to add."""

    name: str = Field(min_length=1, max_length=120, description="Name.")
    channels: list[str] = Field(max_length=20, description=f"Channels: some of {_CHANNELS}.")
    texts: dict[str, str] = Field(description="The words in which people are asked, by language code.")
    about: str = Field("", max_length=2000, description="What it is, for the team.")


class PurposePatch(Schema):
    """What to change; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=120, description="Name.")
    channels: list[str] | None = Field(None, max_length=20, description=f"Channels: some of {_CHANNELS}.")
    texts: dict[str, str] | None = Field(None, description="Other words are a new version of them.")
    about: str | None = Field(None, max_length=2000, description="What it is, for the team.")
    is_ended: bool | None = Field(None, strict=True, description="true ends it, false goes on with it.")


class ConsentOut(Schema):
    """One line of the record."""

    id: UUID = Field(description="Its id.")
    person: UUID = Field(description="Who said so.")
    purpose: UUID = Field(description="For what.")
    channel: str = Field(description=f"By which channel: one of {_CHANNELS}.")
    is_given: bool = Field(description="Whether it was given; else it was withdrawn.")
    source: str = Field(description=f"How it was said: one of {_SOURCES}.")
    proof: str = Field(description="Where it can be looked up.")
    version: int | None = Field(
        description="Which version of the words was agreed to; null when none is known."
    )
    happened_at: datetime = Field(description="When the person said so.")
    expires_on: date | None = Field(description="The last day on which it counts; null when it has none.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it was noted, or followed its person in a merge.")


class ConsentIn(Schema):
    """A line to add. Nothing is ever changed: what was said last counts."""

    person: UUID = Field(description="Who said so.")
    purpose: UUID = Field(description="For what.")
    channel: str = Field(max_length=8, description=f"By which channel: one of {_CHANNELS}.")
    is_given: bool = Field(description="Whether it is given; false withdraws it.")
    source: str = Field(max_length=12, description=f"How it was said: one of {_SOURCES}.")
    proof: str = Field("", max_length=300, description="Where it can be looked up.")
    happened_at: rest.Instant | None = Field(None, description="When it was said; now where it is left out.")
    expires_on: date | None = Field(None, description="The last day on which it counts.")


class ConsentStandingOut(Schema):
    """What stands: the last word of a person on a purpose and a channel."""

    id: UUID = Field(description="Its id.")
    person: UUID = Field(description="Whose word it is.")
    purpose: UUID = Field(description="For what.")
    channel: str = Field(description=f"By which channel: one of {_CHANNELS}.")
    is_given: bool = Field(description="Whether it was given; else it was withdrawn.")
    since_at: datetime = Field(description="When that was said.")
    expires_on: date | None = Field(description="The last day on which it counts.")
    updated_at: datetime = Field(description="When it changed last.")


class ReachOut(Schema):
    """Whether a person may be contacted."""

    person: UUID = Field(description="Who.")
    purpose: UUID = Field(description="For what.")
    channel: str = Field(description="By which channel.")
    is_reachable: bool = Field(description="Whether they may be contacted now.")
    reason: str = Field(description=f"Why not: one of {_REASONS}; empty when they may.")
    words: str = Field(description="The reason as a sentence.")


def _purpose(row: Purpose, wordings: Mapping[int, Wording] | None = None) -> dict[str, Any]:
    wording = (wordings if wordings is not None else selectors.current_wordings([row])).get(row.pk)
    names = ("name", "about", "channels", "ended_at", "created_at", "updated_at")
    return {
        "id": row.uuid,
        **{name: getattr(row, name) for name in names},
        "texts": wording.texts if wording else {},
        "version": wording.number if wording else 0,
    }


def _consent(row: Consent) -> dict[str, Any]:
    names = (
        "channel",
        "is_given",
        "source",
        "proof",
        "happened_at",
        "expires_on",
        "created_at",
        "updated_at",
    )
    return {
        "id": row.uuid,
        "person": row.person.uuid,
        "purpose": row.purpose.uuid,
        "version": row.wording.number if row.wording else None,
        **{name: getattr(row, name) for name in names},
    }


def _standing(row: Standing) -> dict[str, Any]:
    names = ("channel", "is_given", "since_at", "expires_on", "updated_at")
    said = {name: getattr(row, name) for name in names}
    return {"id": row.uuid, "person": row.person.uuid, "purpose": row.purpose.uuid, **said}


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    texts = [value for value in given.values() if isinstance(value, str)]
    texts += [text for pair in (given.get("texts") or {}).items() for text in pair]
    texts += given.get("channels") or []
    if any("\x00" in text for text in texts):
        raise ValidationError("A text contains a character that cannot be stored.")
    if any(not 2 <= len(language) <= 10 for language in (given.get("texts") or {})):
        raise ValidationError({"texts": "Write languages as codes of two to ten letters, such as en."})
    return given


def _one_person(uuid: UUID) -> Person:
    row = people.listed().filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({"person": "There is no person with this id."})
    return row


def _one_purpose(uuid: UUID) -> Purpose:
    row = selectors.purposes_listed().filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({"purpose": "There is no purpose with this id."})
    return row


def _channel(code: str) -> str:
    if code not in Channel.values:
        raise ValidationError({"channel": f"Write one of {_CHANNELS}."})
    return code


@router.get("/consent-purposes", response=rest.Page[PurposeOut], operation_id="list_consent_purposes")
@rest.asks(policies.may_see)
def list_purposes(
    request: HttpRequest,
    paging: rest.PageQuery,
    is_ended: Annotated[
        bool | None, Query(description="Only ended ones, or only those people are asked about.")
    ] = None,
    name: Annotated[str, Query(max_length=120, description="Only the one of this name.")] = "",
) -> Any:
    """What people are asked, ended ones too, or those that pass."""
    wordings: dict[int, Wording] = {}

    def read(rows: list[Purpose]) -> None:
        wordings.update(selectors.current_wordings(rows))

    rows = selectors.purposes_listed(request.user)
    rows = rows if is_ended is None else rows.filter(ended_at__isnull=not is_ended)
    rows = rows.filter(name_folded=fold(name.replace("\x00", ""))[:120]) if name else rows
    return rest.page_of(rows, paging, lambda row: _purpose(row, wordings), prepare=read)


@router.post("/consent-purposes", response={201: PurposeOut}, operation_id="create_consent_purpose")
@rest.asks(policies.may_shape)
def create_purpose(request: HttpRequest, given: PurposeIn) -> Any:
    """Add a purpose with the first version of its words."""
    return 201, _purpose(services.add_purpose(by=request.user, **_clean(given.model_dump())))


@router.get("/consent-purposes/{uuid}", response=PurposeOut, operation_id="read_consent_purpose")
@rest.asks(policies.may_see)
def read_purpose(request: HttpRequest, uuid: UUID) -> Any:
    """One purpose."""
    return _purpose(rest.one(selectors.purposes_listed(request.user), uuid=uuid))


@router.patch("/consent-purposes/{uuid}", response=PurposeOut, operation_id="change_consent_purpose")
@rest.asks(policies.may_shape)
def change_purpose(request: HttpRequest, uuid: UUID, given: PurposePatch) -> Any:
    """Change, word anew, end or go on with a purpose."""
    row = rest.one(selectors.purposes_listed(request.user), uuid=uuid)
    said = _clean(given.model_dump(exclude_none=True))
    is_ended = said.pop("is_ended", None)
    if said:
        services.change_purpose(row, by=request.user, **said)
    if is_ended is not None:
        (services.end_purpose if is_ended else services.reopen_purpose)(row, by=request.user)
    return _purpose(rest.one(selectors.purposes_listed(request.user), uuid=uuid))


@router.delete("/consent-purposes/{uuid}", operation_id="remove_consent_purpose")
@rest.asks(policies.may_shape)
def remove_purpose(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a purpose that nobody has said anything about; another is a 409: end it instead."""
    try:
        services.remove_purpose(rest.one(selectors.purposes_listed(), uuid=uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None


@router.get("/consents", response=rest.Page[ConsentOut], operation_id="list_consents")
@rest.asks(policies.may_see)
def list_consents(
    request: HttpRequest,
    paging: rest.PageQuery,
    person: Annotated[UUID | None, Query(description="Only what this person said.")] = None,
    purpose: Annotated[UUID | None, Query(description="Only what was said about this purpose.")] = None,
) -> Any:
    """The record, line by line. Lines are only added."""
    rows = selectors.consents_listed(request.user)
    if person:
        rows = rows.filter(person__uuid=person)
    if purpose:
        rows = rows.filter(purpose__uuid=purpose)
    return rest.page_of(rows, paging, _consent)


@router.post("/consents", response={201: ConsentOut}, operation_id="create_consent")
@rest.asks(policies.may_record)
def create_consent(request: HttpRequest, given: ConsentIn) -> Any:
    """Add a line: a person gave or withdrew consent."""
    said = _clean(given.model_dump())
    person, purpose = _one_person(said.pop("person")), _one_purpose(said.pop("purpose"))
    channel = said.pop("channel")
    done = services.record_consent(person, by=request.user, purpose=purpose, channels=[channel], **said)
    key = done.changes.values_list("key", flat=True).get()
    return 201, _consent(rest.one(selectors.consents_listed(), pk=key))


@router.get("/consents/{uuid}", response=ConsentOut, operation_id="read_consent")
@rest.asks(policies.may_see)
def read_consent(request: HttpRequest, uuid: UUID) -> Any:
    """One line of the record."""
    return _consent(rest.one(selectors.consents_listed(request.user), uuid=uuid))


@router.get(
    "/consents-standing", response=rest.Page[ConsentStandingOut], operation_id="list_consents_standing"
)
@rest.asks(policies.may_see)
def list_standing(
    request: HttpRequest,
    paging: rest.PageQuery,
    person: Annotated[UUID | None, Query(description="Only those of this person.")] = None,
    purpose: Annotated[UUID | None, Query(description="Only those about this purpose.")] = None,
    is_given: Annotated[bool | None, Query(description="Only given ones, or only withdrawn ones.")] = None,
) -> Any:
    """The last word of everybody."""
    rows = selectors.standings_listed(request.user)
    if person:
        rows = rows.filter(person__uuid=person)
    if purpose:
        rows = rows.filter(purpose__uuid=purpose)
    if is_given is not None:
        rows = rows.filter(is_given=is_given)
    return rest.page_of(rows, paging, _standing)


@router.get("/people/{uuid}/reachable", response=ReachOut, operation_id="read_reachable")
@rest.asks(policies.may_see)
def read_reachable(
    request: HttpRequest,
    uuid: UUID,
    purpose: Annotated[UUID, Query(description="For what.")],
    channel: Annotated[str, Query(max_length=8, description=f"By which channel: one of {_CHANNELS}.")],
) -> Any:
    """Whether a person may be contacted now for a purpose by a channel, and if not, why."""
    person = rest.one(people.listed(request.user), uuid=uuid)
    row, code = _one_purpose(purpose), _channel(channel)
    why = selectors.may_contact(person, channel=code, purpose=row, at=timezone.now())
    words = selectors.words_of(why, row, code) if why else ""
    said = {"is_reachable": not why, "reason": why, "words": words}
    return {"person": person.uuid, "purpose": row.uuid, "channel": code, **said}
