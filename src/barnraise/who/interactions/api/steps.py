"""Next steps for programs: what their account may read, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from .. import policies, selectors, services
from ..models import NextStep
from .given import rows_of

router = rest.router(tags=["Interactions"])


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
    people = rows_of(Person, [given.person] if given.person else [], "person")
    bodies = rows_of(Organisation, [given.organisation] if given.organisation else [], "organisation")
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
