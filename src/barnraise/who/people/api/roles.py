"""Roles for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation

from .. import policies, selectors, services
from ..models import Role

router = rest.router(tags=["Roles"])
_KINDS = f"One of {', '.join(Role.Kind.values)}."


class RolePatch(Schema):
    """What to change; what is left out stays."""

    organisation: UUID | None = Field(None, description="The organisation.")
    title: str | None = Field(None, max_length=120, description="Role or job title.")
    kind: str | None = Field(None, max_length=9, description=_KINDS)
    is_main_contact: bool | None = Field(None, description="True for the organisation's main contact.")
    started_on: date | None = Field(None, description="Since when; null is not known.")
    ended_on: date | None = Field(None, description="Until when; null while it lasts.")
    note: str | None = Field(None, max_length=400, description="Note.")


class RoleIn(RolePatch):
    """A role to note."""

    person: UUID = Field(description="The person.")
    organisation: UUID = Field(description="The organisation.")


class RoleOut(Schema):
    """A role of a person in an organisation."""

    id: UUID = Field(description="Its id.")
    person: UUID = Field(description="The person.")
    organisation: UUID = Field(description="The organisation.")
    title: str = Field(description="Role or job title.")
    kind: str = Field(description=_KINDS)
    is_main_contact: bool = Field(description="True for the organisation's main contact.")
    started_on: date | None = Field(description="Since when; null is not known.")
    ended_on: date | None = Field(description="Until when; null while it lasts.")
    note: str = Field(description="Note.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


_PLAIN = (
    "title",
    "kind",
    "is_main_contact",
    "started_on",
    "ended_on",
    "note",
    "created_at",
    "updated_at",
)


def _shape(row: Role) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in _PLAIN},
        "id": row.uuid,
        "person": row.person.uuid,
        "organisation": row.organisation.uuid,
    }


def _values(given: Schema) -> dict[str, Any]:
    said = given.model_dump(exclude_unset=True)
    said.pop("person", None)
    kept = {
        name: value for name, value in said.items() if value is not None or name in {"started_on", "ended_on"}
    }
    if "organisation" in kept:
        kept["organisation"] = _organisation(kept["organisation"])
    return kept


def _organisation(uuid: UUID) -> Organisation:
    found = Organisation.objects.filter(uuid=uuid).first()
    if found is None:
        reason = "There is no organisation with this id."
        raise rest.Problem(422, "Nothing was changed.", errors=[("organisation", reason)])
    return found


@router.get("/roles", response=rest.Page[RoleOut], operation_id="list_roles")
@rest.asks(policies.may_see)
def list_roles(
    request: HttpRequest,
    paging: rest.PageQuery,
    person: Annotated[UUID | None, Query(description="Only those of this person.")] = None,
    organisation: Annotated[UUID | None, Query(description="Only those in this organisation.")] = None,
) -> Any:
    """All roles, former ones too; `person` and `organisation` narrow them."""
    rows = selectors.roles_listed(request.user)
    if person:
        rows = rows.filter(person__uuid=person)
    if organisation:
        rows = rows.filter(organisation__uuid=organisation)
    return rest.page_of(rows, paging, _shape)


@router.post("/roles", response={201: RoleOut}, operation_id="create_role")
@rest.asks(policies.may_write)
def create_role(request: HttpRequest, given: RoleIn) -> Any:
    """Note a role."""
    row = services.add_role(selectors.one_row(given.person), by=request.user, **_values(given))
    return 201, _shape(selectors.one_role(row.uuid))


@router.get("/roles/{uuid}", response=RoleOut, operation_id="read_role")
@rest.asks(policies.may_see)
def read_role(request: HttpRequest, uuid: UUID) -> Any:
    """One role."""
    return _shape(selectors.one_role(uuid))


@router.patch("/roles/{uuid}", response=RoleOut, operation_id="change_role")
@rest.asks(policies.may_write)
def change_role(request: HttpRequest, uuid: UUID, given: RolePatch) -> Any:
    """Change a role."""
    services.change_role(selectors.one_role(uuid), by=request.user, **_values(given))
    return _shape(selectors.one_role(uuid))


@router.delete("/roles/{uuid}", operation_id="remove_role")
@rest.asks(policies.may_write)
def remove_role(request: HttpRequest, uuid: UUID) -> Any:
    """Take away a role that was noted by mistake; one that is over gets `ended_on`."""
    services.remove_role(selectors.one_role(uuid), by=request.user)
    return 204, None
