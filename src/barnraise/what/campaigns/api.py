"""Campaigns for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.foundation.policy import Refused
from barnraise.plumbing.ui import rest
from barnraise.who.audiences import selectors as audiences
from barnraise.who.consent import selectors as consents

from . import checking, policies, selectors, services
from .models import Campaign, CampaignReader

router = rest.router(tags=["Campaigns"])
_KINDS = ", ".join(Campaign.Kind.values)
_STATES = ", ".join(Campaign.State.values)
_ANSWERS = ", ".join(CampaignReader.Answer.values)


class CampaignOut(Schema):
    """A mail to many."""

    id: UUID = Field(description="Its id.")
    kind: str = Field(description=f"One of {_KINDS}.")
    name: str = Field(description="What the team calls it.")
    state: str = Field(description=f"How far it has come: one of {_STATES}.")
    subject: str = Field(description="The subject; may hold placeholders like {{given_name}}.")
    preview: str = Field(description="What mail programs show beside the subject.")
    language: str = Field(description="The language it is written in, as a code.")
    languages: list[str] = Field(description="All languages it is written in, its own first.")
    blocks: list[dict[str, str]] = Field(
        description="What it says, top to bottom: kind and the block's fields."
    )
    audience: UUID | None = Field(description="To whom it goes; null while nobody was chosen.")
    purpose: UUID | None = Field(
        description="The purpose that its readers agreed to; null while none was chosen."
    )
    reply_to: str = Field(description="Where answers go.")
    cites: str = Field(description="Typed reference to what it serves, like goals.goal:3.")
    occasion: str = Field(description="Typed reference to what it invites to.")
    send_at: datetime | None = Field(description="When it goes out.")
    started_at: datetime | None = Field(description="When sending began.")
    finished_at: datetime | None = Field(description="When the last mail was written.")
    created_at: datetime = Field(description="When it was made.")
    updated_at: datetime = Field(description="When it changed last.")


class CampaignIn(Schema):
    """A campaign to make."""

    name: str = Field(min_length=1, max_length=120, description="What the team calls it.")
    kind: str = Field("newsletter", max_length=10, description=f"One of {_KINDS}.")
    subject: str = Field("", max_length=200, description="The subject.")
    preview: str = Field("", max_length=200, description="What mail programs show beside the subject.")
    language: str | None = Field(
        None, max_length=10, description="The language; the installation's where it is left out."
    )
    blocks: list[dict[str, str]] = Field(
        default_factory=list, max_length=60, description="What it says, top to bottom."
    )
    audience: UUID | None = Field(None, description="To whom it goes.")
    purpose: UUID | None = Field(None, description="The purpose that its readers agreed to.")
    reply_to: str = Field("", max_length=254, description="Where answers go.")
    cites: str = Field("", max_length=120, description="Typed reference to what it serves.")
    occasion: str = Field("", max_length=120, description="Typed reference to what it invites to.")


class CampaignPatch(Schema):
    """What to change; what is left out stays. An approval is taken back by it, except by another time."""

    name: str | None = Field(None, min_length=1, max_length=120, description="What the team calls it.")
    kind: str | None = Field(None, max_length=10, description=f"One of {_KINDS}.")
    subject: str | None = Field(None, max_length=200, description="The subject.")
    preview: str | None = Field(
        None, max_length=200, description="What mail programs show beside the subject."
    )
    language: str | None = Field(None, max_length=10, description="The language.")
    audience: UUID | None = Field(None, description="To whom it goes.")
    purpose: UUID | None = Field(None, description="The purpose that its readers agreed to.")
    blocks: list[dict[str, str]] | None = Field(
        None, max_length=60, description="All that it says, top to bottom, in place of what stood there."
    )
    reply_to: str | None = Field(None, max_length=254, description="Where answers go.")
    cites: str | None = Field(None, max_length=120, description="Typed reference to what it serves.")
    occasion: str | None = Field(None, max_length=120, description="Typed reference to what it invites to.")
    send_at: rest.Instant | None = Field(None, description="When it goes out, once it is approved.")


class CampaignBlockIn(Schema):
    """A block to add at the end."""

    kind: str = Field(
        max_length=60,
        description="Which kind: heading, text, button, picture, line, answer, or what rooms plug in.",
    )
    values: dict[str, str] = Field(default_factory=dict, description="The block's fields.")


class CampaignWordsIn(Schema):
    """What it says in a further language. All empty takes the language away."""

    subject: str = Field("", max_length=200, description="The subject.")
    preview: str = Field("", max_length=200, description="What mail programs show beside the subject.")
    blocks: list[dict[str, str]] = Field(
        default_factory=list, max_length=60, description="The words of each block, by place and field."
    )


class CampaignFault(Schema):
    """One thing that is wrong."""

    where: str = Field(description="The field, or blocks; empty for the whole.")
    words: str = Field(description="What is wrong.")
    is_grave: bool = Field(description="Whether it cannot be sent so.")


class CampaignCheck(Schema):
    """What is wrong before it goes, and how many would get it."""

    faults: list[CampaignFault] = Field(description="All that is wrong, the grave first.")
    reached: int = Field(description="How many may be written to.")
    left_out: dict[str, int] = Field(description="Why not -> how many of the audience.")


class CampaignReport(Schema):
    """What came of it. Opens are not claimed."""

    states: dict[str, int] = Field(description="How many mails are in which state of the outbox.")
    left_out: dict[str, int] = Field(description="Why not -> how many of the audience were not written to.")
    complaints: int = Field(description="How many readers complained.")
    unsubscribed: int = Field(description="How many readers unsubscribed.")
    answers: dict[str, int] = Field(description=f"How many answered what: {_ANSWERS}.")
    clicks: dict[str, int] = Field(description="Visits by target; nobody is told from another.")


class CampaignReaderOut(Schema):
    """Somebody to whom a campaign went."""

    id: UUID = Field(description="Its id.")
    campaign: UUID = Field(description="Which campaign.")
    person: UUID | None = Field(description="Who; null after an erasure.")
    mail: UUID | None = Field(description="The mail in the outbox.")
    mail_state: str = Field(description="What became of the mail.")
    answer: str = Field(description=f"What they answered: one of {_ANSWERS}, or empty.")
    answered_at: datetime | None = Field(description="When they answered last.")
    unsubscribed_at: datetime | None = Field(description="When they unsubscribed by this mail.")
    updated_at: datetime = Field(description="When it changed last.")


_FIELDS = (
    "kind", "name", "state", "subject", "preview", "language", "blocks", "reply_to", "cites", "occasion", "send_at", "started_at",
    "finished_at", "created_at", "updated_at",
)  # fmt: skip


def _campaign(row: Campaign) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "languages": row.languages,
        "audience": row.audience.uuid if row.audience else None,
        "purpose": row.purpose.uuid if row.purpose else None,
        **{name: getattr(row, name) for name in _FIELDS},
    }


def _reader(row: CampaignReader) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "campaign": row.campaign.uuid,
        "person": row.person.uuid if row.person else None,
        "mail": row.message.uuid if row.message else None,
        "mail_state": row.message.state if row.message else "",
        **{name: getattr(row, name) for name in ("answer", "answered_at", "unsubscribed_at", "updated_at")},
    }


def _said(given: dict[str, Any]) -> dict[str, Any]:
    """Arguments of the services. Raises ValidationError by field."""
    for name, rows, noun in (
        ("audience", audiences.live(), "audience"),
        ("purpose", consents.purposes_listed(), "purpose"),
    ):
        if given.get(name) is not None:
            found = rows.filter(uuid=given[name]).first()
            if found is None:
                raise ValidationError({name: f"There is no {noun} with this id."})
            given[name] = found
    return given


def _conflict(act: Any) -> Any:
    """What the state does not allow is a 409, what the role does not a 403, what a field says a 422."""
    try:
        return act()
    except Refused as no:
        raise rest.Problem(403, no.reason or "Your role does not allow this.") from None
    except ValidationError as no:
        if hasattr(no, "error_dict"):
            raise
        raise rest.Problem(409, " ".join(no.messages)) from None


def _one(request: HttpRequest, uuid: UUID) -> Campaign:
    return rest.one(selectors.listed(request.user), uuid=uuid)


@router.get("/campaigns", response=rest.Page[CampaignOut], operation_id="list_campaigns")
@rest.asks(policies.may_see)
def list_campaigns(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[
        str, Query(max_length=9, description=f"Only those in this state: one of {_STATES}.")
    ] = "",
) -> Any:
    """Newsletters and invitations."""
    rows = selectors.listed(request.user)
    return rest.page_of(rows.filter(state=state.replace("\x00", "")) if state else rows, paging, _campaign)


@router.post("/campaigns", response={201: CampaignOut}, operation_id="create_campaign")
@rest.asks(policies.may_write)
def create_campaign(request: HttpRequest, given: CampaignIn) -> Any:
    """Make a draft with its blocks."""
    said = _said(given.model_dump(exclude_none=True))
    parts = said.pop("blocks")
    with transaction.atomic():
        row = services.make_campaign(by=request.user, **said)
        for part in parts:
            values = {name: value for name, value in part.items() if name != "kind"}
            services.add_block(row, kind=part.get("kind", ""), values=values, by=request.user)
    return 201, _campaign(selectors.one(row.uuid))


@router.get("/campaigns/{uuid}", response=CampaignOut, operation_id="read_campaign")
@rest.asks(policies.may_see)
def read_campaign(request: HttpRequest, uuid: UUID) -> Any:
    """One campaign."""
    return _campaign(_one(request, uuid))


@router.patch("/campaigns/{uuid}", response=CampaignOut, operation_id="change_campaign")
@rest.asks(policies.may_write)
def change_campaign(request: HttpRequest, uuid: UUID, given: CampaignPatch) -> Any:
    """Change a campaign that has not gone; one that has is a 409."""
    row = _one(request, uuid)
    said = _said(given.model_dump(exclude_none=True))
    parts = said.pop("blocks", None)

    def change() -> None:
        with transaction.atomic():
            if said:
                services.change_campaign(row, by=request.user, **said)
            if parts is not None:
                services.set_blocks(row, blocks=parts, by=request.user)

    _conflict(change)
    return _campaign(selectors.one(uuid))


@router.delete("/campaigns/{uuid}", operation_id="remove_campaign")
@rest.asks(policies.may_remove)
def remove_campaign(request: HttpRequest, uuid: UUID) -> Any:
    """Remove one that never went; another is a 409."""
    row = _one(request, uuid)
    _conflict(lambda: services.remove_campaign(row, by=request.user))
    return 204, None


@router.post("/campaigns/{uuid}/blocks", response={201: CampaignOut}, operation_id="add_campaign_block")
@rest.asks(policies.may_write)
def add_block(request: HttpRequest, uuid: UUID, given: CampaignBlockIn) -> Any:
    """Add a block at the end."""
    row = _one(request, uuid)
    _conflict(lambda: services.add_block(row, kind=given.kind, values=given.values, by=request.user))
    return 201, _campaign(selectors.one(uuid))


@router.get("/campaigns/{uuid}/check", response=CampaignCheck, operation_id="check_campaign")
@rest.asks(policies.may_see)
def check_campaign(request: HttpRequest, uuid: UUID) -> Any:
    """What is wrong before it goes, and how many would get it."""
    row, now = _one(request, uuid), timezone.now()
    reach = selectors.reach_of(row, at=now)
    counts = reach.counts() if reach else {}
    found = [
        {"where": one.where, "words": one.words, "is_grave": one.is_grave}
        for one in checking.faults(row, at=now)
    ]
    return {"faults": found, "reached": counts.pop("", 0), "left_out": counts}


@router.post("/campaigns/{uuid}/approve", response=CampaignOut, operation_id="approve_campaign")
@rest.asks(policies.may_approve)
def approve_campaign(request: HttpRequest, uuid: UUID) -> Any:
    """Approve what somebody else wrote."""
    row = _one(request, uuid)
    _conflict(lambda: services.approve(row, by=request.user))
    return _campaign(selectors.one(uuid))


@router.post("/campaigns/{uuid}/send", response=CampaignOut, operation_id="send_campaign")
@rest.asks(policies.may_send)
def send_campaign(request: HttpRequest, uuid: UUID) -> Any:
    """Begin to send what was approved."""
    row = _one(request, uuid)
    _conflict(lambda: services.send(row, by=request.user))
    return _campaign(selectors.one(uuid))


@router.put("/campaigns/{uuid}/languages/{language}", response=CampaignOut, operation_id="translate_campaign")
@rest.asks(policies.may_write)
def translate_campaign(request: HttpRequest, uuid: UUID, language: str, given: CampaignWordsIn) -> Any:
    """Write it in a further language. An approval is taken back by it."""
    row = _one(request, uuid)
    rest.require(request, policies.may_edit, row)
    _conflict(lambda: services.translate_campaign(row, language=language, by=request.user, **given.dict()))
    return _campaign(selectors.one(uuid))


@router.post("/campaigns/{uuid}/cancel", response=CampaignOut, operation_id="cancel_campaign")
@rest.asks(policies.may_cancel)
def cancel_campaign(request: HttpRequest, uuid: UUID) -> Any:
    """Stop what has not gone."""
    row = _one(request, uuid)
    _conflict(lambda: services.cancel(row, by=request.user))
    return _campaign(selectors.one(uuid))


@router.get("/campaigns/{uuid}/report", response=CampaignReport, operation_id="read_campaign_report")
@rest.asks(policies.may_see)
def read_report(request: HttpRequest, uuid: UUID) -> Any:
    """What came of it."""
    row = _one(request, uuid)
    found = selectors.outcome(row)
    return {
        "states": found.states,
        "left_out": row.left_out,
        "complaints": found.complaints,
        "unsubscribed": found.unsubscribed,
        "answers": found.answers,
        "clicks": dict(found.clicks),
    }


@router.get("/campaign-readers", response=rest.Page[CampaignReaderOut], operation_id="list_campaign_readers")
@rest.asks(policies.may_see)
def list_readers(
    request: HttpRequest,
    paging: rest.PageQuery,
    campaign: Annotated[UUID | None, Query(description="Only those of this campaign.")] = None,
) -> Any:
    """To whom campaigns went, and what they answered."""
    rows = selectors.readers_listed(request.user)
    return rest.page_of(rows.filter(campaign__uuid=campaign) if campaign else rows, paging, _reader)
