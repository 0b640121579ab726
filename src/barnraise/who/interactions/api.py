"""Interactions, next steps and unknown addresses for programs: what their account may read, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.tags import selectors as tags_read
from barnraise.plumbing.tags import services as tags
from barnraise.plumbing.ui import rest
from barnraise.who.communities import selectors as communities
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from . import policies, selectors, services
from .models import Interaction, MailProposal, NextStep
from .selectors import KIND

router = rest.router(tags=["Interactions"])


def _of(values: Sequence[str]) -> str:
    return f"One of {', '.join(values)}."


_KINDS, _SEEN = _of(Interaction.Kind.values), _of(Interaction.Visibility.values)
_DIRECTIONS = f"Empty or one of {', '.join(Interaction.Direction.values)}."


class InteractionPatch(Schema):
    """What to change; what is left out stays, lists are given whole."""

    kind: str | None = Field(None, max_length=8, description=_KINDS)
    direction: str | None = Field(None, max_length=4, description=_DIRECTIONS)
    subject: str | None = Field(None, max_length=200, description="What it was about, in a line.")
    text: str | None = Field(None, max_length=100_000, description="What was said; line breaks are kept.")
    happened_at: rest.Instant | None = Field(None, description="When it happened; not in the future.")
    visibility: str | None = Field(None, max_length=12, description=f"Who reads it. {_SEEN}")
    community: UUID | None = Field(None, description="The community it belongs to; null is none.")
    people: list[UUID] | None = Field(None, max_length=200, description="The people it was with.")
    organisations: list[UUID] | None = Field(
        None, max_length=200, description="The organisations it was with."
    )
    tags: list[str] | None = Field(None, max_length=200, description="Tags by name.")


class InteractionIn(InteractionPatch):
    """An interaction to note."""

    text: str = Field(max_length=100_000, description="What was said; line breaks are kept.")


class InteractionOut(Schema):
    """An interaction."""

    id: UUID = Field(description="Its id.")
    kind: str = Field(description=_KINDS)
    direction: str = Field(description=_DIRECTIONS)
    subject: str = Field(description="What it was about, in a line.")
    text: str = Field(description="What was said.")
    happened_at: datetime = Field(description="When it happened.")
    visibility: str = Field(description=f"Who reads it. {_SEEN}")
    by: UUID | None = Field(description="The account that noted it.")
    community: UUID | None = Field(description="The community it belongs to.")
    people: list[UUID] = Field(description="The people it was with.")
    organisations: list[UUID] = Field(description="The organisations it was with.")
    next_steps: list[UUID] = Field(description="The next steps that came of it.")
    tags: list[str] = Field(description="Tags by name.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class StepPatch(Schema):
    """What to change; what is left out stays."""

    text: str | None = Field(None, min_length=1, max_length=300, description="What to do.")
    owner: UUID | None = Field(None, description="The account that does it; null is nobody.")
    due_on: date | None = Field(None, description="Until when; null is no day.")
    is_done: bool | None = Field(None, description="True finishes it, false opens it again.")


class StepIn(StepPatch):
    """A next step to note: about a person, an organisation or an interaction."""

    text: str = Field(min_length=1, max_length=300, description="What to do.")
    person: UUID | None = Field(None, description="The person it is about.")
    organisation: UUID | None = Field(None, description="The organisation it is about.")
    interaction: UUID | None = Field(None, description="The interaction it came of.")


class StepOut(Schema):
    """A next step."""

    id: UUID = Field(description="Its id.")
    text: str = Field(description="What to do.")
    owner: UUID | None = Field(description="The account that does it.")
    due_on: date | None = Field(description="Until when.")
    is_done: bool = Field(description="Somebody has done it.")
    done_at: datetime | None = Field(description="When it was done.")
    done_by: UUID | None = Field(description="The account that has done it.")
    person: UUID | None = Field(description="The person it is about.")
    organisation: UUID | None = Field(description="The organisation it is about.")
    interaction: UUID | None = Field(description="The interaction it came of, where the caller may read it.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class ProposalOut(Schema):
    """An address of a filed mail that nobody in the directory has."""

    id: UUID = Field(description="Its id.")
    address: str = Field(description="The address, in lower case.")
    name: str = Field(description="What the mail calls it.")
    place: str = Field(description=f"Where it stood. {_of(MailProposal.Place.values)}")
    state: str = Field(description=_of(MailProposal.State.values))
    interaction: UUID = Field(description="The mail.")
    person: UUID | None = Field(description="Who it turned out to be.")
    updated_at: datetime = Field(description="When it changed last.")


class DecisionIn(Schema):
    """Who an unknown address is: a person of the directory, or null for nobody of ours."""

    person: UUID | None = Field(description="The person it belongs to; null is nobody of ours.")


class _Shaper:
    """Loads what a page of interactions needs in a fixed number of queries, then shapes each."""

    def __init__(self, actor: Any) -> None:
        self.actor = actor
        self.around: dict[int, selectors.TakingPart] = {}
        self.tags: dict[int, list[Any]] = {}

    def prepare(self, rows: list[Interaction]) -> None:
        keys = [row.pk for row in rows]
        self.around = selectors.taking_part(keys)
        self.tags = tags_read.tags_of(KIND, keys)

    def shape(self, row: Interaction) -> dict[str, Any]:
        around = self.around[row.pk]
        return {
            "id": row.uuid,
            **{name: getattr(row, name) for name in ("kind", "direction", "subject", "text", "happened_at")},
            "visibility": row.visibility,
            "by": row.by.uuid if row.by else None,
            "community": row.community.uuid if row.community else None,
            "people": [one.uuid for one in around.people],
            "organisations": [one.uuid for one in around.organisations],
            "next_steps": [step.uuid for step in around.steps if policies.may_see_step(self.actor, step)],
            "tags": [tag.name for tag in self.tags.get(row.pk, ())],
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        }


def _shaped(row: Interaction, actor: Any) -> dict[str, Any]:
    shaper = _Shaper(actor)
    shaper.prepare([row])
    return shaper.shape(row)


def _rows_of(model: Any, uuids: Sequence[UUID], field: str) -> list[Any]:
    there = {row.uuid: row for row in model.objects.filter(uuid__in=list(uuids))}
    if missing := [uuid for uuid in uuids if uuid not in there]:
        raise ValidationError({field: f"There is nothing with the id {missing[0]}."})
    return [there[uuid] for uuid in dict.fromkeys(uuids)]


def _community(uuid: UUID | None) -> int | None:
    if uuid is None:
        return None
    found = communities.by_uuids([uuid]).get(uuid)
    if found is None:
        raise ValidationError({"community": f"There is no community with the id {uuid}."})
    return int(found.pk)


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    """The request as values of the services, names of tags left out. Raises ValidationError by field."""
    said = {name: value for name, value in given.items() if value is not None or name == "community"}
    said.pop("tags", None)
    if "community" in said:
        said["community"] = _community(said["community"])
    for name, model in (("people", Person), ("organisations", Organisation)):
        if name in said:
            said[name] = _rows_of(model, said[name], name)
    return said


@router.get("/interactions", response=rest.Page[InteractionOut], operation_id="list_interactions")
@rest.asks(policies.may_list)
def list_interactions(
    request: HttpRequest,
    paging: rest.PageQuery,
    kind: Annotated[str | None, Query(description="Only those of this kind.")] = None,
    person: Annotated[UUID | None, Query(description="Only those with this person.")] = None,
    organisation: Annotated[UUID | None, Query(description="Only those with this organisation.")] = None,
) -> Any:
    """All interactions the caller may read; `kind`, `person` and `organisation` narrow them."""
    rows = selectors.listed(request.user)
    if kind:
        rows = rows.filter(kind=kind)
    if person:
        rows = rows.filter(people__person__uuid=person)
    if organisation:
        rows = rows.filter(organisations__organisation__uuid=organisation)
    shaper = _Shaper(request.user)
    return rest.page_of(rows, paging, shaper.shape, prepare=shaper.prepare)


@router.post("/interactions", response={201: InteractionOut}, operation_id="create_interaction")
@rest.asks(policies.may_write)
def create_interaction(request: HttpRequest, given: InteractionIn) -> Any:
    """Note an interaction."""
    said = given.model_dump(exclude_unset=True)
    row = services.log_interaction(by=request.user, **_values(said))
    if said.get("tags"):
        tags.replace(on=row, names=said["tags"], by=request.user)
    return 201, _shaped(rest.one(selectors.listed(request.user), pk=row.pk), request.user)


@router.get("/interactions/{uuid}", response=InteractionOut, operation_id="read_interaction")
@rest.asks(policies.may_list)
def read_interaction(request: HttpRequest, uuid: UUID) -> Any:
    """One interaction; 404 also for one the caller may not read."""
    return _shaped(rest.one(selectors.listed(request.user), uuid=uuid), request.user)


@router.patch("/interactions/{uuid}", response=InteractionOut, operation_id="change_interaction")
@rest.asks(policies.may_write)
def change_interaction(request: HttpRequest, uuid: UUID, given: InteractionPatch) -> Any:
    """Change an interaction."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    rest.require(request, policies.may_change, row)
    said = given.model_dump(exclude_unset=True)
    values = _values(said)
    for name in ("people", "organisations"):
        if name in values:
            values[name] = [one.pk for one in values[name]]
    services.change_interaction(row, by=request.user, **values)
    if said.get("tags") is not None:
        tags.replace(on=row, names=said["tags"], by=request.user)
    return _shaped(rest.one(selectors.listed(), pk=row.pk), request.user)


@router.delete("/interactions/{uuid}", operation_id="remove_interaction")
@rest.asks(policies.may_write)
def remove_interaction(request: HttpRequest, uuid: UUID) -> Any:
    """Remove an interaction with its next steps."""
    row = rest.one(selectors.listed(request.user), uuid=uuid)
    rest.require(request, policies.may_remove, row)
    services.remove_interaction(row, by=request.user)
    return 204, None


def _step(row: NextStep, actor: Any) -> dict[str, Any]:
    on = row.interaction if row.interaction and policies.may_see(actor, row.interaction) else None
    return {
        "id": row.uuid,
        "text": row.text,
        "owner": row.owner.uuid if row.owner else None,
        "due_on": row.due_on,
        "is_done": row.is_done,
        "done_at": row.done_at,
        "done_by": row.done_by.uuid if row.done_by else None,
        "person": row.person.uuid if row.person else None,
        "organisation": row.organisation.uuid if row.organisation else None,
        "interaction": on.uuid if on else None,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }


def _owner(uuid: UUID | None) -> Any:
    if uuid is None:
        return None
    found = Account.objects.filter(uuid=uuid, is_active=True).first()
    if found is None or not policies.may_write(found):
        raise ValidationError({"owner": f"No account with the id {uuid} can do it."})
    return found


@router.get("/next-steps", response=rest.Page[StepOut], operation_id="list_next_steps")
@rest.asks(policies.may_list)
def list_next_steps(
    request: HttpRequest,
    paging: rest.PageQuery,
    is_done: Annotated[bool | None, Query(description="Only done ones, or only open ones.")] = None,
    owner: Annotated[UUID | None, Query(description="Only those of this account.")] = None,
) -> Any:
    """All next steps the caller may read; `is_done` and `owner` narrow them."""
    rows = selectors.steps_listed(request.user)
    if is_done is not None:
        rows = rows.filter(done_at__isnull=not is_done)
    if owner:
        rows = rows.filter(owner__uuid=owner)
    return rest.page_of(rows, paging, lambda row: _step(row, request.user))


@router.post("/next-steps", response={201: StepOut}, operation_id="create_next_step")
@rest.asks(policies.may_write)
def create_next_step(request: HttpRequest, given: StepIn) -> Any:
    """Note a next step; without an owner the caller does it."""
    said = given.model_dump(exclude_unset=True)
    on = rest.one(selectors.listed(request.user), uuid=given.interaction) if given.interaction else None
    people = _rows_of(Person, [given.person] if given.person else [], "person")
    bodies = _rows_of(Organisation, [given.organisation] if given.organisation else [], "organisation")
    if not (people or bodies or on):
        raise ValidationError(
            {"person": "Say whom it is about: a person, an organisation or an interaction."}
        )
    row = services.add_next_step(
        by=request.user,
        text=given.text,
        owner=_owner(given.owner),
        due_on=given.due_on,
        interaction=on,
        person=people[0] if people else None,
        organisation=bodies[0] if bodies else None,
    )
    if said.get("is_done"):
        services.finish_next_step(row, by=request.user)
    return 201, _step(rest.one(selectors.steps_listed(), pk=row.pk), request.user)


@router.get("/next-steps/{uuid}", response=StepOut, operation_id="read_next_step")
@rest.asks(policies.may_list)
def read_next_step(request: HttpRequest, uuid: UUID) -> Any:
    """One next step; 404 also for one the caller may not read."""
    return _step(rest.one(selectors.steps_listed(request.user), uuid=uuid), request.user)


@router.patch("/next-steps/{uuid}", response=StepOut, operation_id="change_next_step")
@rest.asks(policies.may_write)
def change_next_step(request: HttpRequest, uuid: UUID, given: StepPatch) -> Any:
    """Change, finish or reopen a next step."""
    row = rest.one(selectors.steps_listed(request.user), uuid=uuid)
    rest.require(request, policies.may_change_step, row)
    said = given.model_dump(exclude_unset=True)
    done = said.pop("is_done", None)
    if said.get("text", "") is None:
        del said["text"]
    if "owner" in said:
        said["owner"] = _owner(said["owner"])
    if said:
        services.change_next_step(row, by=request.user, **said)
    if done is True:
        services.finish_next_step(row, by=request.user)
    elif done is False:
        services.reopen_next_step(row, by=request.user)
    return _step(rest.one(selectors.steps_listed(), pk=row.pk), request.user)


@router.delete("/next-steps/{uuid}", operation_id="remove_next_step")
@rest.asks(policies.may_write)
def remove_next_step(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a next step."""
    row = rest.one(selectors.steps_listed(request.user), uuid=uuid)
    rest.require(request, policies.may_change_step, row)
    services.remove_next_step(row, by=request.user)
    return 204, None


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


@router.post(
    "/unknown-addresses/{uuid}/decision", response=ProposalOut, operation_id="decide_unknown_address"
)
@rest.asks(policies.may_sort_out)
def decide_unknown_address(request: HttpRequest, uuid: UUID, given: DecisionIn) -> Any:
    """Say who it is; 422 when that has been said already."""
    row = rest.one(selectors.proposals_listed(request.user), uuid=uuid)
    if given.person is None:
        services.decide_nobody(row, by=request.user)
    else:
        person = _rows_of(Person, [given.person], "person")[0]
        services.link_proposal(row, person=person, by=request.user)
    return _proposal(rest.one(selectors.proposals_listed(), pk=row.pk))
