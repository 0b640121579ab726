"""Projects, contributions and placements for programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person
from barnraise.why.goals.models import Objective

from . import api_amounts, api_parts, policies, selectors, services
from .models import Contribution, Opening, Placement, Project, ProjectPartner

router = rest.router(tags=["Projects"])
router.add_router("", api_parts.router)
router.add_router("", api_amounts.router)

_KINDS = ", ".join(Project.Kind.values)
_STATES = ", ".join(Project.State.values)
_GIFTS = ", ".join(Contribution.Kind.values)
_STEPS = ", ".join(Placement.State.values)


class ProjectOut(Schema):
    """A long-term initiative."""

    id: UUID = Field(description="Its id.")
    name: str = Field(description="Name; unique, case and accents do not count.")
    about: str = Field(description="What is done, and for whom.")
    kind: str = Field(description=f"One of {_KINDS}.")
    state: str = Field(description=f"One of {_STATES}.")
    objective: UUID | None = Field(description="Which objective it serves.")
    starts_on: date | None = Field(description="From when.")
    ends_on: date | None = Field(description="Until when.")
    currency: str = Field(description="ISO 4217 code of its money.")
    end_reason: str = Field(description="Why it ended; empty while it goes on.")
    created_at: datetime = Field(description="When it was added.")
    updated_at: datetime = Field(description="When it changed last.")


class ProjectIn(Schema):
    """A project to add."""

    name: str = Field(min_length=1, max_length=200, description="Name.")
    about: str = Field("", max_length=4000, description="What is done, and for whom.")
    kind: str = Field("other", max_length=14, description=f"One of {_KINDS}.")
    objective: UUID | None = Field(None, description="Which objective it serves.")
    starts_on: rest.Day | None = Field(None, description="From when.")
    ends_on: rest.Day | None = Field(None, description="Until when.")


class ProjectPatch(Schema):
    """What to change; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=200, description="Name.")
    about: str | None = Field(None, max_length=4000, description="What is done, and for whom.")
    kind: str | None = Field(None, max_length=14, description=f"One of {_KINDS}.")
    objective: UUID | None = Field(None, description="Which objective it serves; null for none.")
    starts_on: rest.Day | None = Field(None, description="From when.")
    ends_on: rest.Day | None = Field(None, description="Until when.")
    state: str | None = Field(
        None, max_length=8, description=f"One of {_STATES}; finished and stopped want a reason."
    )
    reason: str | None = Field(None, max_length=1000, description="Why it ends.")


class ContributionOut(Schema):
    """What somebody gave to a project."""

    id: UUID = Field(description="Its id.")
    project: UUID = Field(description="To which project.")
    organisation: UUID | None = Field(description="Which organisation gave it; null where a person did.")
    person: UUID | None = Field(
        description="Which person gave it; null where an organisation did, or once erased."
    )
    kind: str = Field(description=f"One of {_GIFTS}.")
    on: date = Field(description="On which day.")
    what: str = Field(description="What.")
    quantity: Decimal | None = Field(description="How many.")
    unit: str = Field(description="Of which unit.")
    unit_value: int | None = Field(description="Fair value of one unit, of money the amount, in minor units.")
    technique: str = Field(description="How it was valued.")
    recognised: str = Field(
        description="Why a service counts as money: asset or skill; empty when it does not."
    )
    hours: Decimal | None = Field(description="Hours.")
    value: int = Field(description="What it counts as money, in minor units of the project's currency.")
    note: str = Field(description="A note.")
    updated_at: datetime = Field(description="When it changed last.")


class ContributionIn(Schema):
    """A contribution to note."""

    project: UUID = Field(description="To which project.")
    organisation: UUID | None = Field(None, description="Which organisation gave it.")
    person: UUID | None = Field(None, description="Which person gave it.")
    kind: str = Field(max_length=7, description=f"One of {_GIFTS}.")
    on: rest.Day = Field(description="On which day.")
    what: str = Field("", max_length=200, description="What.")
    quantity: Decimal | None = Field(None, description="How many.")
    unit: str = Field("", max_length=40, description="Of which unit.")
    unit_value: int | None = Field(None, ge=0, lt=10**15, description="In minor units.")
    technique: str = Field("", max_length=6, description="How it was valued: price, offer, wage or stated.")
    recognised: str = Field("", max_length=5, description="Why a service counts as money: asset or skill.")
    hours: Decimal | None = Field(None, description="Hours.")
    note: str = Field("", max_length=500, description="A note.")


class ContributionPatch(Schema):
    """What of a contribution is to change; what is left out stays."""

    on: rest.Day = Field(date.min, description="On which day.")
    what: str = Field("", max_length=200, description="What it was.")
    quantity: Decimal | None = Field(None, description="How many units.")
    unit: str = Field("", max_length=40, description="Unit of the quantity.")
    unit_value: int | None = Field(
        None, strict=True, description="Fair value of one unit, or the amount of money, in minor units."
    )
    technique: str = Field("", max_length=6, description="How it was valued.")
    recognised: str = Field("", max_length=5, description="Why a service counts as money.")
    hours: Decimal | None = Field(None, description="Hours given.")
    note: str = Field("", max_length=500, description="A note.")


class PlacementOut(Schema):
    """A person and an opening."""

    id: UUID = Field(description="Its id.")
    opening: UUID = Field(description="Which opening.")
    project: UUID = Field(description="Of which project.")
    role: str = Field(description="What the opening is called.")
    person: UUID | None = Field(description="Who; null once they were erased.")
    mentor: UUID | None = Field(description="With which mentor.")
    state: str = Field(description=f"One of {_STEPS}.")
    applied_on: date = Field(description="When they applied.")
    started_on: date | None = Field(description="When they started.")
    ended_on: date | None = Field(description="When they finished or left.")
    hours: Decimal | None = Field(description="Hours.")
    outcome: str = Field(description="What became of it.")
    updated_at: datetime = Field(description="When it changed last.")


class PlacementIn(Schema):
    """An application to note."""

    opening: UUID = Field(description="For which opening.")
    person: UUID = Field(description="Who applied.")
    on: rest.Day | None = Field(None, description="When; today where it is left out.")


class PlacementPatch(Schema):
    """The next step of a placement, or what became of it."""

    state: str | None = Field(None, max_length=8, description=f"One of {_STEPS}.")
    on: rest.Day | None = Field(None, description="On which day; today where it is left out.")
    mentor: UUID | None = Field(None, description="With which mentor.")
    outcome: str | None = Field(None, max_length=500, description="What became of it.")


def _project(row: Project) -> dict[str, Any]:
    names = [name for name in ProjectOut.model_fields if name not in {"id", "objective"}]
    objective = row.objective.uuid if row.objective else None
    return {"id": row.uuid, "objective": objective, **{name: getattr(row, name) for name in names}}


def _gift(row: Contribution) -> dict[str, Any]:
    names = [
        name
        for name in ContributionOut.model_fields
        if name not in {"id", "project", "organisation", "person"}
    ]
    return {
        "id": row.uuid,
        "project": row.project.uuid,
        "organisation": row.organisation.uuid if row.organisation else None,
        "person": row.person.uuid if row.person else None,
        **{name: getattr(row, name) for name in names},
    }


def _placement(row: Placement) -> dict[str, Any]:
    names = ("state", "applied_on", "started_on", "ended_on", "hours", "outcome", "updated_at")
    return {
        "id": row.uuid,
        "opening": row.opening.uuid,
        "project": row.opening.project.uuid,
        "role": row.opening.name,
        "person": row.person.uuid if row.person else None,
        "mentor": row.mentor.uuid if row.mentor else None,
        **{name: getattr(row, name) for name in names},
    }


def _named(model: Any, field: str, uuid: UUID | None) -> Any:
    if uuid is None:
        return None
    row = model.objects.filter(uuid=uuid).first()
    if row is None:
        raise ValidationError({field: "There is nothing with this id."})
    return row


@router.get("/projects", response=rest.Page[ProjectOut], operation_id="list_projects")
@rest.asks(policies.may_see)
def list_projects(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str, Query(max_length=8, description="Only those in this state.")] = "",
    kind: Annotated[str, Query(max_length=14, description="Only those of this kind.")] = "",
    objective: Annotated[UUID | None, Query(description="Only those that serve this objective.")] = None,
    organisation: Annotated[UUID | None, Query(description="Only those with this partner.")] = None,
) -> Any:
    """Projects: all of them, or those that pass."""
    rows = selectors.projects_listed(request.user)
    if state:
        rows = rows.filter(state=state.replace("\x00", ""))
    if kind:
        rows = rows.filter(kind=kind.replace("\x00", ""))
    if objective:
        rows = rows.filter(objective__uuid=objective)
    if organisation:
        partners = ProjectPartner.objects.filter(organisation__uuid=organisation)
        rows = rows.filter(pk__in=partners.values("project"))
    return rest.page_of(rows, paging, _project)


@router.post("/projects", response={201: ProjectOut}, operation_id="create_project")
@rest.asks(policies.may_edit)
def create_project(request: HttpRequest, given: ProjectIn) -> Any:
    """Add a project, planned."""
    said = given.model_dump()
    said["objective"] = _named(Objective, "objective", said["objective"])
    return 201, _project(services.add_project(by=request.user, **said))


@router.get("/projects/{uuid}", response=ProjectOut, operation_id="read_project")
@rest.asks(policies.may_see)
def read_project(request: HttpRequest, uuid: UUID) -> Any:
    """One project."""
    return _project(rest.one(selectors.projects_listed(request.user), uuid=uuid))


@router.patch("/projects/{uuid}", response=ProjectOut, operation_id="change_project")
@rest.asks(policies.may_edit)
@transaction.atomic
def change_project(request: HttpRequest, uuid: UUID, given: ProjectPatch) -> Any:
    """Change a project or its state; ending it is for those who lead."""
    row: Project = rest.one(selectors.projects_listed(request.user), uuid=uuid)
    said = given.model_dump(exclude_unset=True)
    state, reason = said.pop("state", None), said.pop("reason", None)
    if any(said.get(name, "") is None for name in ("name", "about", "kind")):
        raise ValidationError({"name": "Texts cannot be null."})
    if state in {"finished", "stopped"}:
        rest.require(request, policies.may_decide, row)
    if "objective" in said:
        said["objective"] = _named(Objective, "objective", said["objective"])
    if said:
        services.change_project(row, by=request.user, **said)
    if state is not None:
        services.set_state(row, state=state, reason=reason or "", by=request.user)
    return _project(rest.one(selectors.projects_listed(request.user), uuid=uuid))


@router.delete("/projects/{uuid}", operation_id="remove_project")
@rest.asks(policies.may_decide)
def remove_project(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a project that nothing was given to or done in; another is a 409: end it instead."""
    try:
        services.remove_project(rest.one(Project.objects.all(), uuid=uuid), by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None


@router.get("/contributions", response=rest.Page[ContributionOut], operation_id="list_contributions")
@rest.asks(policies.may_see)
def list_contributions(
    request: HttpRequest,
    paging: rest.PageQuery,
    project: Annotated[UUID | None, Query(description="Only those to this project.")] = None,
) -> Any:
    """What was given."""
    rows = selectors.contributions_listed(request.user)
    rows = rows.filter(project__uuid=project) if project else rows
    return rest.page_of(rows, paging, _gift)


@router.post("/contributions", response={201: ContributionOut}, operation_id="create_contribution")
@rest.asks(policies.may_edit)
def create_contribution(request: HttpRequest, given: ContributionIn) -> Any:
    """Note what somebody gave."""
    said = given.model_dump()
    project = _named(Project, "project", said.pop("project"))
    said["organisation"] = _named(Organisation, "organisation", said["organisation"])
    said["person"] = _named(Person, "person", said["person"])
    row = services.add_contribution(project, by=request.user, **said)
    return 201, _gift(rest.one(selectors.contributions_listed(), pk=row.pk))


@router.patch("/contributions/{uuid}", response=ContributionOut, operation_id="change_contribution")
@rest.asks(policies.may_edit)
def change_contribution(request: HttpRequest, uuid: UUID, given: ContributionPatch) -> Any:
    """Correct what was noted."""
    row: Contribution = rest.one(selectors.contributions_listed(), uuid=uuid)
    services.change_contribution(row, by=request.user, **given.model_dump(exclude_unset=True))
    return _gift(rest.one(selectors.contributions_listed(), uuid=uuid))


@router.delete("/contributions/{uuid}", operation_id="remove_contribution")
@rest.asks(policies.may_edit)
def remove_contribution(request: HttpRequest, uuid: UUID) -> Any:
    """Take one away that was noted by mistake."""
    services.remove_contribution(rest.one(selectors.contributions_listed(), uuid=uuid), by=request.user)
    return 204, None


@router.get("/placements", response=rest.Page[PlacementOut], operation_id="list_placements")
@rest.asks(policies.may_see)
def list_placements(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str, Query(max_length=8, description="Only those in this state.")] = "",
    opening: Annotated[UUID | None, Query(description="Only those of this opening.")] = None,
    project: Annotated[UUID | None, Query(description="Only those of this project.")] = None,
    person: Annotated[UUID | None, Query(description="Only those of this person.")] = None,
) -> Any:
    """Who applied, was matched, started and finished: all of them, or those that pass."""
    rows = selectors.placements_listed(request.user)
    if state:
        rows = rows.filter(state=state.replace("\x00", ""))
    for name, uuid in (("opening", opening), ("opening__project", project), ("person", person)):
        rows = rows.filter(**{f"{name}__uuid": uuid}) if uuid else rows
    return rest.page_of(rows, paging, _placement)


@router.post("/placements", response={201: PlacementOut}, operation_id="create_placement")
@rest.asks(policies.may_edit)
def create_placement(request: HttpRequest, given: PlacementIn) -> Any:
    """Note who applied."""
    opening = _named(Opening, "opening", given.opening)
    person = _named(Person, "person", given.person)
    row = services.apply(opening, person=person, on=given.on, by=request.user)
    return 201, _placement(rest.one(selectors.placements_listed(), pk=row.pk))


@router.patch("/placements/{uuid}", response=PlacementOut, operation_id="change_placement")
@rest.asks(policies.may_edit)
@transaction.atomic
def change_placement(request: HttpRequest, uuid: UUID, given: PlacementPatch) -> Any:
    """Take the next step, or say what became of it."""
    row: Placement = rest.one(selectors.placements_listed(request.user), uuid=uuid)
    if given.state is not None:
        mentor = _named(Person, "mentor", given.mentor)
        services.move_placement(row, state=given.state, on=given.on, mentor=mentor, by=request.user)
    if given.outcome is not None:
        services.follow_up(row, outcome=given.outcome, by=request.user)
    return _placement(rest.one(selectors.placements_listed(request.user), uuid=uuid))


@router.delete("/placements/{uuid}", operation_id="remove_placement")
@rest.asks(policies.may_edit)
def remove_placement(request: HttpRequest, uuid: UUID) -> Any:
    """Take an application away that was noted by mistake; whoever has started finishes or leaves instead."""
    row: Placement = rest.one(selectors.placements_listed(request.user), uuid=uuid)
    try:
        services.remove_placement(row, by=request.user)
    except ValidationError as no:
        raise rest.Problem(409, " ".join(no.messages)) from None
    return 204, None
