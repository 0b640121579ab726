"""Mails for programs: file one, and say whose the addresses are that nobody in the directory has."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.people.models import Person

from .. import policies, selectors, services
from ..models import Interaction, MailProposal
from ..services import Filed, looks_like_mail
from .given import SEEN, of, rows_of

router = rest.router(tags=["Interactions"])
MAIL_TYPE = "message/rfc822"


class Refused(Schema):
    """An attachment that was not kept."""

    name: str = Field(description="What the file is called.")
    reason: str = Field(description="Why it was not kept.")


class FiledOut(Schema):
    """What became of a mail."""

    interaction: UUID | None = Field(
        description="The interaction it is; null when it was not filed, or was filed before where the caller may not read it."
    )
    is_new: bool = Field(description="False when the same mail had been filed before.")
    reason: str = Field(description="Why it was not filed, in a sentence; empty when it was.")
    proposed: int = Field(description="How many of its addresses nobody in the directory has.")
    refused: list[Refused] = Field(description="Attachments that were not kept.")


class ProposalOut(Schema):
    """An address of a filed mail that nobody in the directory has."""

    id: UUID = Field(description="Its id.")
    address: str = Field(description="The address, in lower case.")
    name: str = Field(description="What the mail calls it.")
    place: str = Field(description=f"Where it stood. {of(MailProposal.Place.values)}")
    state: str = Field(description=of(MailProposal.State.values))
    interaction: UUID = Field(description="The mail.")
    person: UUID | None = Field(description="Who it turned out to be.")
    updated_at: datetime = Field(description="When it changed last.")


class NewPerson(Schema):
    """Somebody who is not in the directory yet."""

    given_name: str = Field("", max_length=100, description="Given name; one of the two is needed.")
    family_name: str = Field("", max_length=100, description="Family name.")


class DecisionIn(Schema):
    """Who an unknown address is."""

    person: UUID | None = Field(
        description="The person it belongs to; null is nobody of ours, or the new person below."
    )
    new_person: NewPerson | None = Field(
        None, description="With `person` null: add this person, with the address and all mails that name it."
    )


def _body(request: HttpRequest) -> bytes:
    """The mail as it was sent. Raises Problem 415, 413 or 422."""
    if request.content_type != MAIL_TYPE:
        raise rest.Problem(415, f"Send the mail as it is, with Content-Type: {MAIL_TYPE}.")
    most = settings.ENVIRONMENT.mail_limit_mb * 1024 * 1024
    raw: bytes = request.read(most + 1)
    if len(raw) > most:
        raise rest.Problem(413, f"It is larger than {settings.ENVIRONMENT.mail_limit_mb} MB.")
    if not looks_like_mail(raw):
        raise rest.Problem(422, "This is no mail: it has neither a sender nor a Message-ID.")
    return raw


def _filed(done: Filed, actor: Any) -> dict[str, Any]:
    row = done.interaction
    return {
        "interaction": row.uuid if row is not None and policies.may_see(actor, row) else None,
        "is_new": done.is_new,
        "reason": done.reason,
        "proposed": done.proposed,
        "refused": [{"name": name, "reason": reason} for name, reason in done.refused],
    }


@router.post(
    "/mails",
    response={200: FiledOut, 201: FiledOut},
    operation_id="file_mail",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {MAIL_TYPE: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
@rest.asks(policies.may_file)
def file_mail(
    request: HttpRequest,
    visibility: Annotated[str, Query(description=f"Who reads it. {SEEN}")] = "team",
) -> Any:
    """File a raw mail (message/rfc822) as the caller's: 201 when it is new; 200 when it was filed before, or is none to file."""
    if visibility not in Interaction.Visibility.values:
        raise rest.Problem(422, "Nothing was filed.", errors=[("visibility", SEEN)])
    done = services.file_raw(_body(request), by=request.user, visibility=visibility)
    return (201 if done.is_new else 200), _filed(done, request.user)


def _proposal(row: MailProposal) -> dict[str, Any]:
    return {
        "id": row.uuid,
        **{name: getattr(row, name) for name in ("address", "name", "place", "state", "updated_at")},
        "interaction": row.interaction.uuid,
        "person": row.person.uuid if row.person else None,
    }


@router.get("/unknown-addresses", response=rest.Page[ProposalOut], operation_id="list_unknown_addresses")
@rest.asks(policies.may_list)
def list_unknown_addresses(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str | None, Query(description="Only those in this state.")] = None,
) -> Any:
    """Addresses of filed mails that nobody in the directory has."""
    rows = selectors.proposals_listed(request.user)
    if state:
        rows = rows.filter(state=state)
    return rest.page_of(rows, paging, _proposal)


@router.get("/unknown-addresses/{uuid}", response=ProposalOut, operation_id="read_unknown_address")
@rest.asks(policies.may_list)
def read_unknown_address(request: HttpRequest, uuid: UUID) -> Any:
    """One unknown address; 404 also for one of a mail the caller may not read."""
    return _proposal(rest.one(selectors.proposals_listed(request.user), uuid=uuid))


@router.post(
    "/unknown-addresses/{uuid}/decision", response=ProposalOut, operation_id="decide_unknown_address"
)
@rest.asks(policies.may_sort_out)
def decide_unknown_address(request: HttpRequest, uuid: UUID, given: DecisionIn) -> Any:
    """Say who it is; 422 when that has been said already."""
    row = rest.one(selectors.proposals_listed(request.user), uuid=uuid)
    if given.person is not None:
        if given.new_person is not None:
            raise rest.Problem(422, "Nothing was changed.", errors=[("new_person", "Give one of the two.")])
        services.link_proposal(row, person=rows_of(Person, [given.person], "person")[0], by=request.user)
    elif given.new_person is not None:
        services.make_person(row, **given.new_person.model_dump(), by=request.user)
    else:
        services.decide_nobody(row, by=request.user)
    return _proposal(rest.one(selectors.proposals_listed(), pk=row.pk))
