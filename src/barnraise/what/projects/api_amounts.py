"""What was spent or came in on budget lines, and who builds a project together, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation

from . import policies, selectors
from .api_parts import add, change, project_of, remove
from .models import Actual, BudgetLine, ProjectPartner

router = rest.router(tags=["Projects"])
_ROLES = ", ".join(ProjectPartner.Role.values)


class AmountOut(Schema):
    """What was spent, or came in, on a budget line."""

    id: UUID = Field(description="Its id.")
    line: UUID = Field(description="The budget line.")
    on: date = Field(description="On which day.")
    amount: int = Field(description="How much, in minor units; a negative amount takes back.")
    note: str = Field(description="A note.")


class AmountIn(Schema):
    """An amount to note."""

    line: UUID = Field(description="The budget line.")
    on: rest.Day = Field(description="On which day.")
    amount: int = Field(strict=True, description="How much, in minor units; a negative amount takes back.")
    note: str = Field("", max_length=300, description="A note.")


class AmountPatch(Schema):
    """What of an amount is to change; what is left out stays."""

    line: UUID | None = Field(None, description="The budget line.")
    on: rest.Day | None = Field(None, description="On which day.")
    amount: int | None = Field(
        None, strict=True, description="How much, in minor units; a negative amount takes back."
    )
    note: str | None = Field(None, max_length=300, description="A note.")


class PartnerOut(Schema):
    """An organisation in one role."""

    id: UUID = Field(description="Its id.")
    organisation: UUID = Field(description="Which organisation.")
    role: str = Field(description=f"One of {_ROLES}.")
    note: str = Field(description="A note.")


class PartnerIn(Schema):
    """A partner to add."""

    organisation: UUID = Field(description="Which organisation.")
    role: str = Field(max_length=8, description=f"One of {_ROLES}.")
    note: str = Field("", max_length=300, description="A note.")


class PartnerPatch(Schema):
    """What of a partner is to change; what is left out stays."""

    organisation: UUID | None = Field(None, description="Which organisation.")
    role: str | None = Field(None, max_length=8, description=f"One of {_ROLES}.")
    note: str | None = Field(None, max_length=300, description="A note.")


def _amount(row: Actual) -> dict[str, Any]:
    return {"id": row.uuid, "line": row.line.uuid, "on": row.on, "amount": row.amount, "note": row.note}


def _partner(row: ProjectPartner) -> dict[str, Any]:
    return {"id": row.uuid, "organisation": row.organisation.uuid, "role": row.role, "note": row.note}


def _line(uuid: UUID) -> BudgetLine:
    line = BudgetLine.objects.filter(uuid=uuid).first()
    if line is None:
        raise ValidationError({"line": "There is no budget line with this id."})
    return line


def _organisation(uuid: UUID) -> Organisation:
    found = Organisation.objects.filter(uuid=uuid).first()
    if found is None:
        raise ValidationError({"organisation": "There is no organisation with this id."})
    return found


@router.get("/projects/{uuid}/amounts", response=list[AmountOut], operation_id="list_project_amounts")
@rest.asks(policies.may_see)
def list_amounts(request: HttpRequest, uuid: UUID) -> Any:
    """What was spent and came in, by day."""
    rows = Actual.objects.filter(project=project_of(request, uuid)).select_related("line")
    return [_amount(row) for row in rows.order_by("on", "id")]


@router.post("/projects/{uuid}/amounts", response={201: AmountOut}, operation_id="create_amount")
@rest.asks(policies.may_edit)
def create_amount(request: HttpRequest, uuid: UUID, given: AmountIn) -> Any:
    """Note an amount on a budget line."""
    values = given.dict()
    return 201, _amount(add(request, uuid, "amounts", {**values, "line": _line(values["line"])}))


@router.patch("/amounts/{uuid}", response=AmountOut, operation_id="change_amount")
@rest.asks(policies.may_edit)
def change_amount(request: HttpRequest, uuid: UUID, given: AmountPatch) -> Any:
    """Correct an amount."""
    return _amount(change(request, "amounts", uuid, given, found={"line": _line}))


@router.delete("/amounts/{uuid}", operation_id="remove_amount")
@rest.asks(policies.may_edit)
def remove_amount(request: HttpRequest, uuid: UUID) -> Any:
    """Take an amount away that was noted by mistake."""
    return remove(request, "amounts", uuid)


@router.get("/projects/{uuid}/partners", response=list[PartnerOut], operation_id="list_project_partners")
@rest.asks(policies.may_see)
def list_partners(request: HttpRequest, uuid: UUID) -> Any:
    """A project's partners in their roles, by name."""
    return [_partner(row) for row in selectors.partners_of(project_of(request, uuid))]


@router.post("/projects/{uuid}/partners", response={201: PartnerOut}, operation_id="create_project_partner")
@rest.asks(policies.may_edit)
def create_partner(request: HttpRequest, uuid: UUID, given: PartnerIn) -> Any:
    """Add a partner in a role."""
    values = given.dict()
    values["organisation"] = _organisation(values["organisation"])
    return 201, _partner(add(request, uuid, "partners", values))


@router.patch("/project-partners/{uuid}", response=PartnerOut, operation_id="change_project_partner")
@rest.asks(policies.may_edit)
def change_partner(request: HttpRequest, uuid: UUID, given: PartnerPatch) -> Any:
    """Change a partner's role or note."""
    return _partner(change(request, "partners", uuid, given, found={"organisation": _organisation}))


@router.delete("/project-partners/{uuid}", operation_id="remove_project_partner")
@rest.asks(policies.may_edit)
def remove_partner(request: HttpRequest, uuid: UUID) -> Any:
    """Take a partner out of the project."""
    return remove(request, "partners", uuid)
