"""Events, registrations and attendances for programs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from . import choosing, policies, selectors, services
from .models import Event, Registration

router = rest.router(tags=["Events"])
_KINDS = ", ".join(Event.Kind.values)
_STATES = "planned, now, over (to be closed out), closed, cancelled"


class EventOutput(Schema):
    """So many of something."""

    quantity: float = Field(ge=0, lt=10**11, description="How many.")
    unit: str = Field(min_length=1, max_length=80, description="Of what.")


class EventCost(Schema):
    """What something cost."""

    what: str = Field(min_length=1, max_length=120, description="What for.")
    amount: int = Field(ge=0, lt=10**15, description="In minor units of the house's currency: cents.")


class EventHost(Schema):
    """An organisation that hosts the event."""

    organisation: UUID = Field(description="The organisation.")
    share: int = Field(ge=0, le=100, description="Its share of the credit in percent; 100 together.")


class EventPatch(Schema):
    """What to change; what is left out stays. Outputs, costs and hosts stand instead of those that stood."""

    title: str | None = Field(None, min_length=1, max_length=160, description="Title.")
    kind: str | None = Field(None, max_length=9, description=f"One of {_KINDS}.")
    about: str | None = Field(None, max_length=4000, description="What happens there.")
    starts_at: rest.Instant | None = Field(None, description="When it begins.")
    ends_at: rest.Instant | None = Field(None, description="When it ends.")
    place: str | None = Field(None, max_length=300, description="Where.")
    owner: str | None = Field(None, max_length=254, description="E-mail of the account that sees to it.")
    serves: str | None = Field(
        None, max_length=80, description="Typed reference of the project, objective, goal or need it serves."
    )
    is_public: bool | None = Field(None, strict=True, description="Whether people register on its page.")
    capacity: int | None = Field(None, ge=1, le=1_000_000, description="Places; null for as many as come.")
    closes_at: rest.Instant | None = Field(
        None, description="When registration closes; null: when it begins."
    )
    outputs: list[EventOutput] | None = Field(None, max_length=100, description="What came of it.")
    costs: list[EventCost] | None = Field(None, max_length=200, description="What it cost.")
    hosts: list[EventHost] | None = Field(None, max_length=50, description="Who hosts it.")


class EventIn(EventPatch):
    """An event to plan."""

    title: str = Field(min_length=1, max_length=160, description="Title.")
    kind: str = Field(max_length=9, description=f"One of {_KINDS}.")
    starts_at: rest.Instant = Field(description="When it begins.")
    ends_at: rest.Instant = Field(description="When it ends.")


class EventOut(Schema):
    """An event."""

    id: UUID = Field(description="Its id.")
    title: str = Field(description="Title.")
    kind: str = Field(description=f"One of {_KINDS}.")
    state: str = Field(description=f"One of {_STATES}.")
    about: str = Field(description="What happens there.")
    starts_at: datetime = Field(description="When it begins.")
    ends_at: datetime = Field(description="When it ends.")
    place: str = Field(description="Where.")
    owner: str | None = Field(description="E-mail of the account that sees to it.")
    serves: str = Field(description="Typed reference of what it serves; empty for nothing.")
    is_public: bool = Field(description="Whether people register on its page.")
    capacity: int | None = Field(description="Places; null for as many as come.")
    closes_at: datetime | None = Field(description="When registration closes; null: when it begins.")
    cancel_reason: str = Field(description="Why it was cancelled.")
    outcome: str = Field(description="What came of it, in words.")
    registered: int = Field(description="How many have a place.")
    waiting: int = Field(description="How many wait for one.")
    came: int = Field(description="How many were checked in.")
    minutes: int = Field(description="How long all of them stayed together, where noted.")
    outputs: list[EventOutput] = Field(description="What came of it, in numbers.")
    costs: list[EventCost] = Field(description="What it cost.")
    hosts: list[EventHost] = Field(description="Who hosts it.")
    created_at: datetime = Field(description="When it was planned.")
    updated_at: datetime = Field(description="When it changed last.")


class EventEnd(Schema):
    """How an event ends."""

    cancel_reason: str = Field("", max_length=300, description="Cancels it, for this reason.")
    outcome: str = Field("", max_length=4000, description="Closes it out: what came of it.")


class EventRegistrationIn(Schema):
    """Somebody to register: a person of the directory, or a name."""

    event: UUID = Field(description="For which event.")
    person: UUID | None = Field(None, description="The person, where they are in the directory.")
    name: str = Field("", max_length=200, description="Their name, where they are not.")
    email: str = Field("", max_length=254, description="Their e-mail.")
    note: str = Field("", max_length=300, description="Something to know.")


class EventRegistrationPatch(Schema):
    """What to change; what is left out stays."""

    is_cancelled: bool | None = Field(None, strict=True, description="true: they do not come.")
    has_come: bool | None = Field(None, strict=True, description="true checks them in, false takes it back.")
    minutes: int | None = Field(None, ge=0, le=44_640, description="How long they stayed; null: not noted.")


class EventRegistrationOut(Schema):
    """Somebody's place at an event."""

    id: UUID = Field(description="Its id.")
    event: UUID = Field(description="For which event.")
    person: UUID | None = Field(description="The person, where known.")
    name: str = Field(description="The name as it was given.")
    email: str = Field(description="The e-mail as it was given.")
    state: str = Field(description=f"One of {', '.join(Registration.State.values)}.")
    way: str = Field(description=f"How: one of {', '.join(Registration.Way.values)}.")
    note: str = Field(description="Something to know.")
    confirmed_at: datetime | None = Field(description="When they said again that they come.")
    came_at: datetime | None = Field(description="When they were checked in.")
    minutes: int | None = Field(description="How long they stayed, where noted.")
    created_at: datetime = Field(description="When they registered.")
    updated_at: datetime = Field(description="When it changed last.")


_PLAIN = (
    "title",
    "kind",
    "about",
    "starts_at",
    "ends_at",
    "place",
    "is_public",
    "capacity",
    "closes_at",
    "cancel_reason",
    "outcome",
    "created_at",
    "updated_at",
)
_SEAT = (
    "name",
    "email",
    "state",
    "way",
    "note",
    "confirmed_at",
    "came_at",
    "minutes",
    "created_at",
    "updated_at",
)


def _shape(row: Event) -> dict[str, Any]:
    counts = selectors.counts_of([row.pk])[row.pk]
    return {
        "id": row.uuid,
        **{name: getattr(row, name) for name in _PLAIN},
        "state": row.state(timezone.now()),
        "owner": row.owner.email if row.owner else None,
        "serves": row.cites,
        "registered": counts.places,
        "waiting": counts.waiting,
        "came": counts.came,
        "minutes": counts.minutes,
        "outputs": [
            {"quantity": float(one.quantity), "unit": one.unit} for one in row.outputs.order_by("id")
        ],
        "costs": [{"what": one.what, "amount": one.amount} for one in row.costs.order_by("id")],
        "hosts": [
            {"organisation": one.organisation.uuid, "share": one.share} for one in selectors.hosts_of(row)
        ],
    }


def _seat(row: Registration) -> dict[str, Any]:
    person = row.person.uuid if row.person else None
    return {"id": row.uuid, "event": row.event.uuid, "person": person} | {
        name: getattr(row, name) for name in _SEAT
    }


def _values(given: Schema) -> tuple[dict[str, Any], dict[str, Any]]:
    """(fields of the event, what came of it)"""
    said = given.model_dump(exclude_unset=True)
    if any(isinstance(value, str) and "\x00" in value for value in said.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    made = {name: said.pop(name) for name in ("outputs", "costs", "hosts") if name in said}
    nulls = {"owner", "capacity", "closes_at"}
    said = {name: value for name, value in said.items() if value is not None or name in nulls}
    if said.get("owner") is not None:
        said["owner"] = _owner(said["owner"])
    if "serves" in said:
        said["cites"] = said.pop("serves")
    return said, _made({name: value for name, value in made.items() if value is not None})


def _made(made: dict[str, Any]) -> dict[str, Any]:
    if "outputs" in made:
        made["outputs"] = [(Decimal(str(one["quantity"])), one["unit"]) for one in made["outputs"]]
    if "costs" in made:
        made["costs"] = [(one["what"], one["amount"]) for one in made["costs"]]
    if "hosts" in made:
        made["hosts"] = [(_body(one["organisation"]), one["share"]) for one in made["hosts"]]
    return made


def _owner(email: str) -> Any:
    found = next((one for one in choosing.team() if one.email == email.casefold()), None)
    if found is None:
        raise ValidationError({"owner": "Nobody of the team has this e-mail."})
    return found


def _body(uuid: UUID) -> Organisation:
    row = Organisation.objects.filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({"hosts": "There is no organisation with this id."})
    return row


@router.get("/events", response=rest.Page[EventOut], operation_id="list_events")
@rest.asks(policies.may_see)
def list_events(
    request: HttpRequest,
    paging: rest.PageQuery,
    kind: Annotated[str, Query(max_length=9, description=f"Only of this kind: {_KINDS}.")] = "",
    starts_after: Annotated[
        rest.Instant | None, Query(description="Only those that begin after that.")
    ] = None,
) -> Any:
    """All events, ended ones too."""
    rows = selectors.listed(request.user)
    if kind:
        rows = rows.filter(kind=kind)
    if starts_after:
        rows = rows.filter(starts_at__gt=starts_after)
    return rest.page_of(rows, paging, _shape)


@router.post("/events", response={201: EventOut}, operation_id="create_event")
@rest.asks(policies.may_edit)
def create_event(request: HttpRequest, given: EventIn) -> Any:
    """Plan an event."""
    said, made = _values(given)
    row = services.plan_event(by=request.user, **said)
    if made:
        services.set_made(row, by=request.user, **made)
    return 201, _shape(selectors.one(row.uuid))


@router.get("/events/{uuid}", response=EventOut, operation_id="read_event")
@rest.asks(policies.may_see)
def read_event(request: HttpRequest, uuid: UUID) -> Any:
    """One event with its counts."""
    return _shape(rest.one(selectors.listed(request.user), uuid=uuid))


@router.patch("/events/{uuid}", response=EventOut, operation_id="change_event")
@rest.asks(policies.may_edit)
def change_event(request: HttpRequest, uuid: UUID, given: EventPatch) -> Any:
    """Change the plan, or say what came of it."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    said, made = _values(given)
    if said:
        services.change_event(row, by=request.user, **said)
    if made:
        services.set_made(row, by=request.user, **made)
    return _shape(selectors.one(uuid))


@router.post("/events/{uuid}/end", response=EventOut, operation_id="end_event")
@rest.asks(policies.may_edit)
def end_event(request: HttpRequest, uuid: UUID, given: EventEnd) -> Any:
    """Cancel it with a reason, or close it out with what came of it; with neither it is opened again."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    if given.cancel_reason:
        services.cancel_event(row, by=request.user, reason=given.cancel_reason)
    elif given.outcome:
        services.close_event(row, by=request.user, outcome=given.outcome)
    else:
        services.reopen_event(row, by=request.user)
    return _shape(selectors.one(uuid))


@router.delete("/events/{uuid}", operation_id="remove_event")
@rest.asks(policies.may_remove)
def remove_event(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that was planned by mistake; one that people came to is a 409: close it out instead."""
    try:
        services.remove_event(rest.one(selectors.listed(request.user), uuid=uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None


@router.get(
    "/event-registrations",
    response=rest.Page[EventRegistrationOut],
    operation_id="list_event_registrations",
)
@rest.asks(policies.may_see)
def list_registrations(
    request: HttpRequest,
    paging: rest.PageQuery,
    event: Annotated[UUID | None, Query(description="Only those for this event.")] = None,
    person: Annotated[UUID | None, Query(description="Only those of this person.")] = None,
    has_come: Annotated[bool | None, Query(description="Only who came, or only who did not.")] = None,
) -> Any:
    """Who registered and who came."""
    rows = selectors.registrations_listed(request.user)
    if event:
        rows = rows.filter(event__uuid=event)
    if person:
        rows = rows.filter(person__uuid=person)
    if has_come is not None:
        rows = rows.filter(came_at__isnull=not has_come)
    return rest.page_of(rows, paging, _seat)


@router.post(
    "/event-registrations", response={201: EventRegistrationOut}, operation_id="create_event_registration"
)
@rest.asks(policies.may_edit)
def create_registration(request: HttpRequest, given: EventRegistrationIn) -> Any:
    """Register somebody: a place while there is one, else the next on the waitlist."""
    if "\x00" in f"{given.name}{given.email}{given.note}":
        raise ValidationError("A text contains a character that cannot be stored.")
    event = Event.objects.filter(uuid=given.event).first()
    if event is None:
        raise ValidationError({"event": "There is no event with this id."})
    person = None
    if given.person is not None:
        person = Person.objects.filter(uuid=given.person).first()
        if person is None:
            raise ValidationError({"person": "There is no person with this id."})
    who = services.Newcomer(given.name, given.email, person, note=given.note)
    row = services.register(event, who, by=request.user)
    return 201, _seat(selectors.one_registration(row.uuid))


@router.get(
    "/event-registrations/{uuid}", response=EventRegistrationOut, operation_id="read_event_registration"
)
@rest.asks(policies.may_see)
def read_registration(request: HttpRequest, uuid: UUID) -> Any:
    """One registration."""
    return _seat(rest.one(selectors.registrations_listed(request.user), uuid=uuid))


@router.patch(
    "/event-registrations/{uuid}", response=EventRegistrationOut, operation_id="change_event_registration"
)
@rest.asks(policies.may_edit)
def change_registration(request: HttpRequest, uuid: UUID, given: EventRegistrationPatch) -> Any:
    """Check in, take that back, cancel, or note how long they stayed."""
    row = rest.one(selectors.registrations_listed(request.user), uuid=uuid)
    said = given.model_dump(exclude_unset=True)
    if said.get("is_cancelled"):
        services.cancel_registration(row, by=request.user)
    if said.get("has_come") is not None:
        (services.check_in if said["has_come"] else services.undo_check_in)(row, by=request.user)
    if "minutes" in said:
        services.set_minutes(row, by=request.user, minutes=said["minutes"])
    return _seat(selectors.one_registration(uuid))
