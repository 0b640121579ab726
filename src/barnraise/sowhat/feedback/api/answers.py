"""Answers to many for programs: you said, we did."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Field, Query, Schema

from barnraise.plumbing.ui import rest

from .. import policies, selectors, services
from ..models import Answer, Comment
from .shared import clean

router = rest.router(tags=["Feedback"])
_STATES = ", ".join(selectors.ANSWER_STATES)


class AnswerToManyPatch(Schema):
    """What of an answer to change; what is left out stays."""

    you_said: str | None = Field(None, max_length=300, description="What people said, in your own words.")
    we_did: str | None = Field(None, max_length=2000, description="What was done, or why nothing can be.")
    cites: str | None = Field(
        None, max_length=80, description="Typed reference to what was done; empty for nothing."
    )


class AnswerToManyIn(Schema):
    """You said, we did."""

    you_said: str = Field(max_length=300, description="What people said, in your own words.")
    we_did: str = Field(max_length=2000, description="What was done, or why nothing can be.")
    cites: str = Field(
        "", max_length=80, description="Typed reference to what was done, like projects.project:3."
    )
    comments: list[UUID] = Field([], max_length=500, description="The comments it answers.")


class AnswerToManyOut(Schema):
    """You said, we did."""

    id: UUID = Field(description="Its id.")
    you_said: str = Field(description="What people said.")
    we_did: str = Field(description="What was done.")
    cites: str = Field(description="Typed reference to what was done.")
    is_public: bool = Field(description="Everybody may read it.")
    published_on: date | None = Field(description="When it was published.")
    withdrawn_on: date | None = Field(description="When it was withdrawn.")
    withdrawn_reason: str = Field(description="Why it was withdrawn.")
    comment_count: int = Field(description="How many comments it answers.")
    updated_at: datetime = Field(description="When it changed last.")


class AnswerWithdrawIn(Schema):
    """Why it is public no more."""

    reason: str = Field(max_length=300, description="The reason.")


_PLAIN = (
    "you_said", "we_did", "cites", "is_public", "published_on", "withdrawn_on", "withdrawn_reason", "comment_count", "updated_at",
)  # fmt: skip


def _shape(row: Any) -> dict[str, Any]:
    return {"id": row.uuid, **{name: getattr(row, name) for name in _PLAIN}}


def _one(request: HttpRequest, uuid: UUID) -> Answer:
    found: Answer = rest.one(selectors.answers_listed(request.user), uuid=uuid)
    return found


@router.get("/answers-to-many", response=rest.Page[AnswerToManyOut], operation_id="list_answers_to_many")
@rest.asks(policies.may_see)
def list_answers_to_many(
    request: HttpRequest,
    paging: rest.PageQuery,
    state: Annotated[str, Query(max_length=9, description=f"Only those in this state: {_STATES}.")] = "",
    cites: Annotated[
        str, Query(max_length=80, description="Only those that name this: a typed reference.")
    ] = "",
) -> Any:
    """All answers, drafts too."""
    rows = selectors.answers_listed(request.user)
    if state:
        if state not in selectors.ANSWER_STATES:
            raise ValidationError({"state": f"Write one of {_STATES}."})
        rows = rows.filter(selectors.ANSWER_STATES[state])
    if cites:
        rows = rows.filter(cites=cites.replace("\x00", ""))
    return rest.page_of(rows, paging, _shape)


@router.post("/answers-to-many", response={201: AnswerToManyOut}, operation_id="create_answer_to_many")
@rest.asks(policies.may_edit)
def create_answer_to_many(request: HttpRequest, given: AnswerToManyIn) -> Any:
    """Write an answer; its comments are answered."""
    clean(given.you_said, given.we_did)
    comments = list(Comment.objects.filter(uuid__in=given.comments))
    if len(comments) != len(set(given.comments)):
        raise ValidationError({"comments": "There is no comment with one of these ids."})
    made = services.write_answer(
        by=request.user, you_said=given.you_said, we_did=given.we_did, cites=given.cites, comments=comments
    )
    return 201, _shape(made)


@router.get("/answers-to-many/{uuid}", response=AnswerToManyOut, operation_id="read_answer_to_many")
@rest.asks(policies.may_see)
def read_answer_to_many(request: HttpRequest, uuid: UUID) -> Any:
    """One answer."""
    return _shape(_one(request, uuid))


@router.patch("/answers-to-many/{uuid}", response=AnswerToManyOut, operation_id="change_answer_to_many")
@rest.asks(policies.may_edit)
def change_answer_to_many(request: HttpRequest, uuid: UUID, given: AnswerToManyPatch) -> Any:
    """Set its words; refused for a public one where they would tell who said something."""
    row = _one(request, uuid)
    clean(given.you_said, given.we_did, given.cites)
    said = {name: value for name, value in given.model_dump().items() if value is not None}
    kept = {"you_said": row.you_said, "we_did": row.we_did, "cites": row.cites}
    return _shape(services.change_answer(row, by=request.user, **{**kept, **said}))


@router.delete("/answers-to-many/{uuid}", operation_id="remove_answer_to_many")
@rest.asks(policies.may_publish)
def remove_answer_to_many(request: HttpRequest, uuid: UUID) -> Any:
    """Take a draft away; its comments wait again. One that was published is withdrawn and stays."""
    services.remove_answer(_one(request, uuid), by=request.user)
    return 204, None


@router.post(
    "/answers-to-many/{uuid}/public", response=AnswerToManyOut, operation_id="publish_answer_to_many"
)
@rest.asks(policies.may_publish)
def publish_answer_to_many(request: HttpRequest, uuid: UUID) -> Any:
    """Everybody may read it; refused where it tells who said something."""
    services.publish(_one(request, uuid), by=request.user)
    return _shape(_one(request, uuid))


@router.post(
    "/answers-to-many/{uuid}/withdraw", response=AnswerToManyOut, operation_id="withdraw_answer_to_many"
)
@rest.asks(policies.may_publish)
def withdraw_answer_to_many(request: HttpRequest, uuid: UUID, given: AnswerWithdrawIn) -> Any:
    """Nobody outside the team reads it any more."""
    services.withdraw(_one(request, uuid), by=request.user, reason=given.reason)
    return _shape(_one(request, uuid))
