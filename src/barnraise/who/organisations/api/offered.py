"""Services that organisations offer, one by one, for programs; an organisation's own answer holds them too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpRequest
from ninja import Field, Path, Query

from barnraise.plumbing.ui import rest

from .. import policies, selectors, services
from ..models import Service
from .parts import ServicePart, read_hours, read_service, shape_hours

router = rest.router(tags=["Services"])
Key = Annotated[UUID, Path(description="The service's id.")]
_STATES = f"One of {', '.join(Service.Status.values)}."
_PARTS = [name for name in ServicePart.model_fields if name != "hours"]


class ServicePatch(ServicePart):
    """What to change; what is left out stays, lists are given whole. `ref` never changes."""

    name: str = Field("", max_length=300, description="What it is called.")


class ServiceIn(ServicePart):
    """A service to add."""

    organisation: UUID = Field(description="The organisation that offers it.")


class ServiceOut(ServicePart):
    """A service that an organisation offers."""

    id: UUID = Field(description="Its id.")
    organisation: UUID = Field(description="The organisation that offers it.")
    updated_at: datetime = Field(description="When its organisation changed last, this service included.")


def _rows() -> Any:
    return selectors.services_listed().annotate(updated_at=F("organisation__updated_at"))


def _said(row: Service) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in _PARTS}, "hours": shape_hours(row.hours)}


def _shape(row: Any) -> dict[str, Any]:
    return {
        **_said(row),
        "id": row.uuid,
        "organisation": row.organisation.uuid,
        "updated_at": row.updated_at,
    }


def _one(key: UUID) -> dict[str, Any]:
    return _shape(rest.one(_rows(), uuid=key))


def _wanted(said: Mapping[str, Any]) -> Any:
    read_hours(said.get("hours", ()), "hours")
    try:
        return read_service({name: value for name, value in said.items() if name != "organisation"})
    except ValidationError as no:
        raise rest.Problem(422, "Nothing was changed.", errors=[("", text) for text in no.messages]) from None


@router.get("/services", response=rest.Page[ServiceOut], operation_id="list_services")
@rest.asks(policies.may_see)
def list_services(
    request: HttpRequest,
    paging: rest.PageQuery,
    organisation: Annotated[UUID | None, Query(description="Only those of this organisation.")] = None,
    status: Annotated[str | None, Query(description=f"Only in this state: {_STATES}")] = None,
    is_free: Annotated[
        bool | None, Query(description="Only those that are free, or that cost something.")
    ] = None,
) -> Any:
    """What people can come for. A service changes with its organisation: so `updated_since` means."""
    wanted = {"organisation__uuid": organisation, "status": status, "is_free": is_free}
    rows = _rows().filter(**{name: value for name, value in wanted.items() if value is not None})
    return rest.page_of(rows, paging, _shape)


@router.post("/services", response={201: ServiceOut}, operation_id="create_service")
@rest.asks(policies.may_write)
def create_service(request: HttpRequest, given: ServiceIn) -> Any:
    """Add a service to an organisation."""
    owner = selectors.one_row(given.organisation)
    row = services.add_service(owner, _wanted(given.model_dump()), by=request.user)
    return 201, _one(row.uuid)


@router.get("/services/{key}", response=ServiceOut, operation_id="read_service")
@rest.asks(policies.may_see)
def read_one_service(request: HttpRequest, key: Key) -> Any:
    """One service."""
    return _one(key)


@router.patch("/services/{key}", response=ServiceOut, operation_id="change_service")
@rest.asks(policies.may_write)
def change_service(request: HttpRequest, key: Key, given: ServicePatch) -> Any:
    """Change a service."""
    row = rest.one(_rows(), uuid=key)
    changed = given.model_dump(exclude_unset=True)
    if changed.get("name", "x") == "":
        raise rest.Problem(
            422, "Nothing was changed.", errors=[("name", "Write what the service is called.")]
        )
    services.change_service(row, _wanted({**_said(row), **changed}), by=request.user)
    return _one(key)


@router.delete("/services/{key}", operation_id="remove_service")
@rest.asks(policies.may_write)
def remove_service(request: HttpRequest, key: Key) -> Any:
    """Remove a service; one that is no longer offered is better marked so."""
    services.remove_service(rest.one(_rows(), uuid=key), by=request.user)
    return 204, None
