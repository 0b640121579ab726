"""Snoozed reminders for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema

from barnraise.foundation.refs import Ref
from barnraise.plumbing.ui import rest
from barnraise.plumbing.ui.sockets import cards, kinds

from . import policies, selectors, services
from .models import Snooze

router = rest.router(tags=["Today"])


class SnoozeOut(Schema):
    """A reminder that waits."""

    id: UUID = Field(description="Its id.")
    card: str = Field(description="The card of Today that says nothing about it.")
    ref: str = Field(description="The thing, as kind:number.")
    title: str = Field(description="What the thing is called.")
    until: date = Field(description="Up to and including this day.")
    reason: str = Field(description="Why it can wait.")
    by: str = Field(description="Who said so.")
    updated_at: datetime = Field(description="When that was said.")


class SnoozeIn(Schema):
    """Let a reminder wait."""

    card: str = Field(description="Name of a card of Today, such as events.close.", max_length=60)
    ref: str = Field(description="The thing, as kind:number, such as events.event:12.", max_length=80)
    until: rest.Day = Field(description="Up to and including this day; at most a year ahead.")
    reason: str = Field(description="Why it can wait.", max_length=200)


def _shape(row: Snooze, titles: dict[Ref, str]) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "card": row.card,
        "ref": str(row.ref),
        "title": titles.get(row.ref, ""),
        "until": row.until,
        "reason": row.reason,
        "by": str(row.by or ""),
        "updated_at": row.updated_at,
    }


@router.get("/snoozes", response=rest.Page[SnoozeOut], summary="List snoozed reminders")
@rest.asks(policies.may_see)
def list_snoozes(request: HttpRequest, paging: rest.PageQuery) -> Any:
    """What waits today."""
    titles: dict[Ref, str] = {}

    def name(rows: list[Snooze]) -> None:
        titles.update(selectors.titles_of(rows))

    return rest.page_of(selectors.listed(request.user), paging, lambda row: _shape(row, titles), prepare=name)


@router.post("/snoozes", response={201: SnoozeOut}, summary="Snooze a reminder")
@rest.asks(policies.may_snooze)
def snooze_reminder(request: HttpRequest, given: SnoozeIn) -> Any:
    """Let a card be silent about a thing until a day, for a reason. Done again it says another day and reason."""
    try:
        ref = Ref.parse(given.ref)
    except ValueError:
        raise rest.Problem(422, errors=[("ref", "Write kind:number, such as events.event:12.")]) from None
    for plug in (cards.find(given.card), kinds.find(ref.kind)):
        if plug is not None:
            rest.require(request, plug.policy)
    row = services.snooze(given.card, ref, by=request.user, until=given.until, reason=given.reason)
    return 201, _shape(row, selectors.titles_of([row]))


@router.delete("/snoozes/{uuid}", summary="Wake a reminder")
@rest.asks(policies.may_snooze)
def wake_reminder(request: HttpRequest, uuid: UUID) -> Any:
    """The card speaks of the thing again."""
    services.wake(rest.one(selectors.listed(request.user), uuid=uuid), by=request.user)
    return 204, None
