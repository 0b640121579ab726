"""The portal for programs: an account of the role partner sees and answers by its token what its pages show, by the same policies,
forms and services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query
from ninja.errors import Throttled

from barnraise.plumbing.ui import rest
from barnraise.plumbing.ui.limits import is_over
from barnraise.what.commitments import selectors as commitments
from barnraise.what.issues import selectors as issues
from barnraise.what.meetings import selectors as meetings

from . import entering, policies, selectors, services
from .forms import ConcernForm, CorrectForm, LateForm, MissionForm, MoreForm
from .policies import Visitor
from .shapes import (
    PortalConcern,
    PortalConcernIn,
    PortalCorrection,
    PortalEvent,
    PortalLate,
    PortalMeeting,
    PortalMinutes,
    PortalMission,
    PortalMore,
    PortalNumber,
    PortalNumberIn,
    PortalOrganisation,
    PortalPromise,
    PortalRecord,
    PortalThanks,
)

router = rest.router(tags=["Portal"])
For = Annotated[
    UUID | None, Query(description="For which organisation; needed where the account speaks for several.")
]
"""The query parameter `organisation`."""
WRITES = 60
"""Per account and minute."""


def _in(request: HttpRequest, organisation: For) -> Visitor:
    """Who asks, for which organisation.

    Raises Problem 403 for whoever speaks for none, 422 where it is not said for which; Throttled for whoever writes too often.
    """
    if request.method != "GET" and is_over(request, "portal_writes", WRITES, account=request.user):
        raise Throttled(wait=60)
    bodies = selectors.organisations_of_account(request.user)
    if not bodies:
        raise rest.Problem(403, "This account speaks for no organisation now.")
    met = [one for one in bodies if organisation in (None, one.uuid)]
    if len(met) != 1:
        reason = "Say for which organisation." if met else "This account does not speak for it."
        raise rest.Problem(422, "Nothing was changed.", errors=[("organisation", reason)])
    return entering.visitor_by_account(request.user, met[0])


def _thing(of: Callable[[UUID], Any], policy: Any, visitor: Visitor, uuid: UUID) -> Any:
    """What concerns the visitor's organisation; anything else is not there."""
    found = of(uuid)
    if found is None or not policy(visitor, found):
        raise rest.Problem(404, "There is nothing with this id, or it has been removed.")
    return found


@router.get(
    "/portal/organisations", response=list[PortalOrganisation], operation_id="list_portal_organisations"
)
@rest.asks(policies.is_partner)
def organisations(request: HttpRequest) -> Any:
    """The organisations that this account speaks for now."""
    return [{"id": one.uuid, "name": one.name} for one in selectors.organisations_of_account(request.user)]


def _record(visitor: Visitor) -> dict[str, Any]:
    found = selectors.record_of(visitor.organisation)
    document = found["document"]
    return {
        "id": visitor.organisation.uuid,
        "name": document.name,
        "kind": visitor.organisation.kind,
        "mission": document.mission,
        "contacts": [one.value for one in document.contacts],
        "speakers": [str(one.person) for one in found["speakers"]],
    }


@router.get("/portal/record", response=PortalRecord, operation_id="read_portal_record")
@rest.asks(policies.is_partner)
def record(request: HttpRequest, organisation: For = None) -> Any:
    """What is on record about the organisation."""
    return _record(_in(request, organisation))


@router.patch("/portal/record", response=PortalRecord, operation_id="change_portal_record")
@rest.asks(policies.is_partner)
def set_mission(request: HttpRequest, given: PortalMission, organisation: For = None) -> Any:
    """Say in its own words what it is for."""
    services.set_mission(by=_in(request, organisation), **rest.mended(MissionForm(given.dict())))
    return _record(_in(request, organisation))


@router.post("/portal/corrections", response={204: None}, operation_id="propose_portal_correction")
@rest.asks(policies.is_partner)
def correct(request: HttpRequest, given: PortalCorrection, organisation: For = None) -> Any:
    """Propose a correction of the record: a next step for whoever keeps the relation."""
    services.correct(by=_in(request, organisation), **rest.mended(CorrectForm(given.dict())))
    return 204, None


def _promise(visitor: Visitor, row: Any) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "what": row.what,
        "direction": row.direction,
        "due_on": row.due_on,
        "state": commitments.state_of(row, timezone.localdate()),
        "may_answer": not row.settled and policies.may_settle_promise(visitor, row),
    }


@router.get("/portal/promises", response=rest.Page[PortalPromise], operation_id="list_portal_promises")
@rest.asks(policies.is_partner)
def promises(request: HttpRequest, paging: rest.PageQuery, organisation: For = None) -> Any:
    """What it promised, and what was promised to it, open and settled."""
    visitor = _in(request, organisation)
    rows = selectors.every_promise_of(visitor.organisation)
    return rest.page_of(rows, paging, partial(_promise, visitor))


@router.post("/portal/promises/{uuid}/kept", response=PortalPromise, operation_id="keep_portal_promise")
@rest.asks(policies.is_partner)
def keep(request: HttpRequest, uuid: UUID, organisation: For = None) -> Any:
    """One of its promises was kept today."""
    visitor = _in(request, organisation)
    row = _thing(selectors.one_promise, policies.may_settle_promise, visitor, uuid)
    services.keep(row, by=visitor)
    return _promise(visitor, selectors.one_promise(uuid))


@router.post("/portal/promises/{uuid}/late", response=PortalPromise, operation_id="delay_portal_promise")
@rest.asks(policies.is_partner)
def late(request: HttpRequest, uuid: UUID, given: PortalLate, organisation: For = None) -> Any:
    """One of its promises will be late, and why."""
    visitor = _in(request, organisation)
    row = _thing(selectors.one_promise, policies.may_settle_promise, visitor, uuid)
    services.say_late(row, by=visitor, **rest.mended(LateForm(given.dict())))
    return _promise(visitor, selectors.one_promise(uuid))


@router.get("/portal/numbers", response=rest.Page[PortalNumber], operation_id="list_portal_numbers")
@rest.asks(policies.is_partner)
def numbers(request: HttpRequest, paging: rest.PageQuery, organisation: For = None) -> Any:
    """Numbers that it is asked for and has not given."""
    rows = selectors.every_report_of(_in(request, organisation).organisation)
    plain = ("begins_on", "ends_on", "due_on")

    def shape(one: Any) -> dict[str, Any]:
        said = {name: getattr(one, name) for name in plain}
        return {"id": one.uuid, "indicator": str(one.indicator), **said}

    return rest.page_of(rows, paging, shape)


@router.post("/portal/numbers/{uuid}", response={204: None}, operation_id="give_portal_number")
@rest.asks(policies.is_partner)
def give(request: HttpRequest, uuid: UUID, given: PortalNumberIn, organisation: For = None) -> Any:
    """Give a number that it is asked for, or say why there is none."""
    visitor = _in(request, organisation)
    row = _thing(selectors.one_open_report, policies.may_see_report, visitor, uuid)
    services.give_number(row, by=visitor, **given.dict())
    return 204, None


def _concerns(rows: Sequence[Any]) -> list[dict[str, Any]]:
    plain, answers = ("what", "detail", "state", "raised_at", "owed_on"), issues.said_to(rows)
    return [
        {
            "id": row.uuid,
            "answers": answers[row.pk],
            "outcome": row.outcome if row.state == "resolved" else "",
            **{name: getattr(row, name) for name in plain},
        }
        for row in rows
    ]


def _concern(row: Any) -> dict[str, Any]:
    return _concerns([row])[0]


@router.get("/portal/concerns", response=rest.Page[PortalConcern], operation_id="list_portal_concerns")
@rest.asks(policies.is_partner)
def concerns(request: HttpRequest, paging: rest.PageQuery, organisation: For = None) -> Any:
    """Concerns that it raised."""
    rows = selectors.every_concern_of(_in(request, organisation).organisation)
    found = rest.page_of(rows, paging, lambda row: row)
    return {**found, "items": _concerns(found["items"])}


@router.post("/portal/concerns", response={201: PortalConcern}, operation_id="raise_portal_concern")
@rest.asks(policies.is_partner)
def raise_concern(request: HttpRequest, given: PortalConcernIn, organisation: For = None) -> Any:
    """Raise a concern."""
    visitor = _in(request, organisation)
    return 201, _concern(services.raise_concern(by=visitor, **rest.mended(ConcernForm(given.dict()))))


@router.get("/portal/concerns/{uuid}", response=PortalConcern, operation_id="read_portal_concern")
@rest.asks(policies.is_partner)
def concern(request: HttpRequest, uuid: UUID, organisation: For = None) -> Any:
    """How one stands, and what was answered."""
    visitor = _in(request, organisation)
    return _concern(_thing(selectors.one_concern, policies.may_see_concern, visitor, uuid))


@router.post("/portal/concerns/{uuid}/more", response=PortalConcern, operation_id="add_to_portal_concern")
@rest.asks(policies.is_partner)
def say_more(request: HttpRequest, uuid: UUID, given: PortalMore, organisation: For = None) -> Any:
    """Say more, or why it is not settled."""
    visitor = _in(request, organisation)
    row = _thing(selectors.one_concern, policies.may_see_concern, visitor, uuid)
    return _concern(services.say_more(row, by=visitor, **rest.mended(MoreForm(given.dict()))))


def _meeting(row: Any) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ("title", "starts_at")}
    return {"id": row.uuid, "is_cancelled": row.cancelled_at is not None, **said}


@router.get("/portal/meetings", response=rest.Page[PortalMeeting], operation_id="list_portal_meetings")
@rest.asks(policies.is_partner)
def meeting_list(request: HttpRequest, paging: rest.PageQuery, organisation: For = None) -> Any:
    """Shared meetings that it was asked to."""
    rows = selectors.every_meeting_of(_in(request, organisation).organisation)
    return rest.page_of(rows, paging, _meeting)


@router.get("/portal/meetings/{uuid}", response=PortalMinutes, operation_id="read_portal_meeting")
@rest.asks(policies.is_partner)
def meeting(request: HttpRequest, uuid: UUID, organisation: For = None) -> Any:
    """The agenda, and the minutes once they are closed."""
    visitor = _in(request, organisation)
    row = _thing(selectors.one_meeting, policies.may_see_meeting, visitor, uuid)
    is_held = row.held_at is not None
    items = [
        {"title": one.title, "note": one.note if is_held else "", "decided": one.decided if is_held else ""}
        for one in meetings.items_of(row)
    ]
    promised = [one for one in meetings.actions_of(row) if policies.may_see_promise(visitor, one)]
    return {
        **_meeting(row),
        "place": row.place,
        "items": items,
        "promises": [_promise(visitor, one) for one in promised],
    }


@router.get("/portal/events", response=rest.Page[PortalEvent], operation_id="list_portal_events")
@rest.asks(policies.is_partner)
def events(request: HttpRequest, paging: rest.PageQuery, organisation: For = None) -> Any:
    """Events open to register for, and all that it hosts or hosted with us."""
    rows = selectors.every_event_of(_in(request, organisation).organisation, timezone.now())
    names = ("title", "starts_at", "is_hosted")
    return rest.page_of(
        rows, paging, lambda one: {"id": one.uuid, **{name: getattr(one, name) for name in names}}
    )


@router.get("/portal/thanks", response=rest.Page[PortalThanks], operation_id="list_portal_thanks")
@rest.asks(policies.is_partner)
def thanks(request: HttpRequest, paging: rest.PageQuery, organisation: For = None) -> Any:
    """Thanks that were sent to it."""
    rows = selectors.every_thanks_of(_in(request, organisation).organisation)
    names = ("begins_on", "ends_on", "letter", "wording")
    return rest.page_of(rows, paging, lambda one: {name: getattr(one, name) for name in names})
