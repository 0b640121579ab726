"""Concerns for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest
from barnraise.who.organisations.models import Organisation
from barnraise.who.people.models import Person

from . import policies, selectors, services
from .clock import STANDINGS, UNITS, Term
from .models import Answer, Issue

router = rest.router(tags=["Concerns"])
_ORIGINS = ", ".join(Issue.Origin.values)
_SEVERITIES = ", ".join(Issue.Severity.values)
_STATES = ", ".join(Issue.State.values)
_STANDINGS = ", ".join(STANDINGS)
_WAYS = ", ".join(Answer.Way.values)


class ConcernClock(Schema):
    """How long an answer may take."""

    amount: int = Field(ge=1, le=999, description="How many.")
    unit: str = Field(max_length=5, description=f"Of what: one of {', '.join(UNITS)}; days are working days.")


class ConcernClocks(Schema):
    """The clock of each severity."""

    urgent: ConcernClock = Field(description="Urgent concerns.")
    high: ConcernClock = Field(description="Concerns of high severity.")
    medium: ConcernClock = Field(description="Concerns of medium severity.")
    low: ConcernClock = Field(description="Concerns of low severity.")


class ConcernPatch(Schema):
    """What to change; what is left out stays."""

    what: str | None = Field(None, max_length=300, description="The concern in one sentence.")
    detail: str | None = Field(None, max_length=4000, description="More about it.")
    severity: str | None = Field(None, max_length=6, description=f"One of {_SEVERITIES}.")
    organisation: UUID | None = Field(None, description="The organisation that raised it; null is none.")
    person: UUID | None = Field(None, description="The person of the directory who raised it; null is none.")
    about: UUID | None = Field(None, description="The organisation it is about; null is none.")
    asker_name: str | None = Field(None, max_length=200, description="Name of whoever raised it.")
    asker_email: str | None = Field(None, max_length=254, description="Their e-mail.")
    language: str | None = Field(None, max_length=10, description="Language of the answer, like es.")
    owner: str | None = Field(
        None, max_length=254, description="E-mail of the account that sees to it; null is nobody."
    )
    cites: str | None = Field(
        None, max_length=80, description="Typed reference to what it touches, like needs.need:3."
    )
    is_confidential: bool | None = Field(
        None, description="Whether only its owner and those who lead see it; null keeps it."
    )


class ConcernIn(ConcernPatch):
    """A concern to note."""

    origin: str = Field(max_length=8, description=f"Who raised it: one of {_ORIGINS}.")
    what: str = Field(max_length=300, description="The concern in one sentence.")
    raised_at: datetime | None = Field(None, description="When it was raised; now where it is left out.")


class ConcernAnswerOut(Schema):
    """What whoever raised it was told."""

    text: str = Field(description="The answer.")
    way: str = Field(description=f"How they were told: one of {_WAYS}.")
    at: datetime = Field(description="When.")
    by: str | None = Field(description="E-mail of the account that answered.")
    stops_clock: bool = Field(description="Whether it is the first answer of its round.")


class ConcernOut(Schema):
    """A concern."""

    id: UUID = Field(description="Its id.")
    origin: str = Field(description=f"Who raised it: one of {_ORIGINS}.")
    severity: str = Field(description=f"One of {_SEVERITIES}.")
    state: str = Field(description=f"One of {_STATES}.")
    clock: str = Field(description=f"How its clock stands: one of {_STANDINGS}.")
    what: str = Field(description="The concern in one sentence.")
    detail: str = Field(description="More about it.")
    organisation: UUID | None = Field(description="The organisation that raised it.")
    person: UUID | None = Field(description="The person of the directory who raised it.")
    about: UUID | None = Field(description="The organisation it is about.")
    asker_name: str = Field(description="Name of whoever raised it.")
    asker_email: str = Field(description="Their e-mail.")
    language: str = Field(description="Language of the answer.")
    owner: str | None = Field(description="E-mail of the account that sees to it.")
    cites: str = Field(description="Typed reference to what it touches.")
    is_confidential: bool = Field(description="Whether only its owner and those who lead see it.")
    raised_at: datetime = Field(description="When it was raised.")
    clock_from: datetime = Field(description="When the clock of this round began.")
    answer_by: datetime = Field(description="Until when an answer is owed.")
    answered_at: datetime | None = Field(description="When it was first answered in this round.")
    ended_at: datetime | None = Field(description="When it was resolved or declined.")
    outcome: str = Field(description="What came of it.")
    rounds: int = Field(description="How often it was opened.")
    created_at: datetime = Field(description="When it was noted.")
    updated_at: datetime = Field(description="When it changed last.")


class ConcernAnswerIn(Schema):
    """An answer to whoever raised it."""

    text: str = Field(max_length=4000, description="The answer.")
    way: str = Field(max_length=4, description=f"How they are told: one of {_WAYS}; mail sends it.")


class ConcernDeclineIn(Schema):
    """Why nothing is done about it."""

    reason: str = Field(max_length=2000, description="The reason; it is the answer.")
    way: str = Field(max_length=4, description=f"How they are told: one of {_WAYS}; mail sends it.")


class ConcernOutcomeIn(Schema):
    """What came of it."""

    outcome: str = Field(max_length=2000, description="What came of it.")
    tells: bool = Field(False, description="Whether a mail tells whoever raised it.")


class ConcernReopenIn(Schema):
    """Why it is not settled."""

    reason: str = Field(max_length=2000, description="Why it is not settled.")


_PLAIN = (
    "origin", "severity", "state", "what", "detail", "asker_name", "asker_email", "language", "cites", "is_confidential", "raised_at",
    "clock_from", "answer_by", "answered_at", "ended_at", "outcome", "rounds", "created_at", "updated_at",
)  # fmt: skip
_NULLABLE = {"owner", "organisation", "person", "about"}


def _shape(row: Issue) -> dict[str, Any]:
    return {
        "id": row.uuid,
        "clock": selectors.standing_of(row, timezone.now()),
        "organisation": row.organisation.uuid if row.organisation else None,
        "person": row.person.uuid if row.person else None,
        "about": row.about.uuid if row.about else None,
        "owner": row.owner.email if row.owner else None,
        **{name: getattr(row, name) for name in _PLAIN},
    }


def _answer_shape(row: Answer) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("text", "way", "at", "stops_clock")}
    return {**plain, "by": row.by.email if row.by else None}


def _clean(given: dict[str, Any]) -> dict[str, Any]:
    if any(isinstance(value, str) and "\x00" in value for value in given.values()):
        raise ValidationError("A text contains a character that cannot be stored.")
    if given.get("owner") is not None:
        email = given["owner"].casefold()
        found = next((one for one in selectors.owners() if one.email == email), None)
        if found is None:
            raise ValidationError({"owner": "Nobody of the team has this e-mail."})
        given["owner"] = found
    for name, model in (("organisation", Organisation), ("person", Person), ("about", Organisation)):
        if given.get(name) is not None:
            given[name] = _row(model, name, given[name])
    if given.get("raised_at") is not None and timezone.is_naive(given["raised_at"]):
        given["raised_at"] = timezone.make_aware(given["raised_at"])
    for name in ("detail", "cites", "asker_name", "asker_email", "language"):
        if name in given and given[name] is None:
            given[name] = ""
    return {name: value for name, value in given.items() if value is not None or name in _NULLABLE}


def _row(model: Any, name: str, uuid: UUID) -> Any:
    row = model._default_manager.filter(uuid=uuid).first()
    if row is None:
        noun = "person" if name == "person" else "organisation"
        raise ValidationError({name: f"There is no {noun} with this id."})
    return row


def _one(request: HttpRequest, uuid: UUID) -> Issue:
    found: Issue = rest.one(selectors.listed(request.user), uuid=uuid)
    return found


@router.get("/concerns", response=rest.Page[ConcernOut], operation_id="list_concerns")
@rest.asks(policies.may_see)
def list_concerns(
    request: HttpRequest,
    paging: rest.PageQuery,
    organisation: Annotated[
        UUID | None, Query(description="Only those by or about this organisation.")
    ] = None,
    state: Annotated[str, Query(max_length=8, description=f"Only those in this state: {_STATES}.")] = "",
    clock: Annotated[
        str, Query(max_length=7, description=f"Only those whose clock stands so: {_STANDINGS}.")
    ] = "",
) -> Any:
    """All concerns, ended ones too."""
    rows = selectors.listed(request.user)
    if organisation:
        rows = rows.filter(selectors.concerning(organisation))
    if state:
        if state not in Issue.State.values:
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(state=state)
    if clock:
        if clock not in STANDINGS:
            raise ValidationError({"clock": f"Write one of {_STANDINGS}."})
        rows = rows.filter(selectors.by_standing(clock, timezone.now()))
    return rest.page_of(rows, paging, _shape)


@router.post("/concerns", response={201: ConcernOut}, operation_id="create_concern")
@rest.asks(policies.may_edit)
def create_concern(request: HttpRequest, given: ConcernIn) -> Any:
    """Note a concern."""
    made = services.raise_issue(by=request.user, **_clean(given.model_dump(exclude_unset=True)))
    return 201, _shape(made)


@router.get("/concerns/{uuid}", response=ConcernOut, operation_id="read_concern")
@rest.asks(policies.may_see)
def read_concern(request: HttpRequest, uuid: UUID) -> Any:
    """One concern."""
    return _shape(_one(request, uuid))


@router.patch("/concerns/{uuid}", response=ConcernOut, operation_id="change_concern")
@rest.asks(policies.may_edit)
def change_concern(request: HttpRequest, uuid: UUID, given: ConcernPatch) -> Any:
    """Change what it says, how severe it is or who sees to it."""
    row = _one(request, uuid)
    services.change_issue(row, by=request.user, **_clean(given.model_dump(exclude_unset=True)))
    return _shape(selectors.one(uuid))


@router.delete("/concerns/{uuid}", operation_id="remove_concern")
@rest.asks(policies.may_remove)
def remove_concern(request: HttpRequest, uuid: UUID) -> Any:
    """Take away one that was raised by mistake. Any other is resolved or declined and stays."""
    services.remove_issue(_one(request, uuid), by=request.user)
    return 204, None


@router.get("/concern-clocks", response=ConcernClocks, operation_id="read_concern_clocks")
@rest.asks(policies.may_see)
def read_concern_clocks(request: HttpRequest) -> Any:
    """How long answers may take, by severity."""
    return {name: {"amount": term.amount, "unit": term.unit} for name, term in selectors.terms().items()}


@router.put("/concern-clocks", response=ConcernClocks, operation_id="set_concern_clocks")
@rest.asks(policies.may_set_clocks)
def set_concern_clocks(request: HttpRequest, given: ConcernClocks) -> Any:
    """Set all four. They hold for what is raised, opened again or graded anew from now on."""
    said = {name: Term(**one) for name, one in given.model_dump().items()}
    after = services.set_clocks(by=request.user, given=said)
    return {name: {"amount": term.amount, "unit": term.unit} for name, term in after.items()}


@router.get("/concerns/{uuid}/answers", response=list[ConcernAnswerOut], operation_id="list_concern_answers")
@rest.asks(policies.may_see)
def list_concern_answers(request: HttpRequest, uuid: UUID) -> Any:
    """What whoever raised it was told, newest first."""
    return [_answer_shape(one) for one in selectors.answers_of(_one(request, uuid))]


@router.post("/concerns/{uuid}/answers", response={201: ConcernOut}, operation_id="answer_concern")
@rest.asks(policies.may_edit)
def answer_concern(request: HttpRequest, uuid: UUID, given: ConcernAnswerIn) -> Any:
    """Answer whoever raised it."""
    services.answer_issue(_one(request, uuid), by=request.user, **given.model_dump())
    return 201, _shape(_one(request, uuid))


@router.post("/concerns/{uuid}/decline", response=ConcernOut, operation_id="decline_concern")
@rest.asks(policies.may_edit)
def decline_concern(request: HttpRequest, uuid: UUID, given: ConcernDeclineIn) -> Any:
    """Nothing is done about it; the reason is the answer."""
    services.decline(_one(request, uuid), by=request.user, **given.model_dump())
    return _shape(_one(request, uuid))


@router.post("/concerns/{uuid}/outcome", response=ConcernOut, operation_id="resolve_concern")
@rest.asks(policies.may_edit)
def resolve_concern(request: HttpRequest, uuid: UUID, given: ConcernOutcomeIn) -> Any:
    """It is settled."""
    services.resolve(_one(request, uuid), by=request.user, **given.model_dump())
    return _shape(_one(request, uuid))


@router.post("/concerns/{uuid}/reopening", response=ConcernOut, operation_id="reopen_concern")
@rest.asks(policies.may_edit)
def reopen_concern(request: HttpRequest, uuid: UUID, given: ConcernReopenIn) -> Any:
    """It waits for an answer again."""
    services.reopen(_one(request, uuid), by=request.user, **given.model_dump())
    return _shape(_one(request, uuid))
