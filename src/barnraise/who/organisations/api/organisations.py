"""Organisations for programs: the whole record as one document, its lists given whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.foundation import contacts
from barnraise.plumbing.ui import rest
from barnraise.who.communities import selectors as communities
from barnraise.who.communities.models import Community

from .. import documents, identifiers, policies, sectors, selectors, services
from ..documents import OrganisationDocument
from ..models import Address, ContactPoint, Organisation, OtherName
from .parts import HoursPart, ServicePart, read_hours, read_service, shape_hours, shape_service

router = rest.router(tags=["Organisations"])


def _of(values: Sequence[str]) -> str:
    return f"One of {', '.join(values)}."


class NamePart(Schema):
    """Another name."""

    kind: str = Field(max_length=8, description=_of(OtherName.Kind.values))
    name: str = Field(min_length=1, max_length=300, description="The name.")


class IdentifierPart(Schema):
    """What a register calls it; no two organisations share one."""

    scheme: str = Field(max_length=40, description=f"For example {', '.join(identifiers.SCHEMES)}.")
    value: str = Field(min_length=1, max_length=200, description="The value; normalised when it is kept.")


class SectorPart(Schema):
    """The field it works in."""

    scheme: str = Field(max_length=20, description=_of(list(sectors.SECTOR_SCHEMES)))
    code: str = Field(max_length=60, description="Code of the scheme.")


class AddressPart(rest.Given):
    """An address; both coordinates or none."""

    kind: str = Field("physical", max_length=8, description=_of(Address.Kind.values))
    lines: str = Field("", max_length=400, description="Street, one line or several.")
    city: str = Field("", max_length=120, description="City.")
    region: str = Field("", max_length=80, description="State or region.")
    postcode: str = Field("", max_length=20, description="Postcode.")
    country: str = Field("", max_length=2, description="Two capital letters.")
    lat: float | None = Field(None, ge=-90, le=90, description="Latitude in degrees.")
    lon: float | None = Field(None, ge=-180, le=180, description="Longitude in degrees.")
    source: str = Field("", max_length=60, description="Who said so.")


class ContactPart(Schema):
    """A way to reach it."""

    kind: str = Field(max_length=8, description=_of(ContactPoint.Kind.values))
    value: str = Field(min_length=1, max_length=300, description="The value; normalised when it is kept.")
    label: str = Field("", max_length=80, description="What it is for.")


_SAID: dict[str, Any] = {
    "kind": _of(Organisation.Kind.values),
    "status": _of(Organisation.Status.values),
    "capacity": "People it can take or serve; null is not known.",
    "capacity_per": f"How often; empty without a capacity, else one of {', '.join(Organisation.Per.values)}.",
    "employees_band": f"Empty or one of {', '.join(Organisation.Band.values)}.",
}


class OrganisationPatch(Schema):
    """What to change; what is left out stays, lists are given whole."""

    name: str | None = Field(None, min_length=1, max_length=300, description="Name.")
    kind: str | None = Field(None, max_length=12, description=_SAID["kind"])
    mission: str | None = Field(None, max_length=20_000, description="What it is there for.")
    status: str | None = Field(None, max_length=8, description=_SAID["status"])
    closed_on: date | None = Field(None, description="Day of closing.")
    founded_year: int | None = Field(None, strict=True, ge=1000, le=2200, description="Year of founding.")
    employees: int | None = Field(None, strict=True, ge=0, le=2_147_483_647, description="People employed.")
    employees_band: str | None = Field(None, max_length=8, description=_SAID["employees_band"])
    income_amount: int | None = Field(
        None, strict=True, ge=-(2**53), le=2**53, description="Yearly income in minor units (cents)."
    )
    income_currency: str | None = Field(None, max_length=3, description="ISO 4217 code.")
    income_year: int | None = Field(None, strict=True, ge=1800, le=2200, description="Year of the income.")
    capacity: int | None = Field(None, strict=True, gt=0, le=2_147_483_647, description=_SAID["capacity"])
    capacity_per: str | None = Field(None, max_length=7, description=_SAID["capacity_per"])
    hours: list[HoursPart] | None = Field(None, max_length=70, description="Opening hours.")
    hours_note: str | None = Field(None, max_length=2000, description="More about the hours.")
    parent: UUID | None = Field(None, description="The organisation it is a branch of.")
    names: list[NamePart] | None = Field(None, max_length=200, description="Other names.")
    identifiers: list[IdentifierPart] | None = Field(None, max_length=200, description="Identifiers.")
    sectors: list[SectorPart] | None = Field(None, max_length=200, description="Sectors.")
    addresses: list[AddressPart] | None = Field(
        None, max_length=200, description="Addresses, the main one first."
    )
    contacts: list[ContactPart] | None = Field(None, max_length=200, description="Ways to reach it.")
    services: list[ServicePart] | None = Field(None, max_length=200, description="What people can come for.")
    communities: list[UUID] | None = Field(None, max_length=200, description="Communities it serves.")
    tags: list[str] | None = Field(None, max_length=200, description="Tags by name.")


class OrganisationIn(OrganisationPatch):
    """An organisation to add."""

    name: str = Field(min_length=1, max_length=300, description="Name.")


class OrganisationOut(Schema):
    """An organisation."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Name.")
    kind: str = Field(description=_SAID["kind"])
    mission: str = Field(description="What it is there for.")
    status: str = Field(description=_SAID["status"])
    closed_on: date | None = Field(description="Day of closing.")
    founded_year: int | None = Field(description="Year of founding.")
    employees: int | None = Field(description="People employed; null is not known.")
    employees_band: str = Field(description=_SAID["employees_band"])
    income_amount: int | None = Field(description="Yearly income in minor units; null is not known.")
    income_currency: str = Field(description="ISO 4217 code.")
    income_year: int | None = Field(description="Year of the income.")
    capacity: int | None = Field(description=_SAID["capacity"])
    capacity_per: str = Field(description=_SAID["capacity_per"])
    hours: list[HoursPart] = Field(description="Opening hours.")
    hours_note: str = Field(description="More about the hours.")
    parent: UUID | None = Field(description="The organisation it is a branch of.")
    facts: dict[str, str] = Field(description="What a register says beyond these fields.")
    names: list[NamePart] = Field(description="Other names.")
    identifiers: list[IdentifierPart] = Field(description="Identifiers.")
    sectors: list[SectorPart] = Field(description="Sectors.")
    addresses: list[AddressPart] = Field(description="Addresses, the main one first.")
    contacts: list[ContactPart] = Field(description="Ways to reach it.")
    services: list[ServicePart] = Field(description="What people can come for.")
    communities: list[UUID] = Field(description="Communities it serves.")
    tags: list[str] = Field(description="Tags by name.")
    is_own: bool = Field(description="True for our own organisation.")
    source: str = Field(description="Who said these facts.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


class _Shaper:
    """Loads what a page of rows needs in a fixed number of queries, then shapes each."""

    def __init__(self) -> None:
        self.said: dict[int, OrganisationDocument] = {}
        self.parents: dict[int, UUID] = {}
        self.places: dict[int, UUID] = {}

    def prepare(self, rows: list[Organisation]) -> None:
        self.said = selectors.documents([row.pk for row in rows])
        above = {said.parent for said in self.said.values() if said.parent}
        served = {key for said in self.said.values() for key in said.communities}
        self.parents = dict(Organisation.objects.filter(pk__in=above).values_list("pk", "uuid"))
        self.places = dict(Community.objects.filter(pk__in=served).values_list("pk", "uuid"))

    def shape(self, row: Organisation) -> dict[str, Any]:
        said = self.said[row.pk]
        told = documents.to_json(said)
        return {
            **told,
            "hours": shape_hours(told["hours"]),
            "services": [shape_service(one) for one in told["services"]],
            "id": row.uuid,
            "parent": self.parents.get(said.parent) if said.parent else None,
            "communities": [self.places[key] for key in said.communities if key in self.places],
            "is_own": row.is_own,
            "source": row.source.name,
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        }


def _one(uuid: UUID) -> dict[str, Any]:
    row = Organisation.objects.select_related("source").get(uuid=uuid)
    shaper = _Shaper()
    shaper.prepare([row])
    return shaper.shape(row)


_TEXTS = (
    "name",
    "kind",
    "mission",
    "status",
    "employees_band",
    "income_currency",
    "capacity_per",
    "hours",
    "hours_note",
    *documents.PARTS,
    "communities",
    "tags",
)
"""Fields where null means that nothing was said; in the others it means not known."""


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    """The request as values of a document. Raises ValidationError by field."""
    said = {name: value for name, value in given.items() if value is not None or name not in _TEXTS}
    if "hours" in said:
        said["hours"] = read_hours(said["hours"], "hours")
    if "services" in said:
        said["services"] = tuple(read_service(one) for one in said["services"])
    for name, shape in documents.PARTS.items():
        if name in said and name != "services":
            said[name] = tuple(shape(**_normal(name, part)) for part in said[name])
    if said.get("parent"):
        key = Organisation.objects.filter(uuid=said["parent"]).values_list("pk", flat=True).first()
        if key is None:
            raise ValidationError({"parent": "There is no organisation with this id."})
        said["parent"] = key
    if "communities" in said:
        found = communities.by_uuids(said["communities"])
        if missing := [uuid for uuid in said["communities"] if uuid not in found]:
            raise ValidationError({"communities": f"There is no community with the id {missing[0]}."})
        said["communities"] = tuple(sorted({row.pk for row in found.values()}))
    if "tags" in said:
        said["tags"] = tuple(said["tags"])
    return said


def _normal(field: str, part: dict[str, Any]) -> dict[str, Any]:
    try:
        if field == "identifiers":
            part["scheme"], part["value"] = identifiers.normalise(part["scheme"], part["value"])
        elif field == "sectors":
            part["scheme"], part["code"] = sectors.normalise(part["scheme"], part["code"])
        elif field == "contacts":
            part["value"] = contacts.normalise(part["kind"], part["value"])
    except (identifiers.IdentifierError, sectors.SectorError, contacts.ContactError) as no:
        raise ValidationError({field: str(no.reason)}) from None
    return part


@router.get("/organisations", response=rest.Page[OrganisationOut], operation_id="list_organisations")
@rest.asks(policies.may_see)
def list_organisations(
    request: HttpRequest,
    paging: rest.PageQuery,
    kind: Annotated[str | None, Query(description="Only those of this kind.")] = None,
    identifier: Annotated[str | None, Query(description="SCHEME:value, like EIN:012345678.")] = None,
) -> Any:
    """All organisations; `kind` and `identifier` ("EIN:012345678") narrow them."""
    rows = selectors.listed(request.user).select_related("source")
    if kind:
        rows = rows.filter(kind=kind)
    if identifier:
        scheme, _colon, value = identifier.replace("\x00", "").partition(":")
        rows = rows.filter(identifiers__scheme=scheme, identifiers__value=value)
    shaper = _Shaper()
    return rest.page_of(rows, paging, shaper.shape, prepare=shaper.prepare)


@router.post("/organisations", response={201: OrganisationOut}, operation_id="create_organisation")
@rest.asks(policies.may_write)
def create_organisation(request: HttpRequest, given: OrganisationIn) -> Any:
    """Add an organisation."""
    said = _values(given.model_dump(exclude_unset=True))
    row = services.register_organisation(replace(OrganisationDocument(name=""), **said), by=request.user)
    return 201, _one(row.uuid)


@router.get("/organisations/{uuid}", response=OrganisationOut, operation_id="read_organisation")
@rest.asks(policies.may_see)
def read_organisation(request: HttpRequest, uuid: UUID) -> Any:
    """One organisation."""
    return _one(uuid)


@router.patch("/organisations/{uuid}", response=OrganisationOut, operation_id="change_organisation")
@rest.asks(policies.may_write)
def change_organisation(request: HttpRequest, uuid: UUID, given: OrganisationPatch) -> Any:
    """Change an organisation."""
    said = _values(given.model_dump(exclude_unset=True))
    services.change_organisation(selectors.one_row(uuid), by=request.user, **said)
    return _one(uuid)


@router.delete("/organisations/{uuid}", operation_id="remove_organisation")
@rest.asks(policies.may_remove)
def remove_organisation(request: HttpRequest, uuid: UUID) -> Any:
    """Remove an organisation; 409 with the reason when something hangs on it."""
    try:
        services.remove_organisation(selectors.one_row(uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None
