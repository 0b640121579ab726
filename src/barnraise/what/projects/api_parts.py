"""What a project is made of for programs: milestones, budget lines, openings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, Schema

from barnraise.plumbing.ui import rest

from . import policies, selectors, services
from .models import BudgetLine, Milestone, Opening, Project
from .selectors import PARTS

router = rest.router(tags=["Projects"])
_KINDS = ", ".join(Opening.Kind.values)


class MilestoneOut(Schema):
    """Something that is to be done by a day."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="What it is called.")
    due_on: date = Field(description="By when.")
    done_on: date | None = Field(description="When it was done; null while it is open.")
    note: str = Field(description="A note.")


class MilestoneIn(Schema):
    """A milestone to add."""

    name: str = Field(max_length=200, description="What it is called.")
    due_on: rest.Day = Field(description="By when.")
    done_on: rest.Day | None = Field(None, description="When it was done.")
    note: str = Field("", max_length=300, description="A note.")


class MilestonePatch(Schema):
    """What of a milestone is to change; what is left out stays."""

    name: str | None = Field(None, max_length=200, description="What it is called.")
    due_on: rest.Day | None = Field(None, description="By when.")
    done_on: rest.Day | None = Field(None, description="When it was done; null opens it again.")
    note: str | None = Field(None, max_length=300, description="A note.")


class BudgetLineOut(Schema):
    """What is planned to be spent, or to come in."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="What it is called.")
    is_income: bool = Field(description="It is money that comes in.")
    planned: int = Field(description="How much, in minor units of the project's currency.")


class BudgetLineIn(Schema):
    """A budget line to add."""

    name: str = Field(max_length=200, description="What it is called.")
    planned: int = Field(strict=True, description="How much, in minor units of the project's currency.")
    is_income: bool = Field(False, strict=True, description="It is money that comes in.")


class BudgetLinePatch(Schema):
    """What of a budget line is to change; what is left out stays."""

    name: str | None = Field(None, max_length=200, description="What it is called.")
    planned: int | None = Field(
        None, strict=True, description="How much, in minor units of the project's currency."
    )
    is_income: bool | None = Field(None, strict=True, description="It is money that comes in.")


class OpeningOut(Schema):
    """A role that people can take."""

    id: UUID = Field(description="Its id.")
    kind: str = Field(description=f"One of {_KINDS}.")
    name: str = Field(description="What it is called.")
    about: str = Field(description="What it asks and gives.")
    places: int = Field(description="How many can take it.")
    closes_on: date | None = Field(description="Until when people can apply.")
    is_closed: bool = Field(description="Nobody can apply any more.")
    is_public: bool = Field(description="People apply on its page.")
    forget_after_days: int = Field(
        description="Days after which applications that were not taken are removed."
    )
    url: str = Field(description="Address of that page, empty without one.")


class OpeningIn(Schema):
    """An opening to add."""

    kind: str = Field(max_length=11, description=f"One of {_KINDS}.")
    name: str = Field(max_length=200, description="What it is called.")
    about: str = Field("", max_length=2000, description="What it asks and gives.")
    places: int = Field(1, strict=True, description="How many can take it.")
    closes_on: rest.Day | None = Field(None, description="Until when people can apply.")
    is_public: bool = Field(False, strict=True, description="People apply on its page.")
    forget_after_days: int = Field(
        180,
        ge=1,
        le=3650,
        strict=True,
        description="Days after which applications that were not taken are removed.",
    )


class OpeningPatch(Schema):
    """What of an opening is to change; what is left out stays."""

    name: str | None = Field(None, max_length=200, description="What it is called.")
    about: str | None = Field(None, max_length=2000, description="What it asks and gives.")
    places: int | None = Field(None, strict=True, description="How many can take it.")
    closes_on: rest.Day | None = Field(None, description="Until when people can apply; null: no end.")
    is_closed: bool | None = Field(None, strict=True, description="Nobody can apply any more.")
    is_public: bool | None = Field(None, strict=True, description="People apply on its page.")
    forget_after_days: int | None = Field(
        None,
        ge=1,
        le=3650,
        strict=True,
        description="Days after which applications that were not taken are removed.",
    )


def opening_shape(request: HttpRequest, row: Opening) -> dict[str, Any]:
    """An opening as JSON values."""
    names = ("kind", "name", "about", "places", "closes_on", "is_closed", "is_public", "forget_after_days")
    page = reverse("projects:public_opening", args=[row.uuid]) if row.is_public else ""
    url = request.build_absolute_uri(page) if page else ""
    return {"id": row.uuid, **{name: getattr(row, name) for name in names}, "url": url}


def _shape(row: Any) -> dict[str, Any]:
    names: tuple[str, ...] = ("name", "due_on", "done_on", "note")
    if isinstance(row, BudgetLine):
        names = ("name", "is_income", "planned")
    return {"id": row.uuid, **{name: getattr(row, name) for name in names}}


def project_of(request: HttpRequest, uuid: UUID) -> Project:
    """The project, or a 404."""
    return rest.one(selectors.projects_listed(request.user), uuid=uuid)


def part_of(model: Any, uuid: UUID) -> Any:
    """The row of a part with its project, or a 404."""
    return rest.one(model.objects.select_related("project"), uuid=uuid)


def add(request: HttpRequest, uuid: UUID, part: str, values: dict[str, Any]) -> Any:
    """Add a row of a part to the project."""
    return conflict(lambda: services.add_part(project_of(request, uuid), part, by=request.user, **values))


def change(
    request: HttpRequest,
    part: str,
    uuid: UUID,
    given: Schema,
    *,
    empties: tuple[str, ...] = (),
    found: Mapping[str, Callable[[UUID], Any]] | None = None,
) -> Any:
    """Change what was given of a row of a part; null says nothing but for `empties`, ids are `found`."""
    row = part_of(PARTS[part], uuid)
    said = given.dict(exclude_unset=True)
    values = {name: value for name, value in said.items() if value is not None or name in empties}
    values |= {name: find(values[name]) for name, find in (found or {}).items() if name in values}
    conflict(lambda: services.change_part(part, row, by=request.user, **values))
    return part_of(PARTS[part], uuid)


def remove(request: HttpRequest, part: str, uuid: UUID) -> Any:
    """Take a row of a part away."""
    row = part_of(PARTS[part], uuid)
    conflict(lambda: services.remove_part(part, row, by=request.user))
    return 204, None


def conflict(act: Any) -> Any:
    """What a field says is a 422, what stands in the way a 409."""
    try:
        return act()
    except ValidationError as no:
        if hasattr(no, "error_dict"):
            raise
        raise rest.Problem(409, " ".join(no.messages)) from None


@router.get(
    "/projects/{uuid}/milestones", response=list[MilestoneOut], operation_id="list_project_milestones"
)
@rest.asks(policies.may_see)
def list_milestones(request: HttpRequest, uuid: UUID) -> Any:
    """A project's milestones, by day."""
    rows = Milestone.objects.filter(project=project_of(request, uuid)).order_by("due_on", "id")
    return [_shape(row) for row in rows]


@router.post(
    "/projects/{uuid}/milestones", response={201: MilestoneOut}, operation_id="create_project_milestone"
)
@rest.asks(policies.may_edit)
def create_milestone(request: HttpRequest, uuid: UUID, given: MilestoneIn) -> Any:
    """Add a milestone."""
    return 201, _shape(add(request, uuid, "milestones", given.dict()))


@router.patch("/milestones/{uuid}", response=MilestoneOut, operation_id="change_milestone")
@rest.asks(policies.may_edit)
def change_milestone(request: HttpRequest, uuid: UUID, given: MilestonePatch) -> Any:
    """Change a milestone, or note that it is done."""
    return _shape(change(request, "milestones", uuid, given, empties=("done_on",)))


@router.delete("/milestones/{uuid}", operation_id="remove_milestone")
@rest.asks(policies.may_edit)
def remove_milestone(request: HttpRequest, uuid: UUID) -> Any:
    """Take a milestone away."""
    return remove(request, "milestones", uuid)


@router.get("/projects/{uuid}/budget", response=list[BudgetLineOut], operation_id="list_project_budget")
@rest.asks(policies.may_see)
def list_budget(request: HttpRequest, uuid: UUID) -> Any:
    """A project's budget lines."""
    rows = BudgetLine.objects.filter(project=project_of(request, uuid)).order_by("id")
    return [_shape(row) for row in rows]


@router.post("/projects/{uuid}/budget", response={201: BudgetLineOut}, operation_id="create_budget_line")
@rest.asks(policies.may_edit)
def create_budget_line(request: HttpRequest, uuid: UUID, given: BudgetLineIn) -> Any:
    """Add a budget line."""
    return 201, _shape(add(request, uuid, "budget", given.dict()))


@router.patch("/budget-lines/{uuid}", response=BudgetLineOut, operation_id="change_budget_line")
@rest.asks(policies.may_edit)
def change_budget_line(request: HttpRequest, uuid: UUID, given: BudgetLinePatch) -> Any:
    """Change a budget line."""
    return _shape(change(request, "budget", uuid, given))


@router.delete("/budget-lines/{uuid}", operation_id="remove_budget_line")
@rest.asks(policies.may_edit)
def remove_budget_line(request: HttpRequest, uuid: UUID) -> Any:
    """Take a budget line away; refused while amounts stand on it."""
    return remove(request, "budget", uuid)


@router.get("/projects/{uuid}/openings", response=list[OpeningOut], operation_id="list_project_openings")
@rest.asks(policies.may_see)
def list_openings(request: HttpRequest, uuid: UUID) -> Any:
    """A project's openings."""
    return [opening_shape(request, one) for one in selectors.openings_of(project_of(request, uuid))]


@router.post("/projects/{uuid}/openings", response={201: OpeningOut}, operation_id="create_project_opening")
@rest.asks(policies.may_edit)
def create_opening(request: HttpRequest, uuid: UUID, given: OpeningIn) -> Any:
    """Add an opening."""
    return 201, opening_shape(request, add(request, uuid, "openings", given.dict()))


@router.patch("/openings/{uuid}", response=OpeningOut, operation_id="change_opening")
@rest.asks(policies.may_edit)
def change_opening(request: HttpRequest, uuid: UUID, given: OpeningPatch) -> Any:
    """Change or close an opening, or give it a page."""
    return opening_shape(request, change(request, "openings", uuid, given, empties=("closes_on",)))


@router.delete("/openings/{uuid}", operation_id="remove_opening")
@rest.asks(policies.may_edit)
def remove_opening(request: HttpRequest, uuid: UUID) -> Any:
    """Take an opening away; refused once somebody has applied."""
    return remove(request, "openings", uuid)
