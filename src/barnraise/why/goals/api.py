"""Goals, objectives and indicators for programs."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Schema

from barnraise.foundation.refs import Ref
from barnraise.foundation.roles import TEAM
from barnraise.plumbing.accounts.models import Account
from barnraise.plumbing.ui import rest

from . import api_logic, api_partners, policies, selectors, services
from .models import Goal, Indicator, Objective
from .shaping import (
    GoalIn,
    GoalOut,
    GoalPatch,
    IndicatorIn,
    IndicatorOut,
    IndicatorPatch,
    ObjectiveIn,
    ObjectiveOut,
    ObjectivePatch,
    goal_shape,
    indicator_shape,
    named,
    objective_shape,
)
from .smart import missing

router = rest.router(tags=["Goals"])
router.add_router("", api_partners.router)
router.add_router("", api_logic.router)


def _owner(email: str | None) -> Account | None:
    if not email:
        return None
    row = Account.objects.filter(email=email, role__in=[str(role) for role in TEAM], is_active=True).first()
    if row is None:
        raise ValidationError({"owner": "Nobody of the team has this e-mail address."})
    return row


def _given(given: Schema) -> dict[str, Any]:
    """What was sent; a field set to null is emptied where it may be."""
    return given.model_dump(exclude_unset=True)


def _refused(no: ValidationError) -> rest.Problem:
    return rest.Problem(409, " ".join(no.messages))


def _goals(actor: Any) -> Any:
    return selectors.goals_listed(actor).prefetch_related("citations")


@router.get("/goals", response=rest.Page[GoalOut], operation_id="list_goals")
@rest.asks(policies.may_see)
def list_goals(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str, Query(max_length=8, description="Only those in this state.")] = "",
    cites: Annotated[str, Query(max_length=100, description="Only those that rest on this thing.")] = "",
) -> Any:
    """Goals: all of them, or those that pass."""
    rows = _goals(request.user)
    rows = rows.filter(state=state.replace("\x00", "")) if state else rows
    if cites:
        try:
            keys = [one.id for one in selectors.citing(Ref.parse(cites))]
        except ValueError as no:
            raise ValidationError({"cites": str(no)}) from None
        rows = rows.filter(pk__in=keys)
    return rest.page_of(rows, paging, goal_shape)


@router.post("/goals", response={201: GoalOut}, operation_id="create_goal")
@rest.asks(policies.may_edit)
def create_goal(request: HttpRequest, given: GoalIn) -> Any:
    """Add a goal, as a draft."""
    return 201, goal_shape(services.add_goal(by=request.user, **given.model_dump()))


@router.get("/goals/{uuid}", response=GoalOut, operation_id="read_goal")
@rest.asks(policies.may_see)
def read_goal(request: HttpRequest, uuid: UUID) -> Any:
    """One goal."""
    return goal_shape(rest.one(_goals(request.user), uuid=uuid))


@router.patch("/goals/{uuid}", response=GoalOut, operation_id="change_goal")
@rest.asks(policies.may_edit)
@transaction.atomic
def change_goal(request: HttpRequest, uuid: UUID, given: GoalPatch) -> Any:
    """Change a goal, what it rests on, or its state; states are for those who lead."""
    row: Goal = rest.one(_goals(request.user), uuid=uuid)
    said = _given(given)
    state, reason, cites = said.pop("state", None), said.pop("reason", None), said.pop("cites", None)
    if any(said.get(name, "") is None for name in ("name", "about")):
        raise ValidationError({"name": "Texts cannot be null."})
    if state is not None:
        rest.require(request, policies.may_decide, row)
    if said:
        services.change_goal(row, by=request.user, **said)
    if cites is not None:
        _cite(row, cites, request.user)
    if state is not None:
        _settle_goal(row, state, reason or "", request.user)
    return goal_shape(rest.one(_goals(request.user), uuid=uuid))


def _cite(row: Goal, cites: list[str], by: Any) -> None:
    try:
        wanted = {Ref.parse(text) for text in cites}
    except ValueError as no:
        raise ValidationError({"cites": str(no)}) from None
    there = {one.ref for one in row.citations.all()}
    for ref in sorted(wanted - there):
        services.cite(row, ref=ref, by=by)
    for ref in sorted(there - wanted):
        services.uncite(row, ref=ref, by=by)


def _settle_goal(row: Goal, state: str, reason: str, by: Any) -> None:
    if state == "agreed":
        (services.reopen_goal if row.is_ended else services.agree_goal)(row, by=by)
    elif state in {"reached", "dropped"}:
        services.end_goal(row, is_reached=state == "reached", reason=reason, by=by)
    elif state != row.state:
        raise ValidationError({"state": "Write agreed, reached or dropped."})


@router.delete("/goals/{uuid}", operation_id="remove_goal")
@rest.asks(policies.may_decide)
def remove_goal(request: HttpRequest, uuid: UUID) -> Any:
    """Remove a goal that nothing hangs on; another is a 409: end it instead."""
    try:
        services.remove_goal(rest.one(Goal.objects.all(), uuid=uuid), by=request.user)
    except ValidationError as no:
        raise _refused(no) from None
    return 204, None


def _objective(row: Objective, facts: dict[int, Any]) -> dict[str, Any]:
    lacks = missing(facts[row.pk])
    gone = {one.letter for one in lacks}
    letters = "".join("·" if letter in gone else letter for letter in "SMART")
    return objective_shape(row, letters, [f"{one.letter}: {one.words}" for one in lacks])


def _one_objective(uuid: UUID, actor: Any) -> dict[str, Any]:
    row = rest.one(selectors.objectives_listed(actor), uuid=uuid)
    return _objective(row, selectors.facts_of([row]))


@router.get("/objectives", response=rest.Page[ObjectiveOut], operation_id="list_objectives")
@rest.asks(policies.may_see)
def list_objectives(
    request: HttpRequest,
    paging: rest.PageQuery,
    goal: Annotated[UUID | None, Query(description="Only those of this goal.")] = None,
    state: Annotated[str, Query(max_length=8, description="Only those in this state.")] = "",
) -> Any:
    """Objectives: all of them, or those that pass."""
    rows = selectors.objectives_listed(request.user)
    rows = rows.filter(goal__uuid=goal) if goal else rows
    rows = rows.filter(state=state.replace("\x00", "")) if state else rows
    facts: dict[int, Any] = {}
    return rest.page_of(
        rows,
        paging,
        lambda row: _objective(row, facts),
        prepare=lambda found: facts.update(selectors.facts_of(found)),
    )


@router.post("/objectives", response={201: ObjectiveOut}, operation_id="create_objective")
@rest.asks(policies.may_edit)
def create_objective(request: HttpRequest, given: ObjectiveIn) -> Any:
    """Add an objective, as a draft."""
    said = given.model_dump()
    goal = named(Goal, "goal", said.pop("goal"))
    said["owner"] = _owner(said["owner"])
    row = services.add_objective(goal, by=request.user, **said)
    return 201, _one_objective(row.uuid, request.user)


@router.get("/objectives/{uuid}", response=ObjectiveOut, operation_id="read_objective")
@rest.asks(policies.may_see)
def read_objective(request: HttpRequest, uuid: UUID) -> Any:
    """One objective, with what it lacks to be SMART."""
    return _one_objective(uuid, request.user)


@router.patch("/objectives/{uuid}", response=ObjectiveOut, operation_id="change_objective")
@rest.asks(policies.may_edit)
@transaction.atomic
def change_objective(request: HttpRequest, uuid: UUID, given: ObjectivePatch) -> Any:
    """Change an objective or its state; states are for those who lead, and agreed only when it is SMART."""
    row: Objective = rest.one(selectors.objectives_listed(request.user), uuid=uuid)
    said = _given(given)
    state, reason = said.pop("state", None), said.pop("reason", None)
    if any(said.get(name, "") is None for name in ("name", "about")):
        raise ValidationError({"name": "Texts cannot be null."})
    if "owner" in said:
        said["owner"] = _owner(said["owner"])
    if state is not None:
        rest.require(request, policies.may_decide, row)
    if said:
        services.change_objective(row, by=request.user, **said)
    if state == "agreed":
        services.agree_objective(row, by=request.user)
    elif state == "draft":
        services.reopen_objective(row, by=request.user)
    elif state in {"reached", "dropped"}:
        services.end_objective(row, is_reached=state == "reached", reason=reason or "", by=request.user)
    elif state is not None:
        raise ValidationError({"state": "Write draft, agreed, reached or dropped."})
    return _one_objective(uuid, request.user)


@router.delete("/objectives/{uuid}", operation_id="remove_objective")
@rest.asks(policies.may_decide)
def remove_objective(request: HttpRequest, uuid: UUID) -> Any:
    """Remove an objective without indicators; another is a 409: end it instead."""
    try:
        services.remove_objective(rest.one(Objective.objects.all(), uuid=uuid), by=request.user)
    except ValidationError as no:
        raise _refused(no) from None
    return 204, None


@router.get("/indicators", response=rest.Page[IndicatorOut], operation_id="list_indicators")
@rest.asks(policies.may_see)
def list_indicators(
    request: HttpRequest,
    paging: rest.PageQuery,
    objective: Annotated[UUID | None, Query(description="Only those of this objective.")] = None,
) -> Any:
    """All indicators."""
    rows = selectors.indicators_listed(request.user)
    rows = rows.filter(objective__uuid=objective) if objective else rows
    return rest.page_of(rows, paging, indicator_shape)


@router.post("/indicators", response={201: IndicatorOut}, operation_id="create_indicator")
@rest.asks(policies.may_edit)
def create_indicator(request: HttpRequest, given: IndicatorIn) -> Any:
    """Add an indicator."""
    said = given.model_dump()
    said["objective"] = named(Objective, "objective", said["objective"])
    return 201, indicator_shape(services.add_indicator(by=request.user, **said))


@router.get("/indicators/{uuid}", response=IndicatorOut, operation_id="read_indicator")
@rest.asks(policies.may_see)
def read_indicator(request: HttpRequest, uuid: UUID) -> Any:
    """One indicator."""
    return indicator_shape(rest.one(selectors.indicators_listed(request.user), uuid=uuid))


@router.patch("/indicators/{uuid}", response=IndicatorOut, operation_id="change_indicator")
@rest.asks(policies.may_edit)
@transaction.atomic
def change_indicator(request: HttpRequest, uuid: UUID, given: IndicatorPatch) -> Any:
    """Change, end or go on with an indicator; ending is for those who lead."""
    row: Indicator = rest.one(selectors.indicators_listed(request.user), uuid=uuid)
    said = _given(given)
    is_ended, reason = said.pop("is_ended", None), said.pop("reason", None)
    if any(value is None and name not in _MAY_BE_NULL for name, value in said.items()):
        raise ValidationError({"name": "Only values and days can be null."})
    if is_ended is not None:
        rest.require(request, policies.may_decide, row)
    if said:
        services.change_indicator(row, by=request.user, **said)
    if is_ended is True:
        services.end_indicator(row, reason=reason or "", by=request.user)
    elif is_ended is False:
        services.reopen_indicator(row, by=request.user)
    return indicator_shape(rest.one(selectors.indicators_listed(request.user), uuid=uuid))


_MAY_BE_NULL = {"baseline_value", "baseline_on", "target_value", "target_on"}


@router.delete("/indicators/{uuid}", operation_id="remove_indicator")
@rest.asks(policies.may_decide)
def remove_indicator(request: HttpRequest, uuid: UUID) -> Any:
    """Remove an indicator without values; another is a 409: end it instead."""
    try:
        services.remove_indicator(rest.one(Indicator.objects.all(), uuid=uuid), by=request.user)
    except ValidationError as no:
        raise _refused(no) from None
    return 204, None
