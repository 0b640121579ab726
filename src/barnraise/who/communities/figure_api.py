"""Measures and figures for programs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.foundation import periods
from barnraise.plumbing.ui import rest

from . import policies, selectors, services
from .amounts import text
from .models import Figure, Measure

router = rest.router(tags=["Figures"])

_DIRECTIONS = ", ".join(Measure.Direction.values)
_REASONS = ", ".join(Figure.Reason.values)
_PERIOD = "A year (2023), years (2020-2022), a month (2024-05), or days (2024-03-01/2024-08-31)."
_LARGE = Decimal(10) ** 15


class MeasureOut(Schema):
    """What figures measure."""

    id: UUID = Field(description="Its id.")
    publisher: str = Field(description="Who defines it.")
    code: str = Field(description="What its publisher calls it for short; with the publisher it is unique.")
    name: str = Field(description="Name.")
    unit: str = Field(description="What the numbers count; empty for plain numbers.")
    direction: str = Field(description=f"Which way is better: one of {_DIRECTIONS}.")
    category: str = Field(description="Measures of one category stand together.")
    description: str = Field(description="How it is counted.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


class MeasureIn(Schema):
    """A measure to add."""

    publisher: str = Field(min_length=1, max_length=120, description="Who defines it.")
    name: str = Field(min_length=1, max_length=300, description="Name.")
    code: str = Field("", max_length=80, description="Its publisher's code; empty: made of the name.")
    unit: str = Field("", max_length=60, description="What the numbers count.")
    direction: str = Field("neutral", max_length=10, description=f"One of {_DIRECTIONS}.")
    category: str = Field("", max_length=80, description="Measures of one category stand together.")
    description: str = Field("", max_length=4000, description="How it is counted.")


class MeasurePatch(Schema):
    """What to change; what is left out stays."""

    publisher: str | None = Field(None, min_length=1, max_length=120, description="Who defines it.")
    name: str | None = Field(None, min_length=1, max_length=300, description="Name.")
    code: str | None = Field(None, min_length=1, max_length=80, description="Its publisher's code.")
    unit: str | None = Field(None, max_length=60, description="What the numbers count.")
    direction: str | None = Field(None, max_length=10, description=f"One of {_DIRECTIONS}.")
    category: str | None = Field(None, max_length=80, description="Measures of one category stand together.")
    description: str | None = Field(None, max_length=4000, description="How it is counted.")


class FigureOut(Schema):
    """The value of a measure for a community in a period. Numbers are text, so that no digit is lost."""

    id: UUID = Field(description="Its id.")
    community: UUID | None = Field(
        None, description="The community it is about; null when it is about an area."
    )
    area: str = Field(description="The wider area it is about, as ISO 3166 code (US, US-OH); else empty.")
    measure: UUID = Field(description="The measure.")
    period: str = Field(description=_PERIOD)
    begins_on: str = Field(description="The first day of the period.")
    ends_on: str = Field(description="The last day of the period.")
    value: str | None = Field(None, description="The value; null when it is not known.")
    reason: str = Field(description=f"Why it is not known: one of {_REASONS}; empty when it is.")
    low: str | None = Field(None, description="Lower end of the confidence interval.")
    high: str | None = Field(None, description="Upper end of the confidence interval.")
    is_unreliable: bool = Field(description="Whether the source itself calls it unreliable.")
    numerator: str | None = Field(None, description="How many were counted.")
    denominator: str | None = Field(None, description="How many it is a part of.")
    population: str | None = Field(None, description="How many people live there, as the source counts.")
    benchmark: str | None = Field(None, description="What the source itself compares it with.")
    benchmark_name: str = Field(description="The name of that benchmark.")
    source: str = Field(description="Who says so.")
    edition: str = Field(description="Which release of the source.")
    note: str = Field(description="A note.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


def _amount(words: str) -> Any:
    return Field(None, gt=-_LARGE, lt=_LARGE, allow_inf_nan=False, description=words)


class _FigureValues(Schema):
    value: Decimal | None = _amount("The value; null when it is not known.")
    low: Decimal | None = _amount("Lower end of the confidence interval.")
    high: Decimal | None = _amount("Upper end of the confidence interval.")
    numerator: Decimal | None = _amount("How many were counted.")
    denominator: Decimal | None = _amount("How many it is a part of.")
    population: Decimal | None = _amount("How many people live there, as the source counts.")
    benchmark: Decimal | None = _amount("What the source itself compares it with.")


class FigureIn(_FigureValues):
    """A figure to add."""

    community: UUID | None = Field(None, description="The community it is about.")
    area: str = Field(
        "", max_length=20, description="Instead of a community: a wider area, as ISO 3166 code."
    )
    measure: UUID = Field(description="The measure.")
    period: str = Field(min_length=4, max_length=40, description=_PERIOD)
    reason: str = Field("", max_length=20, description=f"Why it is not known: one of {_REASONS}.")
    is_unreliable: bool = Field(False, description="Whether the source itself calls it unreliable.")
    benchmark_name: str = Field("", max_length=120, description="The name of the benchmark.")
    source: str = Field(min_length=1, max_length=200, description="Who says so.")
    edition: str = Field("", max_length=60, description="Which release of the source.")
    note: str = Field("", max_length=500, description="A note.")


class FigurePatch(_FigureValues):
    """What to change; what is left out stays."""

    measure: UUID | None = Field(None, description="The measure.")
    period: str | None = Field(None, min_length=4, max_length=40, description=_PERIOD)
    reason: str | None = Field(None, max_length=20, description=f"Why it is not known: one of {_REASONS}.")
    is_unreliable: bool | None = Field(None, description="Whether the source itself calls it unreliable.")
    benchmark_name: str | None = Field(None, max_length=120, description="The name of the benchmark.")
    source: str | None = Field(None, min_length=1, max_length=200, description="Who says so.")
    edition: str | None = Field(None, max_length=60, description="Which release of the source.")
    note: str | None = Field(None, max_length=500, description="A note.")


def _measure(row: Measure) -> dict[str, Any]:
    names = ("publisher", "code", "name", "unit", "direction", "category", "description")
    said = {name: getattr(row, name) for name in (*names, "created_at", "updated_at")}
    return {"id": row.uuid, **said}


def _figure(row: Figure) -> dict[str, Any]:
    names = ("area", "reason", "is_unreliable", "benchmark_name", "source", "edition", "note")
    numbers = ("value", "low", "high", "numerator", "denominator", "population", "benchmark")
    return {
        "id": row.uuid,
        "community": row.community.uuid if row.community is not None else None,
        "measure": row.measure.uuid,
        "period": str(row.period),
        "begins_on": row.begins_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        **{name: text(getattr(row, name)) for name in numbers},
        **{name: getattr(row, name) for name in (*names, "created_at", "updated_at")},
    }


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any("\x00" in value for value in given.values() if isinstance(value, str)):
        raise ValidationError("A text contains a character that cannot be stored.")
    return given


def _said(given: dict[str, Any]) -> dict[str, Any]:
    """What the services take: measure and period found, nulls of texts left out."""
    numbers = set(_FigureValues.model_fields)
    said = {name: value for name, value in _clean(given).items() if value is not None or name in numbers}
    if "measure" in said:
        found = selectors.measures_by_uuids([said["measure"]]).get(said["measure"])
        if found is None:
            errors = [("measure", "There is no measure with this id.")]
            raise rest.Problem(422, "Nothing was changed.", errors=errors)
        said["measure"] = found
    if "period" in said:
        try:
            said["period"] = periods.parse(said["period"])
        except ValueError:
            raise rest.Problem(422, "Nothing was changed.", errors=[("period", _PERIOD)]) from None
    return said


@router.get("/measures", response=rest.Page[MeasureOut], operation_id="list_measures")
@rest.asks(policies.may_see)
def list_measures(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """The catalogue of measures."""
    return rest.page_of(selectors.measures_listed(request.user), paging, _measure)


@router.post("/measures", response={201: MeasureOut}, operation_id="create_measure")
@rest.asks(policies.may_write)
def create_measure(request: HttpRequest, given: MeasureIn) -> Any:
    """Add a measure."""
    return 201, _measure(services.add_measure(by=request.user, **_clean(given.model_dump())))


@router.get("/measures/{uuid}", response=MeasureOut, operation_id="read_measure")
@rest.asks(policies.may_see)
def read_measure(request: HttpRequest, uuid: UUID) -> Any:
    """One measure."""
    return _measure(selectors.one_measure(uuid))


@router.patch("/measures/{uuid}", response=MeasureOut, operation_id="change_measure")
@rest.asks(policies.may_write)
def change_measure(request: HttpRequest, uuid: UUID, given: MeasurePatch) -> Any:
    """Change a measure."""
    said = {
        name: value
        for name, value in _clean(given.model_dump(exclude_unset=True)).items()
        if value is not None
    }
    return _measure(services.change_measure(selectors.one_measure(uuid), by=request.user, **said))


@router.delete("/measures/{uuid}", operation_id="remove_measure")
@rest.asks(policies.may_write)
def remove_measure(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a measure that has no figures; one that has some is a 409."""
    try:
        services.remove_measure(selectors.one_measure(uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None


@router.get("/figures", response=rest.Page[FigureOut], operation_id="list_figures")
@rest.asks(policies.may_see)
def list_figures(
    request: HttpRequest,
    paging: rest.PageQuery,
    community: Annotated[UUID | None, Query(description="Only those about this community.")] = None,
    measure: Annotated[UUID | None, Query(description="Only those of this measure.")] = None,
    area: Annotated[
        str, Query(max_length=20, description="Only those about this wider area (US, US-OH).")
    ] = "",
) -> Any:
    """Figures about communities and wider areas."""
    rows = selectors.figures_listed(request.user)
    if community:
        rows = rows.filter(community__uuid=community)
    if measure:
        rows = rows.filter(measure__uuid=measure)
    return rest.page_of(rows.filter(area=area) if area else rows, paging, _figure)


@router.post("/figures", response={201: FigureOut}, operation_id="create_figure")
@rest.asks(policies.may_write)
def create_figure(request: HttpRequest, given: FigureIn) -> Any:
    """Add a figure about a community, or about a wider area that communities are compared with."""
    said = _said(given.model_dump(exclude={"community", "area"}))
    if (given.community is None) == (not given.area):
        errors = [("community", "Give a community, or an area, and not both.")]
        raise rest.Problem(422, "Nothing was changed.", errors=errors)
    about: Any = given.area
    if given.community is not None:
        about = selectors.by_uuids([given.community]).get(given.community)
        if about is None:
            errors = [("community", "There is no community with this id.")]
            raise rest.Problem(422, "Nothing was changed.", errors=errors)
    made = services.add_figure(about, by=request.user, **said)
    return 201, _figure(selectors.one_figure(made.uuid))


@router.get("/figures/{uuid}", response=FigureOut, operation_id="read_figure")
@rest.asks(policies.may_see)
def read_figure(request: HttpRequest, uuid: UUID) -> Any:
    """One figure."""
    return _figure(selectors.one_figure(uuid))


@router.patch("/figures/{uuid}", response=FigureOut, operation_id="change_figure")
@rest.asks(policies.may_write)
def change_figure(request: HttpRequest, uuid: UUID, given: FigurePatch) -> Any:
    """Change a figure."""
    said = _said(given.model_dump(exclude_unset=True))
    services.change_figure(selectors.one_figure(uuid), by=request.user, **said)
    return _figure(selectors.one_figure(uuid))


@router.delete("/figures/{uuid}", operation_id="remove_figure")
@rest.asks(policies.may_write)
def remove_figure(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a figure."""
    services.remove_figure(selectors.one_figure(uuid), by=request.user)
    return 204, None
