"""Thanks and statements for programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.foundation.periods import Period
from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.selectors import mailboxes_of

from .. import policies, selectors, services
from ..models import Thanks
from .shared import row_of

router = rest.router(tags=["Recognition"])
_STATES = ", ".join(Thanks.State.values)


class ThanksPatch(Schema):
    """What to change; what is left out stays. What was sent becomes a draft again."""

    begins_on: rest.Day | None = Field(None, description="For what they gave from this day.")
    ends_on: rest.Day | None = Field(None, description="Until this day.")
    letter: str | None = Field(None, max_length=5000, description="The letter.")
    wording: str | None = Field(None, max_length=600, description="How they are named in public.")
    language: str | None = Field(None, max_length=10, description="In which language.")
    owner: str | None = Field(
        None, max_length=254, description="E-mail of the account that sees to it; null is nobody."
    )


class ThanksIn(ThanksPatch):
    """Thanks to write."""

    organisation: UUID = Field(description="The partner.")
    begins_on: rest.Day = Field(description="For what they gave from this day.")
    ends_on: rest.Day = Field(description="Until this day.")
    letter: str = Field(max_length=5000, description="The letter.")
    language: str = Field(max_length=10, description="In which language.")


class ThanksOut(Schema):
    """Thanks to a partner."""

    id: UUID = Field(description="Its id.")
    organisation: UUID = Field(description="The partner.")
    begins_on: date = Field(description="For what they gave from this day.")
    ends_on: date = Field(description="Until this day.")
    letter: str = Field(description="The letter.")
    wording: str = Field(description="How they are named in public.")
    language: str = Field(description="In which language.")
    state: str = Field(description=f"One of {_STATES}.")
    owner: str | None = Field(description="E-mail of the account that sees to it.")
    sent_at: datetime | None = Field(description="When it went to the outbox.")
    answered_at: datetime | None = Field(description="When the partner answered.")
    signed_by: str = Field(description="Who answered.")
    wish: str = Field(description="The words they wish.")
    end_note: str = Field(description="Why it ended.")
    created_at: datetime = Field(description="When it was written.")
    updated_at: datetime = Field(description="When it changed last.")


class ThanksSendIn(Schema):
    """To whom it goes."""

    to: str = Field("", max_length=254, description="A mailbox of the partner; empty: its main contact.")


class ThanksEndIn(Schema):
    """Why it ends."""

    note: str = Field(max_length=300, description="Why.")


class GiftOut(Schema):
    """One row of a statement."""

    ref: str = Field(description="What it is, as typed reference.")
    on: date = Field(description="Its day.")
    what: str = Field(description="What it was.")
    where: str = Field(description="For which project, or at which place.")
    value: Decimal = Field(description="Hours, minor units of money, how many came, or 1.")
    currency: str = Field(description="Of the money; empty for what is none.")


class StatementOut(Schema):
    """What a partner gave."""

    organisation: UUID = Field(description="The partner.")
    begins_on: date = Field(description="From this day.")
    ends_on: date = Field(description="Until this day.")
    hours: list[GiftOut] = Field(description="Volunteer hours.")
    money: list[GiftOut] = Field(description="Money.")
    goods: list[GiftOut] = Field(description="Goods at fair value.")
    services: list[GiftOut] = Field(description="Services that count as money.")
    space: list[GiftOut] = Field(description="Events hosted with us, with how many came.")
    promises: list[GiftOut] = Field(description="Promises kept.")


_PLAIN = (
    "begins_on", "ends_on", "letter", "wording", "language", "state", "sent_at", "answered_at", "signed_by", "wish", "end_note",
    "created_at", "updated_at",
)  # fmt: skip


def _shape(row: Thanks) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "organisation": row.organisation.uuid,
        "owner": row.owner.email if row.owner else None,
        **{name: getattr(row, name) for name in _PLAIN},
    }


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    if given.get("owner") is not None:
        found = next((one for one in selectors.owners() if one.email == given["owner"].casefold()), None)
        if found is None:
            raise ValidationError({"owner": "Nobody of the team has this e-mail."})
        given["owner"] = found
    if "wording" in given and given["wording"] is None:
        given["wording"] = ""
    return {name: value for name, value in given.items() if value is not None or name == "owner"}


def _of(uuid: UUID) -> Thanks:
    return rest.one(selectors.listed(), uuid=uuid)


@router.get("/thanks", response=rest.Page[ThanksOut], operation_id="list_thanks")
@rest.asks(policies.may_see)
def list_thanks(
    request: HttpRequest,
    paging: rest.PageQuery,
    organisation: Annotated[UUID | None, Query(description="Only those to this partner.")] = None,
    state: Annotated[str, Query(max_length=8, description=f"Only those in this state: {_STATES}.")] = "",
) -> Any:
    """All thanks."""
    rows = selectors.listed(request.user)
    if organisation:
        rows = rows.filter(organisation__uuid=organisation)
    if state:
        if state not in Thanks.State.values:
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(state=state)
    return rest.page_of(rows, paging, _shape)


@router.post("/thanks", response={201: ThanksOut}, operation_id="create_thanks")
@rest.asks(policies.may_edit)
def create_thanks(request: HttpRequest, given: ThanksIn) -> Any:
    """Write thanks to a partner."""
    said = given.model_dump(exclude_unset=True)
    partner = row_of(Organisation, "organisation", said.pop("organisation"))
    return 201, _shape(services.write_thanks(by=request.user, organisation=partner, **_clean(said)))


@router.get("/thanks/{uuid}", response=ThanksOut, operation_id="read_thanks")
@rest.asks(policies.may_see)
def read_thanks(request: HttpRequest, uuid: UUID) -> Any:
    """Thanks to one partner."""
    return _shape(_of(uuid))


@router.patch("/thanks/{uuid}", response=ThanksOut, operation_id="change_thanks")
@rest.asks(policies.may_edit)
def change_thanks(request: HttpRequest, uuid: UUID, given: ThanksPatch) -> Any:
    """Change the letter or the words; what was sent becomes a draft again."""
    services.change_thanks(_of(uuid), by=request.user, **_clean(given.model_dump(exclude_unset=True)))
    return _shape(_of(uuid))


@router.delete("/thanks/{uuid}", operation_id="remove_thanks")
@rest.asks(policies.may_set)
def remove_thanks(request: HttpRequest, uuid: UUID) -> Any:
    """Take them away for good."""
    services.remove_thanks(_of(uuid), by=request.user)
    return 204, None


@router.post("/thanks/{uuid}/sending", response=ThanksOut, operation_id="send_thanks")
@rest.asks(policies.may_send)
def send_thanks(request: HttpRequest, uuid: UUID, given: ThanksSendIn) -> Any:
    """Put the mail into the outbox."""
    row = _of(uuid)
    boxes = mailboxes_of(row.organisation)
    wanted = [one for one in boxes if not given.to or one.address.casefold() == given.to.casefold()]
    if not wanted:
        raise ValidationError({"to": "The partner has no such mailbox."})
    services.send_thanks(row, by=request.user, to=wanted[0])
    return _shape(_of(uuid))


@router.post("/thanks/{uuid}/end", response=ThanksOut, operation_id="end_thanks")
@rest.asks(policies.may_edit)
def end_thanks(request: HttpRequest, uuid: UUID, given: ThanksEndIn) -> Any:
    """The words are used no more."""
    services.end_thanks(_of(uuid), by=request.user, note=given.note)
    return _shape(_of(uuid))


@router.get("/contribution-statements/{organisation}", response=StatementOut, operation_id="read_statement")
@rest.asks(policies.may_see)
def read_statement(
    request: HttpRequest,
    organisation: UUID,
    begins_on: Annotated[date, Query(description="From this day.")],
    ends_on: Annotated[date, Query(description="Until this day.")],
) -> Any:
    """What a partner gave, row by row."""
    partner = rest.one(Organisation.objects.all(), uuid=organisation)
    if ends_on < begins_on:
        raise ValidationError({"ends_on": "This is before the first day."})
    told = selectors.statement(partner, Period(begins_on, ends_on))
    parts = ("hours", "money", "goods", "services", "space", "promises")
    return {
        "organisation": partner.uuid,
        "begins_on": begins_on,
        "ends_on": ends_on,
        **{
            name: [
                {
                    "ref": str(one.ref),
                    "on": one.on,
                    "what": one.what,
                    "where": one.where,
                    "value": one.value,
                    "currency": one.currency,
                }
                for one in getattr(told, name)
            ]
            for name in parts
        },
    }
