"""Plan revisions and budget moves for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.foundation.naming import naming
from barnraise.plumbing.ui import rest
from barnraise.what.projects.models import BudgetLine

from .. import policies, selectors, services
from ..models import Move, Revision
from .shared import clean, must_be_there

router = rest.router(tags=["Adaptation"])
_STATES = ", ".join(Revision.State.values)


class RevisionPatch(Schema):
    """What of a draft to change; what is left out stays."""

    about: str | None = Field(
        None, max_length=80, description="Typed reference of the plan, like projects.project:3."
    )
    title: str | None = Field(None, max_length=200, description="What changes.")
    why: str | None = Field(None, max_length=4000, description="Why.")
    before: str | None = Field(None, max_length=4000, description="The plan before.")
    after: str | None = Field(None, max_length=4000, description="The plan after.")
    evidence: list[str] | None = Field(None, max_length=20, description="Typed references of what shows it.")


class RevisionIn(RevisionPatch):
    """A revision to note, as a draft."""

    about: str = Field(max_length=80, description="Typed reference of the plan, like projects.project:3.")
    title: str = Field(max_length=200, description="What changes.")
    why: str = Field(max_length=4000, description="Why.")


class BudgetMoveIn(Schema):
    """Money to move between two budget lines of one project."""

    taken_from: UUID = Field(description="The budget line it is taken from.")
    given_to: UUID = Field(description="The budget line it is given to.")
    amount: int = Field(description="How much, in minor units of the project's currency.")


class BudgetMovePatch(Schema):
    """What of a move of a draft to change; what is left out stays."""

    taken_from: UUID | None = Field(None, description="The budget line it is taken from.")
    given_to: UUID | None = Field(None, description="The budget line it is given to.")
    amount: int | None = Field(None, description="How much, in minor units of the project's currency.")


class BudgetMoveOut(Schema):
    """Money that moves with a revision."""

    id: UUID = Field(description="Its id.")
    taken_from: UUID = Field(description="The budget line it is taken from.")
    given_to: UUID = Field(description="The budget line it is given to.")
    amount: int = Field(description="How much, in minor units of the project's currency.")


class RevisionOut(Schema):
    """A plan revision."""

    id: UUID = Field(description="Its id.")
    about: str = Field(description="Typed reference of the plan.")
    title: str = Field(description="What changes.")
    why: str = Field(description="Why.")
    before: str = Field(description="The plan before.")
    after: str = Field(description="The plan after.")
    evidence: list[str] = Field(description="Typed references of what shows it.")
    state: str = Field(description=f"One of {_STATES}.")
    settled_on: date | None = Field(description="When it was approved or dropped.")
    settled_by: str | None = Field(description="E-mail of who approved or dropped it.")
    settled_note: str = Field(description="Why it was dropped, or a word with the approval.")
    moves: list[BudgetMoveOut] = Field(description="The money it moves.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class RevisionNoteIn(Schema):
    """Why."""

    note: str = Field("", max_length=300, description="Why, or a word about it.")


_PLAIN = (
    "about", "title", "why", "before", "after", "evidence", "state", "settled_on", "settled_note", "created_at", "updated_at"
)  # fmt: skip


def _move(row: Move) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "taken_from": row.taken_from.uuid,
        "given_to": row.given_to.uuid,
        "amount": row.amount,
    }


def _shape(row: Revision) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "settled_by": row.settled_by.email if row.settled_by else None,
        "moves": [_move(one) for one in row.moves.all()],
        **{name: getattr(row, name) for name in _PLAIN},
    }


def _rows(actor: Any) -> Any:
    return selectors.revisions(actor).prefetch_related("moves__taken_from", "moves__given_to")


def _one(request: HttpRequest, uuid: UUID) -> Revision:
    row: Revision = rest.one(_rows(request.user), uuid=uuid)
    return row


def _said(given: Schema) -> dict[str, Any]:
    said = clean(given.model_dump(exclude_unset=True), empty=("before", "after"))
    if "about" in said:
        must_be_there("about", [said["about"]])
    if "evidence" in said:
        must_be_there("evidence", said["evidence"])
    return said


def _lines(given: BudgetMoveIn | BudgetMovePatch) -> dict[str, BudgetLine]:
    lines: dict[str, BudgetLine] = {}
    for name in ("taken_from", "given_to"):
        if (uuid := getattr(given, name)) is None:
            continue
        found = BudgetLine.objects.select_related("project").filter(uuid=uuid).first()
        if found is None:
            raise ValidationError({name: "There is no budget line with this id."})
        lines[name] = found
    return lines


@router.get("/plan-revisions", response=rest.Page[RevisionOut], operation_id="list_plan_revisions")
@rest.asks(policies.may_see)
def list_plan_revisions(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str, Query(max_length=8, description=f"Only those in this state: {_STATES}.")] = "",
    about: Annotated[str, Query(max_length=80, description="Only of this plan: a typed reference.")] = "",
) -> Any:
    """All plan revisions, settled ones too."""
    rows = _rows(request.user)
    if state:
        if state not in Revision.State.values:
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(state=state)
    if about:
        rows = rows.filter(naming("about", about))
    return rest.page_of(rows, paging, _shape)


@router.post("/plan-revisions", response={201: RevisionOut}, operation_id="create_plan_revision")
@rest.asks(policies.may_edit)
def create_plan_revision(request: HttpRequest, given: RevisionIn) -> Any:
    """Note a revision, as a draft."""
    made = services.add_revision(by=request.user, **_said(given))
    return 201, _shape(_one(request, made.uuid))


@router.get("/plan-revisions/{uuid}", response=RevisionOut, operation_id="read_plan_revision")
@rest.asks(policies.may_see)
def read_plan_revision(request: HttpRequest, uuid: UUID) -> Any:
    """One plan revision."""
    return _shape(_one(request, uuid))


@router.patch("/plan-revisions/{uuid}", response=RevisionOut, operation_id="change_plan_revision")
@rest.asks(policies.may_edit)
def change_plan_revision(request: HttpRequest, uuid: UUID, given: RevisionPatch) -> Any:
    """Change a draft."""
    services.change_revision(_one(request, uuid), by=request.user, **_said(given))
    return _shape(_one(request, uuid))


@router.delete("/plan-revisions/{uuid}", operation_id="remove_plan_revision")
@rest.asks(policies.may_approve)
def remove_plan_revision(request: HttpRequest, uuid: UUID) -> Any:
    """Take away a draft that was noted by mistake."""
    services.remove_revision(_one(request, uuid), by=request.user)
    return 204, None


@router.post("/plan-revisions/{uuid}/moves", response={201: RevisionOut}, operation_id="add_budget_move")
@rest.asks(policies.may_edit)
def add_budget_move(request: HttpRequest, uuid: UUID, given: BudgetMoveIn) -> Any:
    """Let a draft move money between two budget lines of one project."""
    row = _one(request, uuid)
    services.add_move(row, by=request.user, amount=given.amount, **_lines(given))
    return 201, _shape(_one(request, uuid))


@router.patch("/budget-moves/{uuid}", response=BudgetMoveOut, operation_id="change_budget_move")
@rest.asks(policies.may_edit)
def change_budget_move(request: HttpRequest, uuid: UUID, given: BudgetMovePatch) -> Any:
    """Set other lines, or another amount, while the revision is a draft."""
    row = rest.one(selectors.moves(), uuid=uuid)
    said = {"taken_from": row.taken_from, "given_to": row.given_to, **_lines(given)}
    amount = row.amount if given.amount is None else given.amount
    return _move(services.change_move(row, by=request.user, amount=amount, **said))


@router.delete("/budget-moves/{uuid}", operation_id="remove_budget_move")
@rest.asks(policies.may_edit)
def remove_budget_move(request: HttpRequest, uuid: UUID) -> Any:
    """Take a move out of a draft."""
    services.remove_move(rest.one(selectors.moves(), uuid=uuid), by=request.user)
    return 204, None


@router.post("/plan-revisions/{uuid}/approval", response=RevisionOut, operation_id="approve_plan_revision")
@rest.asks(policies.may_approve)
def approve_plan_revision(request: HttpRequest, uuid: UUID, given: RevisionNoteIn) -> Any:
    """Approve a draft; its budget moves are made, all or none."""
    services.approve(_one(request, uuid), by=request.user, **clean(given.model_dump()))
    return _shape(_one(request, uuid))


@router.post("/plan-revisions/{uuid}/drop", response=RevisionOut, operation_id="drop_plan_revision")
@rest.asks(policies.may_approve)
def drop_plan_revision(request: HttpRequest, uuid: UUID, given: RevisionNoteIn) -> Any:
    """The plan stays as it is, for a reason."""
    services.drop(_one(request, uuid), by=request.user, **clean(given.model_dump()))
    return _shape(_one(request, uuid))
