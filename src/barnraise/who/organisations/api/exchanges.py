"""Gives and seeks for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.communities import selectors as communities
from barnraise.who.communities.models import Community

from .. import exchanges, policies, sectors, selectors, services
from ..exchanges import ExchangeDocument
from ..models import Exchange
from ..season import season_of

router = rest.router(tags=["Gives and seeks"])


def _of(values: Sequence[str]) -> str:
    return f"One of {', '.join(value for value in values if value)}."


_SAID = {
    "direction": _of(Exchange.Direction.values),
    "kind": _of(Exchange.Kind.values),
    "status": _of(Exchange.Status.values),
    "unit": f"What the amount counts in; empty without an amount. {_of(Exchange.Unit.values)}",
    "per": f"Empty for once. {_of(Exchange.Per.values)}",
    "amount": "A whole number above 0, money in minor units (cents); null is not known.",
    "months": "Months of every year, 1 to 12; none is the whole year.",
    "season_from": "First day of the season in every year, MM-DD, instead of months; it may be after the last.",
}


class ExchangeSector(Schema):
    """A sector it concerns."""

    scheme: str = Field(max_length=20, description=_of(list(sectors.SECTOR_SCHEMES)))
    code: str = Field(max_length=60, description="Code of the scheme.")


class ExchangePatch(Schema):
    """What to change; what is left out stays, lists are given whole."""

    kind: str | None = Field(None, max_length=10, description=_SAID["kind"])
    what: str | None = Field(None, min_length=1, max_length=300, description="What it is, in a few words.")
    condition: str | None = Field(None, max_length=2000, description="What has to hold.")
    amount: int | None = Field(None, strict=True, gt=0, lt=2**53, description=_SAID["amount"])
    unit: str | None = Field(None, max_length=13, description=_SAID["unit"])
    currency: str | None = Field(None, max_length=3, description="ISO 4217 code, for money only.")
    per: str | None = Field(None, max_length=5, description=_SAID["per"])
    months: list[Annotated[int, Field(ge=1, le=12)]] | None = Field(
        None, max_length=12, description=_SAID["months"]
    )
    season_from: str | None = Field(None, max_length=5, description=_SAID["season_from"])
    season_until: str | None = Field(None, max_length=5, description="Last day of the season, MM-DD.")
    valid_from: date | None = Field(None, description="First day on which it holds.")
    valid_until: date | None = Field(None, description="Last day on which it holds.")
    status: str | None = Field(None, max_length=6, description=_SAID["status"])
    sectors: list[ExchangeSector] | None = Field(None, max_length=50, description="Sectors it concerns.")
    communities: list[UUID] | None = Field(
        None, max_length=50, description="Communities it is for; none is any."
    )


class ExchangeIn(ExchangePatch):
    """Something to note as given or sought."""

    organisation: UUID = Field(description="The organisation that gives or seeks it.")
    direction: str = Field(max_length=5, description=_SAID["direction"])
    kind: str = Field(max_length=10, description=_SAID["kind"])
    what: str = Field(min_length=1, max_length=300, description="What it is, in a few words.")


class ExchangeOut(Schema):
    """Something that an organisation gives or seeks."""

    id: UUID = Field(description="Its id.")
    organisation: UUID = Field(description="The organisation that gives or seeks it.")
    is_own: bool = Field(description="True when that is our own organisation.")
    direction: str = Field(description=_SAID["direction"])
    kind: str = Field(description=_SAID["kind"])
    what: str = Field(description="What it is, in a few words.")
    condition: str = Field(description="What has to hold.")
    amount: int | None = Field(description=_SAID["amount"])
    unit: str = Field(description=_SAID["unit"])
    currency: str = Field(description="ISO 4217 code, for money only.")
    per: str = Field(description=_SAID["per"])
    months: list[int] = Field(description=_SAID["months"])
    season_from: str = Field(description=_SAID["season_from"])
    season_until: str = Field(description="Last day of the season, MM-DD.")
    valid_from: date | None = Field(description="First day on which it holds.")
    valid_until: date | None = Field(description="Last day on which it holds.")
    status: str = Field(description=_SAID["status"])
    sectors: list[ExchangeSector] = Field(description="Sectors it concerns.")
    communities: list[UUID] = Field(description="Communities it is for; none is any.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class _Shaper:
    """Loads what a page of rows needs in two queries, then shapes each."""

    def __init__(self) -> None:
        self.concerned: dict[int, list[int]] = {}
        self.places: dict[int, UUID] = {}

    def prepare(self, rows: list[Exchange]) -> None:
        self.concerned = selectors.communities_of_exchanges([row.pk for row in rows])
        wanted = {key for keys in self.concerned.values() for key in keys}
        self.places = dict(Community.objects.filter(pk__in=wanted).values_list("pk", "uuid"))

    def shape(self, row: Exchange) -> dict[str, Any]:
        season = season_of(row.months, row.season_from, row.season_until)
        concerned = self.concerned.get(row.pk, ())
        return {
            **{name: getattr(row, name) for name in exchanges.COLUMNS},
            "id": row.uuid,
            "organisation": row.organisation.uuid,
            "is_own": row.organisation.is_own,
            "months": sorted(season.months),
            "sectors": [{"scheme": scheme, "code": code} for scheme, code in row.sectors],
            "communities": [self.places[key] for key in concerned if key in self.places],
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        }


def _one(uuid: UUID) -> dict[str, Any]:
    row = selectors.one_exchange(uuid)
    shaper = _Shaper()
    shaper.prepare([row])
    return shaper.shape(row)


_MAY_BE_NULL = ("amount", "valid_from", "valid_until")


def _values(given: Mapping[str, Any]) -> dict[str, Any]:
    """The request as values of a document. Raises ValidationError by field."""
    said = {name: value for name, value in given.items() if value is not None or name in _MAY_BE_NULL}
    if "months" in said:
        said["months"] = sum(1 << (month - 1) for month in set(said["months"]))
    if "sectors" in said:
        try:
            said["sectors"] = tuple(sectors.normalise(one["scheme"], one["code"]) for one in said["sectors"])
        except sectors.SectorError as no:
            raise ValidationError({"sectors": str(no.reason)}) from None
    if "communities" in said:
        found = communities.by_uuids(said["communities"])
        if missing := [uuid for uuid in said["communities"] if uuid not in found]:
            raise ValidationError({"communities": f"There is no community with the id {missing[0]}."})
        said["communities"] = tuple(sorted({row.pk for row in found.values()}))
    return said


@router.get("/exchanges", response=rest.Page[ExchangeOut], operation_id="list_exchanges")
@rest.asks(policies.may_see)
def list_exchanges(
    request: HttpRequest,
    paging: rest.PageQuery,
    organisation: Annotated[UUID | None, Query(description="Only those of this organisation.")] = None,
    direction: Annotated[str | None, Query(description=f"Only these: {_SAID['direction']}")] = None,
    kind: Annotated[str | None, Query(description=f"Only of this kind: {_SAID['kind']}")] = None,
    status: Annotated[str | None, Query(description=f"Only in this state: {_SAID['status']}")] = None,
    community: Annotated[UUID | None, Query(description="Only those that name this community.")] = None,
    now: Annotated[bool, Query(description="Only those open, valid and in season today.")] = False,
) -> Any:
    """What organisations give and seek; our own organisation's seeks are our asks."""
    rows = selectors.exchanges_listed(request.user)
    wanted = {"organisation__uuid": organisation, "direction": direction, "kind": kind, "status": status}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    if community is not None:
        rows = rows.filter(concerns__community__uuid=community)
    if now:
        rows = rows.filter(selectors.holding_now(timezone.localdate()))
    shaper = _Shaper()
    return rest.page_of(rows, paging, shaper.shape, prepare=shaper.prepare)


@router.post("/exchanges", response={201: ExchangeOut}, operation_id="create_exchange")
@rest.asks(policies.may_write)
def create_exchange(request: HttpRequest, given: ExchangeIn) -> Any:
    """Note what an organisation gives or seeks."""
    said = _values(given.model_dump(exclude_unset=True))
    owner = selectors.one_row(said.pop("organisation"))
    row = services.register_exchange(owner, ExchangeDocument(**said), by=request.user)
    return 201, _one(row.uuid)


@router.get("/exchanges/{uuid}", response=ExchangeOut, operation_id="read_exchange")
@rest.asks(policies.may_see)
def read_exchange(request: HttpRequest, uuid: UUID) -> Any:
    """One thing given or sought."""
    return _one(uuid)


@router.patch("/exchanges/{uuid}", response=ExchangeOut, operation_id="change_exchange")
@rest.asks(policies.may_write)
def change_exchange(request: HttpRequest, uuid: UUID, given: ExchangePatch) -> Any:
    """Change it; set `status` to pause or end it."""
    said = _values(given.model_dump(exclude_unset=True))
    services.change_exchange(selectors.one_exchange(uuid), by=request.user, **said)
    return _one(uuid)


@router.delete("/exchanges/{uuid}", operation_id="remove_exchange")
@rest.asks(policies.may_write)
def remove_exchange(request: HttpRequest, uuid: UUID) -> Any:
    """Remove it; what was true once is better ended."""
    services.remove_exchange(selectors.one_exchange(uuid), by=request.user)
    return 204, None
