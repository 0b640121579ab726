"""What the endpoints of this room share: lines of the register, and outcomes as they are reckoned."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from .. import facing, selectors
from ..models import Assumption
from ..returns import CASES

KINDS = ", ".join(Assumption.Kind.values)


class AssumptionOut(Schema):
    """A line of the register."""

    id: UUID = Field(description="Its id.")
    kind: str = Field(description=f"One of {KINDS}.")
    low: str = Field(description="Low, as a decimal.")
    base: str = Field(description="Base, as a decimal.")
    high: str = Field(description="High, as a decimal.")
    source: str = Field(description="Where it comes from.")
    source_url: str = Field(description="Address of the source.")
    seen_on: date | None = Field(description="When the source was seen.")


class ValuedOutcomeOut(Schema):
    """An outcome with its assumptions and its value in each case."""

    id: UUID = Field(description="Its id.")
    valuation: UUID = Field(description="The valuation it stands in.")
    name: str = Field(description="What changed for people.")
    about: str = Field(description="For whom, and how it is known.")
    indicator: UUID | None = Field(description="The indicator that says how many.")
    quantity: str | None = Field(description="How many, as a decimal; null while nothing says so.")
    missing: list[str] = Field(description="Assumptions that are not said yet.")
    assumptions: list[AssumptionOut] = Field(description="What is assumed of it.")
    low: str | None = Field(description="Its present value in the low case, as a decimal.")
    base: str | None = Field(description="Its present value in the base case.")
    high: str | None = Field(description="Its present value in the high case.")


def assumption_shape(row: Assumption) -> dict[str, Any]:
    """A line of the register."""
    ends = {name: facing.plain(getattr(row, name)) for name in ("low", "base", "high")}
    said = {name: getattr(row, name) for name in ("kind", "source", "source_url", "seen_on")}
    return {"id": row.uuid, **ends, **said}


def outcome_shape(line: selectors.Line) -> dict[str, Any]:
    """An outcome as it was reckoned."""
    row = line.outcome
    return {
        "id": row.uuid,
        "valuation": row.valuation.uuid,
        "name": row.name,
        "about": row.about,
        "indicator": row.indicator.uuid if row.indicator else None,
        "quantity": None if line.many is None else facing.plain(line.many),
        "missing": list(line.missing),
        "assumptions": [assumption_shape(one) for one in line.assumed.values()],
        **{case: decimal(line.values.get(case)) for case in CASES},
    }


def decimal(value: Decimal | None) -> str | None:
    """To six places, without noughts at the end."""
    return None if value is None else format(round(value, 6).normalize(), "f")
