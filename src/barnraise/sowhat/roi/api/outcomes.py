"""Valued outcomes and the register of assumptions for programs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.foundation.text import fold
from barnraise.plumbing.ui import rest
from barnraise.why.goals.models import Indicator

from .. import policies, selectors, services
from ..models import Assumption, Outcome, Valuation
from .shared import KINDS, AssumptionOut, ValuedOutcomeOut, assumption_shape, outcome_shape

router = rest.router(tags=["Cost and value"])


class AssumptionIn(Schema):
    """A line of the register."""

    kind: str = Field(max_length=12, description=f"One of {KINDS}.")
    low: Decimal = Field(
        max_digits=18, decimal_places=6, description="Low; amounts in whole units, shares from 0 to 1."
    )
    base: Decimal = Field(max_digits=18, decimal_places=6, description="Base.")
    high: Decimal = Field(max_digits=18, decimal_places=6, description="High.")
    source: str = Field("", max_length=300, description="Where it comes from.")
    source_url: str = Field("", max_length=500, description="Address of the source.")
    seen_on: rest.Day | None = Field(None, description="When the source was seen.")


class ListedAssumptionOut(AssumptionOut):
    """A line of the register, with what it is assumed of."""

    valuation: UUID = Field(description="The valuation it stands in.")
    outcome: UUID | None = Field(description="The outcome it is assumed of; null is the whole valuation.")
    created_at: datetime = Field(description="When it was written first.")
    updated_at: datetime = Field(description="When it changed last.")


class ValuedOutcomeIn(Schema):
    """An outcome to value."""

    name: str = Field(max_length=200, description="What changed for people.")
    about: str = Field("", max_length=1000, description="For whom, and how it is known.")
    indicator: UUID | None = Field(None, description="The indicator that says how many.")


class ListedOutcomeOut(Schema):
    """An outcome as it stands in the list; what it is worth is read with it alone, or with its valuation's reckoning."""

    id: UUID = Field(description="Its id.")
    valuation: UUID = Field(description="The valuation it stands in.")
    name: str = Field(description="What changed for people.")
    about: str = Field(description="For whom, and how it is known.")
    indicator: UUID | None = Field(description="The indicator that says how many; null is a number assumed.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


def _listed(row: Outcome) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ("name", "about", "created_at", "updated_at")}
    indicator = row.indicator.uuid if row.indicator else None
    return {"id": row.uuid, "valuation": row.valuation.uuid, "indicator": indicator, **said}


def _assumed(row: Assumption) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ("created_at", "updated_at")}
    outcome = row.outcome.uuid if row.outcome else None
    return {**assumption_shape(row), "valuation": row.valuation.uuid, "outcome": outcome, **said}


def _valuation(uuid: UUID) -> Valuation:
    found: Valuation = rest.one(selectors.listed(), uuid=uuid)
    return found


def _one_outcome(uuid: UUID) -> Outcome:
    found: Outcome = rest.one(selectors.outcomes_listed(), uuid=uuid)
    return found


def _indicator(uuid: UUID | None) -> Indicator | None:
    if uuid is None:
        return None
    found = Indicator.objects.filter(uuid=uuid).first()
    if found is None:
        raise ValidationError({"indicator": "There is no indicator with this id."})
    return found


def _reckoned(outcome: Outcome) -> dict[str, Any]:
    found = selectors.reckon(outcome.valuation)
    return outcome_shape(next(line for line in found.lines if line.outcome.pk == outcome.pk))


@router.get("/valued-outcomes", response=rest.Page[ListedOutcomeOut], operation_id="list_valued_outcomes")
@rest.asks(policies.may_see)
def list_valued_outcomes(
    request: HttpRequest,
    paging: rest.PageQuery,
    name: Annotated[str, Query(max_length=200, description="Only those whose name holds this.")] = "",
    valuation: Annotated[UUID | None, Query(description="Only those of this valuation.")] = None,
    indicator: Annotated[UUID | None, Query(description="Only those that this indicator counts.")] = None,
    counted: Annotated[
        bool | None, Query(description="Only those that an indicator counts, or whose number is assumed.")
    ] = None,
) -> Any:
    """What changed for people in every valuation: all outcomes, or those that pass."""
    rows: Any = selectors.outcomes_listed(request.user)
    if name:
        rows = rows.filter(name_folded__contains=fold(name.replace("\x00", "")))
    if valuation:
        rows = rows.filter(valuation__uuid=valuation)
    if indicator:
        rows = rows.filter(indicator__uuid=indicator)
    if counted is not None:
        rows = rows.filter(indicator__isnull=not counted)
    return rest.page_of(rows, paging, _listed)


@router.get("/valued-outcomes/{uuid}", response=ValuedOutcomeOut, operation_id="read_valued_outcome")
@rest.asks(policies.may_see)
def read_valued_outcome(request: HttpRequest, uuid: UUID) -> Any:
    """One outcome with its assumptions and its value in each case."""
    return _reckoned(_one_outcome(uuid))


@router.post("/valuations/{uuid}/outcomes", response={201: ValuedOutcomeOut}, operation_id="add_valued_outcome")  # fmt: skip
@rest.asks(policies.may_edit)
def add_valued_outcome(request: HttpRequest, uuid: UUID, given: ValuedOutcomeIn) -> Any:
    """Add an outcome to value."""
    row = _valuation(uuid)
    values = {**given.model_dump(), "indicator": _indicator(given.indicator)}
    return 201, _reckoned(services.add_outcome(row, by=request.user, **values))


@router.put("/valued-outcomes/{uuid}", response=ValuedOutcomeOut, operation_id="change_valued_outcome")
@rest.asks(policies.may_edit)
def change_valued_outcome(request: HttpRequest, uuid: UUID, given: ValuedOutcomeIn) -> Any:
    """Change an outcome."""
    values = {**given.model_dump(), "indicator": _indicator(given.indicator)}
    return _reckoned(services.change_outcome(_one_outcome(uuid), by=request.user, **values))


@router.delete("/valued-outcomes/{uuid}", operation_id="remove_valued_outcome")
@rest.asks(policies.may_edit)
def remove_valued_outcome(request: HttpRequest, uuid: UUID) -> Any:
    """Value it no more."""
    services.remove_outcome(_one_outcome(uuid), by=request.user)
    return 204, None


@router.put("/valued-outcomes/{uuid}/assumptions", response=AssumptionOut, operation_id="assume_of_outcome")
@rest.asks(policies.may_edit)
def assume_of_outcome(request: HttpRequest, uuid: UUID, given: AssumptionIn) -> Any:
    """Write a line of an outcome's register, over what stands there."""
    row = _one_outcome(uuid)
    return assumption_shape(
        services.assume(row.valuation, by=request.user, outcome=row, **given.model_dump())
    )


@router.put("/valuations/{uuid}/assumptions", response=AssumptionOut, operation_id="assume_of_valuation")
@rest.asks(policies.may_edit)
def assume_of_valuation(request: HttpRequest, uuid: UUID, given: AssumptionIn) -> Any:
    """Write what is assumed for the whole: the discount rate, the value of a volunteer hour."""
    row = _valuation(uuid)
    return assumption_shape(services.assume(row, by=request.user, **given.model_dump()))


@router.get("/assumptions", response=rest.Page[ListedAssumptionOut], operation_id="list_assumptions")
@rest.asks(policies.may_see)
def list_assumptions(
    request: HttpRequest,
    paging: rest.PageQuery,
    valuation: Annotated[UUID | None, Query(description="Only those of this valuation.")] = None,
    outcome: Annotated[UUID | None, Query(description="Only those of this outcome.")] = None,
    kind: Annotated[str, Query(max_length=12, description=f"Only this one: {KINDS}.")] = "",
    sourced: Annotated[
        bool | None, Query(description="Only those with a source, or those without one.")
    ] = None,
) -> Any:
    """The register: every number that is assumed, or those that pass."""
    rows: Any = selectors.assumptions_listed(request.user)
    if kind and kind not in Assumption.Kind.values:
        raise ValidationError({"kind": f"Write one of {KINDS}."})
    for field, wanted in (("valuation__uuid", valuation), ("outcome__uuid", outcome), ("kind", kind)):
        rows = rows.filter(**{field: wanted}) if wanted else rows
    if sourced is not None:
        rows = rows.exclude(source="") if sourced else rows.filter(source="")
    return rest.page_of(rows, paging, _assumed)


@router.delete("/assumptions/{uuid}", operation_id="forget_assumption")
@rest.asks(policies.may_edit)
def forgetassumption_shape(request: HttpRequest, uuid: UUID) -> Any:
    """Take a line out of its register."""
    services.forget(rest.one(selectors.assumptions_listed(request.user), uuid=uuid), by=request.user)
    return 204, None
