"""Valuations for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from .. import facing, policies, selectors, services
from ..models import Valuation
from ..returns import CASES
from .shared import AssumptionOut, ValuedOutcomeOut, assumption_shape, decimal, outcome_shape

router = rest.router(tags=["Cost and value"])


class ValuationPatch(Schema):
    """What to change; what is left out stays."""

    name: str | None = Field(None, max_length=200, description="Its name, of which there is one.")
    about: str | None = Field(None, max_length=2000, description="What it values, and for whom.")
    cites: str | None = Field(
        None, max_length=80, description="Typed reference to what it values, like projects.project:3 or events.event:5."
    )  # fmt: skip
    begins_on: rest.Day | None = Field(None, description="From when costs and outcomes count.")
    ends_on: rest.Day | None = Field(None, description="Until when.")
    is_first_year_discounted: bool | None = Field(
        None, strict=True, description="Whether the first year is discounted too."
    )
    owner: str | None = Field(
        None, max_length=254, description="E-mail of the account that sees to it; null is nobody."
    )


class ValuationIn(ValuationPatch):
    """A valuation to begin."""

    name: str = Field(max_length=200, description="Its name, of which there is one.")
    cites: str = Field(max_length=80, description="Typed reference to what it values.")
    begins_on: rest.Day = Field(description="From when costs and outcomes count.")
    ends_on: rest.Day = Field(description="Until when.")


class ValuationOut(Schema):
    """A valuation."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Its name.")
    about: str = Field(description="What it values, and for whom.")
    cites: str = Field(description="Typed reference to what it values.")
    begins_on: date = Field(description="From when.")
    ends_on: date = Field(description="Until when.")
    currency: str = Field(description="ISO 4217 code of its money.")
    is_first_year_discounted: bool = Field(description="Whether the first year is discounted too.")
    owner: str | None = Field(description="E-mail of the account that sees to it.")
    ended_on: date | None = Field(description="When it ended.")
    end_reason: str = Field(description="Why it ended.")
    outcome_count: int = Field(description="How many outcomes are valued.")
    unsourced_count: int = Field(description="How many assumptions have no source.")
    created_at: datetime = Field(description="When it was begun.")
    updated_at: datetime = Field(description="When it changed last.")


class ValuationEndIn(Schema):
    """Why it ended."""

    reason: str = Field(max_length=300, description="Why it is used no more.")


class ReckonedCaseOut(Schema):
    """One case; ratios are null while they are hidden."""

    case: str = Field(description="low, base or high.")
    inputs: str = Field(description="What was put in, as a decimal.")
    value: str | None = Field(description="Present value, as a decimal.")
    gross: str | None = Field(description="Value over inputs.")
    net: str | None = Field(description="Gross less one.")


class ReckoningOut(Schema):
    """A valuation reckoned."""

    cases: list[ReckonedCaseOut] = Field(description="Low, base, high.")
    hidden: str = Field(description="Why no ratio is shown: a sentence; empty where it is.")
    mend: str = Field(description="What to do about it.")
    unsourced_share: str | None = Field(description="The share of the value on assumptions without a source.")
    outcomes: list[ValuedOutcomeOut] = Field(description="Its outcomes.")
    whole: list[AssumptionOut] = Field(description="What is assumed for the whole.")


_PLAIN = (
    "name",
    "about",
    "cites",
    "begins_on",
    "ends_on",
    "currency",
    "is_first_year_discounted",
    "ended_on",
    "end_reason",
    "outcome_count",
    "unsourced_count",
    "created_at",
    "updated_at",
)


def _shape(row: Any) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in _PLAIN}
    return {"id": row.uuid, "owner": row.owner.email if row.owner else None, **said}


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    if given.get("owner") is not None:
        email = given["owner"].casefold()
        found = next((one for one in selectors.owners() if one.email == email), None)
        if found is None:
            raise ValidationError({"owner": "Nobody of the team has this e-mail."})
        given["owner"] = found
    if "about" in given and given["about"] is None:
        given["about"] = ""
    return {name: value for name, value in given.items() if value is not None or name == "owner"}


def _one(request: HttpRequest, uuid: UUID) -> Valuation:
    found: Valuation = rest.one(selectors.listed(request.user), uuid=uuid)
    return found


@router.get("/valuations", response=rest.Page[ValuationOut], operation_id="list_valuations")
@rest.asks(policies.may_see)
def list_valuations(
    request: HttpRequest,
    paging: rest.PageQuery,
    cites: Annotated[str, Query(max_length=80, description="Only those of this project or event.")] = "",
    ended: Annotated[bool | None, Query(description="Only ended ones, or only those in use.")] = None,
) -> Any:
    """All valuations, ended ones too."""
    rows: Any = selectors.listed(request.user)
    if cites:
        rows = rows.filter(cites=cites)
    if ended is not None:
        rows = rows.filter(ended_on__isnull=not ended)
    return rest.page_of(rows, paging, _shape)


@router.post("/valuations", response={201: ValuationOut}, operation_id="create_valuation")
@rest.asks(policies.may_edit)
def create_valuation(request: HttpRequest, given: ValuationIn) -> Any:
    """Begin a valuation."""
    made = services.begin_valuation(by=request.user, **_clean(given.model_dump(exclude_unset=True)))
    return 201, _shape(made)


@router.get("/valuations/{uuid}", response=ValuationOut, operation_id="read_valuation")
@rest.asks(policies.may_see)
def read_valuation(request: HttpRequest, uuid: UUID) -> Any:
    """One valuation."""
    return _shape(_one(request, uuid))


@router.patch("/valuations/{uuid}", response=ValuationOut, operation_id="change_valuation")
@rest.asks(policies.may_edit)
def change_valuation(request: HttpRequest, uuid: UUID, given: ValuationPatch) -> Any:
    """Change what is valued, or for which days."""
    row = _one(request, uuid)
    values = _clean(given.model_dump(exclude_unset=True))
    return _shape(services.change_valuation(row, by=request.user, **values))


@router.delete("/valuations/{uuid}", operation_id="remove_valuation")
@rest.asks(policies.may_remove)
def remove_valuation(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that was begun by mistake."""
    services.remove_valuation(_one(request, uuid), by=request.user)
    return 204, None


@router.post("/valuations/{uuid}/end", response=ValuationOut, operation_id="end_valuation")
@rest.asks(policies.may_end)
def end_valuation(request: HttpRequest, uuid: UUID, given: ValuationEndIn) -> Any:
    """It is used no more."""
    services.end_valuation(_one(request, uuid), by=request.user, reason=given.reason)
    return _shape(_one(request, uuid))


@router.delete("/valuations/{uuid}/end", response=ValuationOut, operation_id="reopen_valuation")
@rest.asks(policies.may_end)
def reopen_valuation(request: HttpRequest, uuid: UUID) -> Any:
    """It is used again."""
    services.reopen(_one(request, uuid), by=request.user)
    return _shape(_one(request, uuid))


@router.get("/valuations/{uuid}/reckoning", response=ReckoningOut, operation_id="reckon_valuation")
@rest.asks(policies.may_see)
def reckon_valuation(request: HttpRequest, uuid: UUID) -> Any:
    """Inputs, values and ratios from low to high, with the register; why no ratio is shown, and what to mend."""
    found = selectors.reckon(_one(request, uuid))
    hidden, mend, names = facing.hidden_words(found) if found.why_hidden else ("", "", "")
    cases = [
        {
            "case": case,
            "inputs": decimal(found.inputs[case]),
            "value": decimal(found.values.get(case)),
            "gross": None if found.why_hidden else decimal(found.gross(case)),
            "net": None if found.why_hidden else decimal(found.net(case)),
        }
        for case in CASES
    ]
    return {
        "cases": cases,
        "hidden": hidden,
        "mend": f"{mend} {names}".strip(),
        "unsourced_share": decimal(found.unsourced_share),
        "outcomes": [outcome_shape(line) for line in found.lines],
        "whole": [assumption_shape(one) for one in found.whole.values()],
    }
