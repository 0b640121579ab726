"""Promises for programs."""

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
from barnraise.who.people.models import Person

from . import policies, selectors, services
from .models import Commitment
from .states import STATES

router = rest.router(tags=["Promises"])
_DIRECTIONS = ", ".join(Commitment.Direction.values)
_KINDS = ", ".join(Commitment.Kind.values)
_SETTLED = ", ".join(Commitment.Settled.values)
_STATES = ", ".join(STATES)


class PromisePatch(Schema):
    """What to change; what is left out stays. Who promised whom never changes."""

    what: str | None = Field(None, max_length=300, description="What was promised.")
    detail: str | None = Field(None, max_length=2000, description="More about it.")
    kind: str | None = Field(None, max_length=7, description=f"One of {_KINDS}.")
    promised_on: rest.Day | None = Field(None, description="When it was promised.")
    due_on: rest.Day | None = Field(None, description="Until when.")
    owner: str | None = Field(
        None, max_length=254, description="E-mail of the account that sees to it; null is nobody."
    )
    cites: str | None = Field(
        None, max_length=80, description="Typed reference to what it serves, like goals.goal:3."
    )


class PromiseIn(PromisePatch):
    """A promise to note."""

    direction: str = Field(
        max_length=7, description=f"Who promised: one of {_DIRECTIONS} (we, the partner to us, a partner to another)."
    )  # fmt: skip
    what: str = Field(max_length=300, description="What was promised.")
    due_on: rest.Day = Field(description="Until when.")
    organisation: UUID | None = Field(None, description="The partner, where it is an organisation.")
    person: UUID | None = Field(None, description="The partner, where it is a person.")
    to_organisation: UUID | None = Field(
        None, description="Between partners: the organisation it was promised to."
    )


class PromiseOut(Schema):
    """A promise."""

    id: UUID = Field(description="Its id.")
    direction: str = Field(description=f"Who promised: one of {_DIRECTIONS}.")
    kind: str = Field(description=f"One of {_KINDS}.")
    organisation: UUID | None = Field(description="The partner, where it is an organisation.")
    person: UUID | None = Field(description="The partner, where it is a person.")
    to_organisation: UUID | None = Field(description="Between partners: the organisation it was promised to.")
    what: str = Field(description="What was promised.")
    detail: str = Field(description="More about it.")
    promised_on: date = Field(description="When it was promised.")
    due_on: date = Field(description="Until when.")
    first_due_on: date = Field(description="The day that was promised first.")
    owner: str | None = Field(description="E-mail of the account that sees to it.")
    state: str = Field(description=f"How it stands today: one of {_STATES}.")
    settled: str = Field(description=f"What became of it: one of {_SETTLED}; empty while it is open.")
    settled_on: date | None = Field(description="On which day.")
    settled_note: str = Field(description="Why, or a word about it.")
    cites: str = Field(description="Typed reference to what it serves.")
    made_at: str = Field(description="Typed reference to where it was made.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class PromiseOutcomeIn(Schema):
    """What became of it."""

    settled: str = Field(max_length=8, description=f"One of {_SETTLED}.")
    settled_on: rest.Day | None = Field(None, description="On which day; today where it is left out.")
    note: str = Field("", max_length=300, description="Why; needed unless it was kept.")


class PromiseTallyOut(Schema):
    """How many promises stand in each state."""

    direction: str = Field(description=f"Who promised: one of {_DIRECTIONS}.")
    open: int = Field(description="Open and not due yet.")
    late: int = Field(description="Open and late.")
    kept: int = Field(description="Kept in time.")
    kept_late: int = Field(description="Kept late.")
    broken: int = Field(description="Not kept.")
    released: int = Field(description="Released.")
    due: int = Field(description="All that were due: kept, kept late, not kept, late.")
    rate: float | None = Field(
        description="The share of those kept in time, 0 to 1; null while nothing was due."
    )


_PLAIN = (
    "direction",
    "kind",
    "what",
    "detail",
    "promised_on",
    "due_on",
    "first_due_on",
    "settled",
    "settled_on",
    "settled_note",
    "cites",
    "made_at",
    "created_at",
    "updated_at",
)


def _shape(row: Commitment) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "organisation": row.organisation.uuid if row.organisation else None,
        "person": row.person.uuid if row.person else None,
        "to_organisation": row.to_organisation.uuid if row.to_organisation else None,
        "owner": row.owner.email if row.owner else None,
        "state": selectors.state_of(row, timezone.localdate()),
        **{name: getattr(row, name) for name in _PLAIN},
    }


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    if given.get("owner") is not None:
        email = given["owner"].casefold()
        found = next((one for one in selectors.owners() if one.email == email), None)
        if found is None:
            raise ValidationError({"owner": "Nobody of the team has this e-mail."})
        given["owner"] = found
    for name in ("detail", "cites"):
        if name in given and given[name] is None:
            given[name] = ""
    return {name: value for name, value in given.items() if value is not None or name == "owner"}


def _row(model: Any, name: str, uuid: UUID | None) -> Any:
    if uuid is None:
        return None
    row = model._default_manager.filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({name: f"There is no {name.removeprefix('to_')} with this id."})
    return row


@router.get("/promises", response=rest.Page[PromiseOut], operation_id="list_promises")
@rest.asks(policies.may_see)
def list_promises(
    request: HttpRequest,
    paging: rest.PageQuery,
    organisation: Annotated[UUID | None, Query(description="Only those by or to this organisation.")] = None,
    person: Annotated[UUID | None, Query(description="Only those by or to this person.")] = None,
    state: Annotated[str, Query(max_length=9, description=f"Only those in this state: {_STATES}.")] = "",
    direction: Annotated[str, Query(max_length=7, description=f"Only these: {_DIRECTIONS}.")] = "",
) -> Any:
    """All promises, settled ones too."""
    rows = selectors.listed(request.user)
    if organisation:
        rows = rows.filter(selectors.with_organisation(organisation))
    if person:
        rows = rows.filter(person__uuid=person)
    if state:
        if state not in STATES:
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(selectors.in_state(state, timezone.localdate()))
    if direction:
        if direction not in Commitment.Direction.values:
            raise ValidationError({"direction": f"Write one of {_DIRECTIONS}."})
        rows = rows.filter(direction=direction)
    return rest.page_of(rows, paging, _shape)


@router.post("/promises", response={201: PromiseOut}, operation_id="create_promise")
@rest.asks(policies.may_edit)
def create_promise(request: HttpRequest, given: PromiseIn) -> Any:
    """Note a promise."""
    said = given.model_dump(exclude_unset=True)
    body = _row(Organisation, "organisation", said.pop("organisation", None))
    person = _row(Person, "person", said.pop("person", None))
    if body is not None and person is not None:
        raise ValidationError({"person": "Give one of organisation and person."})
    taker = _row(Organisation, "to_organisation", said.pop("to_organisation", None))
    made = services.make_commitment(by=request.user, partner=body or person, to=taker, **_clean(said))
    return 201, _shape(made)


@router.get("/promises/{uuid}", response=PromiseOut, operation_id="read_promise")
@rest.asks(policies.may_see)
def read_promise(request: HttpRequest, uuid: UUID) -> Any:
    """One promise."""
    return _shape(rest.one(selectors.listed(request.user), uuid=uuid))


@router.patch("/promises/{uuid}", response=PromiseOut, operation_id="change_promise")
@rest.asks(policies.may_edit)
def change_promise(request: HttpRequest, uuid: UUID, given: PromisePatch) -> Any:
    """Change what an open promise says, its day or who sees to it."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    services.change_commitment(row, by=request.user, **_clean(given.model_dump(exclude_unset=True)))
    return _shape(rest.one(selectors.listed(request.user), uuid=uuid))


@router.delete("/promises/{uuid}", operation_id="remove_promise")
@rest.asks(policies.may_remove)
def remove_promise(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that was noted by mistake. Any other gets an outcome and stays."""
    services.remove_commitment(rest.one(selectors.listed(request.user), uuid=uuid), by=request.user)
    return 204, None


@router.post("/promises/{uuid}/outcome", response=PromiseOut, operation_id="settle_promise")
@rest.asks(policies.may_edit)
def settle_promise(request: HttpRequest, uuid: UUID, given: PromiseOutcomeIn) -> Any:
    """Say that it was kept, not kept or released."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    if "\x00" in given.note:
        raise ValidationError({"note": "It contains a character that cannot be stored."})
    services.settle(row, by=request.user, **given.model_dump())
    return _shape(rest.one(selectors.listed(request.user), uuid=uuid))


@router.delete("/promises/{uuid}/outcome", response=PromiseOut, operation_id="reopen_promise")
@rest.asks(policies.may_edit)
def reopen_promise(request: HttpRequest, uuid: UUID) -> Any:
    """Take the outcome back."""
    services.reopen(rest.one(selectors.listed(request.user), uuid=uuid), by=request.user)
    return _shape(rest.one(selectors.listed(request.user), uuid=uuid))


@router.get("/promise-tally", response=list[PromiseTallyOut], operation_id="tally_promises")
@rest.asks(policies.may_see)
def tally_promises(
    request: HttpRequest,
    organisation: Annotated[UUID | None, Query(description="Only those by or to this organisation.")] = None,
) -> Any:
    """How many were kept, by who promised."""
    rows, today = Commitment.objects.all(), timezone.localdate()
    if organisation:
        rows = rows.filter(selectors.with_organisation(organisation))
    found = []
    for direction in Commitment.Direction.values:
        one = selectors.tally_of(rows.filter(direction=direction), today)
        counts = {name: getattr(one, name) for name in STATES}
        found.append({"direction": direction, **counts, "due": one.due, "rate": one.rate})
    return found
